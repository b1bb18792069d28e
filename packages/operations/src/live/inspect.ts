import { cacheSetups, conclude, inspect, readLiveChain } from "@registry-cache/core";
import { type ApiObject, type GardenClient, resources } from "@registry-cache/garden";
import { inspectionOf, type SecretInspection } from "../inspect-secret.ts";
import { cacheFields, secretFile, shootFile } from "./cache-setups.ts";
import { liveSummary } from "./live-summary.ts";
import { unlessForbidden } from "./unseen.ts";

/** Inspects a Secret of the client's namespace. Throws a `GardenError` where it is not there, or Shoots cannot be listed. */
export async function inspectLiveSecret(client: GardenClient, name: string, now: number): Promise<SecretInspection> {
  const { namespace } = client;
  const found = await unlessForbidden(client.get({ resource: resources.secrets, namespace, name }));
  const shoots: ApiObject[] = [];
  for await (const { items } of client.pages({ resource: resources.shoots, namespace, keep: cacheFields }))
    shoots.push(...items.filter((it) => readLiveChain(it).uses.some(({ secret }) => secret === name)));
  const files = shoots.map(shootFile);
  const uses = cacheSetups(files)
    .filter(({ credential }) => "secret" in credential && credential.secret === name)
    .map(({ shoot, upstream, remoteURL }) => ({ shoot, upstream, remoteURL }));
  if (found === "forbidden")
    return { ...inspectionOf(liveSummary({ metadata: { namespace, name } }, uses), [], now, found), sight: found };
  const file = secretFile(found);
  const findings = conclude([...files, file].map((it) => inspect(it))).get(file.uri) ?? [];
  return { ...inspectionOf(liveSummary(found, uses), findings, now), sight: "values" };
}
