import { decodeBase64, decodeUtf8, type LiveRotation, liveRotation, readLiveShoot } from "@registry-cache/core";
import { type GardenClient, GardenError, resources } from "@registry-cache/garden";
import { readRotationSecrets } from "./rotation-view.ts";
import { resolveScope } from "./scope.ts";
import type { GardenSession } from "./session.ts";
import { rotationFields } from "./shoot-fields.ts";
import { textAt } from "./text-at.ts";

/** The client in the one namespace that a rotation works in: of the flag, the context, or the project that is targeted. */
export async function rotationClient({ client, scope }: GardenSession): Promise<GardenClient> {
  const [namespace] = (await resolveScope(client, scope)).namespaces;
  return namespace === undefined || namespace === client.namespace ? client : { ...client, namespace };
}

/** The Secret that a Shoot's cache uses. Throws a `GardenError` where that is not one Secret. */
export async function secretOfShoot(client: GardenClient, name: string, upstream: string | undefined): Promise<string> {
  const ref = { resource: resources.shoots, namespace: client.namespace, name };
  const { entries } = readLiveShoot(await client.get(ref, { keep: rotationFields }));
  const wanted = (user: string): boolean =>
    upstream === undefined || user === `cache ${upstream}` || user === `mirror ${upstream}`;
  const secrets = new Set(entries.filter((it) => it.users.some(wanted)).map((it) => it.secret));
  const [secret] = secrets;
  if (secret !== undefined && secrets.size === 1) return secret;
  const what = upstream === undefined ? "no cache with credentials" : `no cache with credentials for "${upstream}"`;
  if (secret === undefined) throw new GardenError("not-found", `Shoot "${name}" has ${what}`);
  throw new GardenError("config", `Shoot "${name}" uses ${secrets.size} Secrets: name one, or its cache with --cache`);
}

/** The username that a Secret has, to go with a new password; undefined where it has none that can be read. */
export async function usernameOf(client: GardenClient, name: string): Promise<string | undefined> {
  const secret = await client.get({ resource: resources.secrets, namespace: client.namespace, name });
  const encoded = textAt(secret, "data", "username");
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  return bytes === undefined ? undefined : decodeUtf8(bytes).text;
}

/** How far the rotation of a Secret is, from one look at the garden. */
export async function readLiveRotation(client: GardenClient, from: string): Promise<LiveRotation> {
  const query = { resource: resources.shoots, namespace: client.namespace, keep: rotationFields };
  const [shoots, secrets] = await Promise.all([client.list(query), readRotationSecrets(client, from)]);
  return liveRotation({ from, secrets, shoots: shoots.items.map(readLiveShoot), ownWrites: new Map() });
}
