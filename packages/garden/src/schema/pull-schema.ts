import { shootModel } from "@registry-cache/core";
import type { CallOptions, GardenClient } from "../garden-client.ts";
import { GardenError } from "../garden-error.ts";
import type { KeptSchema } from "./kept-schema.ts";
import type { SchemaStore } from "./schema-store.ts";

const groupVersion = "apis/core.gardener.cloud/v1beta1";

/** A schema, and whether it was the kept one: then only its hash was asked for. */
export interface PulledSchema {
  readonly schema: KeptSchema;
  readonly unchanged: boolean;
}

/** Asks a garden for its description of Shoots and keeps it; undefined where the server has none. */
export async function pullSchema(
  client: GardenClient,
  store: SchemaStore,
  { now = Date.now, ...options }: CallOptions & { readonly now?: () => number } = {},
): Promise<PulledSchema | undefined> {
  const openApi = await client.openApi(groupVersion, options);
  if (openApi === undefined) return undefined;
  const { server, contextName: context } = client;
  const kept = store.find(server);
  const unchanged = kept !== undefined && kept.hash !== "" && kept.hash === openApi.hash;
  const model = unchanged ? kept.model : shootModel(await openApi.load());
  if (model === undefined) throw new GardenError("protocol", "the garden's OpenAPI describes no Shoot");
  const pulled = new Date(now()).toISOString().replace(/\.\d+Z$/, "Z");
  const schema = { server: server.href, context, hash: openApi.hash, pulled, model };
  store.keep(schema);
  return { schema, unchanged };
}
