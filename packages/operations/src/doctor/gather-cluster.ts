import { listAt, textAt } from "@registry-cache/garden";
import {
  caBundlePath,
  cacheHosts,
  clusterCaPath,
  endpointOf,
  type RegistryHosts,
  type RuntimeView,
  type SeenProbe,
} from "@registry-cache/runtime";
import { type Looker, look, runtimeResources } from "./cluster-objects.ts";
import { probePod, readCertificate, seeCertificate } from "./gather-inside.ts";
import type { RuntimeObjects } from "./gather-objects.ts";

/** Asks every running pod for a digest that no image has. */
export async function probeAll(
  looker: Looker,
  { pods, services }: RuntimeObjects,
  repositories: ReadonlyMap<string, string>,
): Promise<readonly SeenProbe[]> {
  const ready = pods.filter((it) => textAt(it, "status", "phase") === "Running");
  const probes = ready.map((pod) => {
    const service = services.find((it) => it.metadata.labels?.["app"] === pod.metadata.labels?.["app"]);
    const { upstream = "", scheme } = service?.metadata.annotations ?? {};
    const repository =
      repositories.get(upstream) ?? (upstream === "docker.io" ? "library/alpine" : "registry-cache/probe");
    return probePod(looker, pod, { tls: scheme === "https", repository });
  });
  return (await Promise.all(probes)).filter((it) => it !== undefined);
}

/** When the certificates of caches and of their authority end. */
export async function seeCertificates(
  looker: Looker,
  statefulSets: RuntimeObjects["statefulSets"],
  admin: boolean,
): Promise<RuntimeView["certificates"]> {
  const nodes = `${looker.namespace}-nodes`;
  const query = { resource: runtimeResources.configMaps, namespace: nodes };
  const maps =
    looker.namespace === "kube-system"
      ? undefined
      : await look(looker, "authority of the nodes", () => looker.client.list(query));
  const authorities = (maps?.items ?? []).flatMap((it) =>
    readCertificate(`authority in ConfigMap ${it.metadata.name}`, textAt(it, "data", "ca.crt") ?? ""),
  );
  if (!admin) return authorities;
  const names = statefulSets.flatMap((it) =>
    listAt(it, "spec", "template", "spec", "volumes")
      .filter((volume) => textAt(volume, "name") === "certs-volume")
      .flatMap((volume) => textAt(volume, "secret", "secretName") ?? []),
  );
  const served = await Promise.all(names.map((it) => seeCertificate(looker, it)));
  return [...served.flat(), ...authorities];
}

/** What nodes should have, by the Services that there are. */
export function hostsOf({ services }: RuntimeObjects, namespace: string): readonly RegistryHosts[] {
  const caPath = namespace === "kube-system" ? caBundlePath : clusterCaPath;
  return services.flatMap((it) => {
    const { upstream, scheme, "remote-url": remoteUrl } = it.metadata.annotations ?? {};
    const address = textAt(it, "spec", "clusterIP");
    if (upstream === undefined || remoteUrl === undefined || address === undefined) return [];
    return [cacheHosts({ upstream, remoteUrl }, endpointOf({ tls: scheme === "https" }, address), caPath)];
  });
}
