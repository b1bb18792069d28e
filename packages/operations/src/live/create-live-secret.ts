import { holdsValues, type NewValues, nextName, secretObject } from "@registry-cache/core";
import { type ApiObject, type GardenClient, GardenError, isGardenError, resources } from "@registry-cache/garden";
import { annotationsOf, type SecretDraftRequest } from "../create-secret.ts";
import { placeWords, unlessForbidden, unlessMissing } from "./unseen.ts";

/** Makes sure that a Secret can be made, before anybody is asked for its values. Throws a `GardenError` where it cannot. */
export async function checkNewSecret(client: GardenClient, name: string): Promise<void> {
  const { namespace } = client;
  const resource = resources.secrets;
  if (!(await client.canI({ verb: "create", resource, namespace })))
    throw new GardenError("forbidden", `you may not create Secrets ${placeWords(namespace)}`);
  const found = await unlessForbidden(unlessMissing(client.get({ resource, namespace, name }, { metadataOnly: true })));
  if (found !== undefined && found !== "forbidden") throw await isThere(client, name, found);
}

/** Creates a Secret in the namespace of the client; one that is there stays as it is. Gives what the server has made of it. */
export async function createLiveSecret(
  client: GardenClient,
  request: SecretDraftRequest,
  dryRun: boolean,
): Promise<ApiObject> {
  const { name, labels, credential } = request;
  const metadata = { name, namespace: client.namespace, labels, annotations: annotationsOf(request) };
  const { username, password } = credential;
  const values: NewValues = { purpose: "credentials", username, password };
  try {
    return await client.create(resources.secrets, { ...secretObject(metadata, values) }, { dryRun });
  } catch (error) {
    if (!isGardenError(error)) throw error;
    if (error.kind === "already-exists") throw await isThere(client, name);
    // The reply was lost: what is there tells whether it was done.
    const made = error.details.maybeDone === true ? await readIfThere(client, name) : undefined;
    if (made === undefined || !holdsValues(made, values)) throw error;
    return made;
  }
}

async function readIfThere(client: GardenClient, name: string): Promise<ApiObject | undefined> {
  const { namespace } = client;
  const found = await unlessForbidden(unlessMissing(client.get({ resource: resources.secrets, namespace, name })));
  return found === "forbidden" ? undefined : found;
}

async function isThere(client: GardenClient, name: string, found?: ApiObject): Promise<GardenError> {
  const { namespace } = client;
  const query = { resource: resources.secrets, namespace, metadataOnly: true };
  const listed = await unlessForbidden(client.list(query));
  const taken = new Set(listed === "forbidden" ? [] : listed.items.map((it) => it.metadata.name));
  const dying = found?.metadata.deletionTimestamp === undefined ? "" : " and is being deleted";
  const way = `it is left alone, choose another name, such as ${nextName(name, taken)}`;
  return new GardenError("already-exists", `Secret "${name}" exists already ${placeWords(namespace)}${dying}: ${way}`);
}
