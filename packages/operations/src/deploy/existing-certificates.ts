import { decodeBase64, decodeUtf8, readFirstCertificate } from "@registry-cache/core";
import { type ApiObject, type GardenClient, textAt } from "@registry-cache/garden";
import { nodeNamespace, type RuntimeCache } from "@registry-cache/runtime";
import type { Certificates } from "../render-shoot.ts";
import { isOurs, resourceOf } from "./cluster-profile.ts";

/** Certificates are made anew when they would end within this time. */
const enough = 30 * 86_400_000;

/** The certificates that the caches have already; undefined where one is missing or ends soon, for then all are made anew. */
export async function existingCertificates(
  client: GardenClient,
  namespace: string,
  { caches, now }: { readonly caches: readonly RuntimeCache[]; readonly now: number },
): Promise<Certificates | undefined> {
  const list = async (kind: string, where: string): Promise<readonly ApiObject[]> =>
    (await client.list({ resource: resourceOf(kind), namespace: where })).items.filter(isOurs);
  const maps = await list("ConfigMap", nodeNamespace(namespace));
  const authority = maps.flatMap((it) => textAt(it, "data", "ca.crt") ?? []).find((it) => lasts(it, now));
  if (authority === undefined) return undefined;
  const secrets = await list("Secret", namespace);
  const found = caches
    .filter((it) => it.tls)
    .map(({ names }) => {
      const own = secrets.filter((it) => it.metadata.name.startsWith(`${names.resource}-tls-`)).map(readPair);
      return { name: names.resource, pair: own.find((it) => lasts(it.certificate, now)) };
    });
  if (found.some((it) => it.pair === undefined)) return undefined;
  const none = { certificate: "", key: "" };
  return { authority, of: ({ names }) => found.find((it) => it.name === names.resource)?.pair ?? none };
}

function readPair(secret: ApiObject): { readonly certificate: string; readonly key: string } {
  const read = (key: string): string =>
    decodeUtf8(decodeBase64(textAt(secret, "data", key) ?? "") ?? new Uint8Array()).text;
  return { certificate: read("tls.crt"), key: read("tls.key") };
}

function lasts(pem: string, now: number): boolean {
  const read = readFirstCertificate(pem);
  return read.kind === "certificate" && read.notAfter > now + enough;
}
