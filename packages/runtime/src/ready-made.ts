import { type RuntimeCache, toRuntimeCache } from "./cache.ts";
import { renderClusterCache } from "./cluster/cache.ts";
import { renderNamespaces } from "./cluster/namespaces.ts";
import { renderClusterNetworkPolicy } from "./cluster/network.ts";
import { renderNodes } from "./cluster/nodes.ts";
import { type ClusterOptions, clusterDefaults } from "./cluster/options.ts";
import { type KubernetesObject, withoutAbsentFields } from "./kubernetes-object.ts";
import { printYaml } from "./print-yaml.ts";

/** A file of the ready-made manifests; the path counts from their folder. */
export interface ManifestText {
  readonly path: string;
  readonly text: string;
}

/** What can be asked for by name: a kustomization for a public upstream, and one for a private. */
export const readyMadeNames = ["public", "private"] as const;

/** One of the ready-made manifests. */
export type ReadyMadeName = (typeof readyMadeNames)[number];

const publicCache = toRuntimeCache({ upstream: "docker.io", tls: false });
const privateCache = toRuntimeCache({ upstream: "registry.example.com", tls: false, secretReferenceName: "login" });

const options: ClusterOptions = {
  ...clusterDefaults,
  serviceMonitor: false,
  credentialsOf: (cache) => (cache.secretReferenceName === undefined ? undefined : { username: "", password: "" }),
  certificateOf: () => ({ certificate: "", key: "" }),
  certificateAuthority: undefined,
};

/** All ready-made manifests: a kustomize base and an overlay for each name, rendered as `renderCluster` does. */
export function readyMadeManifests(): readonly ManifestText[] {
  return [...base(), ...overlay("public", publicCache), ...overlay("private", privateCache)];
}

/** The files of one of them, with the base that it stands on. */
export function readyMade(name: ReadyMadeName): readonly ManifestText[] {
  return readyMadeManifests().filter(({ path }) => path.startsWith("base/") || path.startsWith(`overlays/${name}/`));
}

function base(): readonly ManifestText[] {
  return kustomization("base", {
    comment: "The namespaces of the caches, and who may reach them.",
    files: [
      { path: "namespaces.yaml", objects: renderNamespaces(options) },
      { path: "network-policy.yaml", objects: [renderClusterNetworkPolicy(options)] },
    ],
  });
}

function overlay(name: ReadyMadeName, cache: RuntimeCache): readonly ManifestText[] {
  const objects = renderClusterCache(cache, options);
  const logins = objects.filter((it) => it.kind === "Secret");
  return kustomization(`overlays/${name}`, {
    comment:
      logins.length === 0
        ? "A cache for a public upstream."
        : "A cache for a private upstream. Put its login into credentials.yaml, and its host in place of registry.example.com.",
    before: ["../../base"],
    files: [
      { path: "cache.yaml", objects: objects.filter((it) => it.kind !== "Secret") },
      ...(logins.length === 0 ? [] : [{ path: "credentials.yaml", objects: logins, comment: mutableLogin }]),
      { path: "nodes.yaml", objects: renderNodes([cache], options) },
    ],
  });
}

/** Our own lint would ask for an immutable Secret, as a cache of Gardener needs it. */
const mutableLogin =
  "registry-cache: ignore-file RC208 -- a cache in a cluster takes a changed login without a restart";

interface Kustomization {
  readonly comment: string;
  readonly before?: readonly string[];
  readonly files: readonly {
    readonly path: string;
    readonly objects: readonly KubernetesObject[];
    readonly comment?: string;
  }[];
}

function kustomization(folder: string, { comment, before = [], files }: Kustomization): readonly ManifestText[] {
  const object = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [...before, ...files.map((it) => it.path)],
  };
  return [
    { path: `${folder}/kustomization.yaml`, text: `# ${comment}\n${printYaml([object]).replace("---\n", "")}` },
    ...files.map(({ path, objects, comment: about }) => ({
      path: `${folder}/${path}`,
      text: `${about === undefined ? "" : `# ${about}\n`}${printYaml(objects.map(withoutAbsentFields))}`,
    })),
  ];
}
