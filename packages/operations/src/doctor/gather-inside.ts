import { decodeBase64, decodeUtf8, readFirstCertificate } from "@registry-cache/core";
import { type ApiObject, listAt, textAt, valueAt } from "@registry-cache/garden";
import type { ExpectedCache, SeenCertificate, SeenClaim, SeenProbe } from "@registry-cache/runtime";
import { type Looker, look, runtimeResources } from "./cluster-objects.ts";
import { appOf } from "./gather-objects.ts";

const noDigest = `sha256:${"0".repeat(64)}`;

/** Asks a pod for a digest that no image has: the answer tells what the upstream thinks of its login. */
export async function probePod(
  looker: Looker,
  pod: ApiObject,
  { tls, repository }: { readonly tls: boolean; readonly repository: string },
): Promise<SeenProbe | undefined> {
  const { client, namespace } = looker;
  const { name } = pod.metadata;
  const target = `${tls ? "https:" : ""}${name}:5000`;
  const path = `/api/v1/namespaces/${namespace}/pods/${target}/proxy/v2/${repository}/manifests/${noDigest}`;
  const answer = await look(looker, `probe of ${name}`, () => client.text(path));
  return answer && { app: appOf(pod), pod: name, repository, status: answer.status, body: answer.text };
}

/** Compares the configuration that a cache runs with to the one that it should have. Both stay here. */
export async function compareConfig(
  looker: Looker,
  configName: string,
  wanted: { readonly text: string; readonly loginIsKnown: boolean },
): Promise<ExpectedCache["inUse"]> {
  const { client, namespace } = looker;
  const ref = { resource: runtimeResources.secrets, namespace, name: configName };
  const secret = await look(looker, `Secret ${configName}`, () => client.get(ref));
  const bytes = decodeBase64(textAt(secret, "data", "config.yml") ?? "");
  if (secret === undefined || bytes === undefined) return undefined;
  const [used, right] = [decodeUtf8(bytes).text, wanted.text].map(splitConfig);
  if (used?.settings !== right?.settings) return "other-settings";
  if (!wanted.loginIsKnown) return undefined;
  return used?.login === right?.login ? "same" : "other-login";
}

/** The first line names the image of the extension's own version, which is no setting. */
function splitConfig(text: string): { readonly settings: string; readonly login: string } {
  const at = text.indexOf("\n  username: ");
  const end = at < 0 ? text.length : at + 1;
  return { settings: text.slice(text.indexOf("\n") + 1, end), login: text.slice(end) };
}

/** When the certificate of a Secret ends. */
export async function seeCertificate(looker: Looker, name: string): Promise<readonly SeenCertificate[]> {
  const { client, namespace } = looker;
  const ref = { resource: runtimeResources.secrets, namespace, name };
  const keep = { metadata: { name: true }, data: { "tls.crt": true } } as const;
  const secret = await look(looker, `Secret ${name}`, () => client.get(ref, { keep }));
  return readCertificate(
    `Secret ${name}`,
    decodeUtf8(decodeBase64(textAt(secret, "data", "tls.crt") ?? "") ?? new Uint8Array()).text,
  );
}

/** Reads a certificate from PEM; nothing where there is none. */
export function readCertificate(of: string, pem: string): readonly SeenCertificate[] {
  const read = readFirstCertificate(pem);
  return read.kind === "certificate" ? [{ of, notAfter: read.notAfter }] : [];
}

/** How full the volumes are, as the kubelets of the pods' nodes say. */
export async function measureClaims(
  looker: Looker,
  claims: readonly SeenClaim[],
  pods: readonly ApiObject[],
): Promise<readonly SeenClaim[]> {
  if (claims.length === 0) return [];
  const nodes = [...new Set(pods.flatMap((it) => textAt(it, "spec", "nodeName") ?? []))];
  const volumes: unknown[] = [];
  for (const node of nodes) {
    const path = `/api/v1/nodes/${node}/proxy/stats/summary`;
    const answer = await look(looker, `volumes of node ${node}`, () => looker.client.text(path));
    volumes.push(...listAt(parse(answer?.text ?? ""), "pods").flatMap((it) => listAt(it, "volume")));
  }
  return claims.map((claim) => {
    const found = volumes.find(
      (it) => textAt(it, "pvcRef", "name") === claim.name && textAt(it, "pvcRef", "namespace") === looker.namespace,
    );
    return { ...claim, usedBytes: numberAt(found, "usedBytes"), capacityBytes: numberAt(found, "capacityBytes") };
  });
}

function numberAt(value: unknown, field: string): number | undefined {
  const found = valueAt(value, field);
  return typeof found === "number" ? found : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
