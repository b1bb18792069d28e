import type { Result } from "@registry-cache/core";
import { type GardenClient, GardenError, resources } from "@registry-cache/garden";
import type { Credential } from "@registry-cache/upstream";
import { credentialIn } from "../secret-credential.ts";
import { secretFile } from "./cache-setups.ts";
import { placeWords, unlessForbidden } from "./unseen.ts";

/** Reads the credential of a Secret of a garden. Throws a `GardenError` where it is not there or may not be read. */
export async function readLiveCredential(client: GardenClient, secret: string): Promise<Result<Credential, string>> {
  const { namespace } = client;
  const found = await unlessForbidden(client.get({ resource: resources.secrets, namespace, name: secret }));
  if (found === "forbidden")
    throw new GardenError("forbidden", `you may not read Secret "${secret}" ${placeWords(namespace)}`);
  const [view] = secretFile(found).documents.flatMap((it) => it.secrets);
  return credentialIn(view, `Secret "${secret}" cannot be read`);
}
