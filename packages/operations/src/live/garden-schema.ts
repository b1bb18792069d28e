import {
  type PreparedSchema,
  prepareSchema,
  type Result,
  refineShootSchema,
  type SchemaDifferences,
  schemaDifferences,
} from "@registry-cache/core";
import {
  type CallOptions,
  type ConnectionFlags,
  connectGarden,
  type Environment,
  errorLine,
  type GardenClient,
  GardenError,
  isGardenError,
  type KeptSchema,
  openSchemaStore,
  printKeptSchema,
  pullSchema,
  readKeptSchema,
  type SchemaStore,
} from "@registry-cache/garden";
import { readOwnFile } from "../read-own-file.ts";
import type { Unseen } from "./unseen.ts";

/** A garden's schema as it is kept, and how it differs from ours. */
export interface GardenSchema extends Omit<KeptSchema, "model">, SchemaDifferences {}

/** Asks a garden for its schema and keeps it for `--garden-schema`. `unchanged`: the kept one was still right. */
export async function pullGardenSchema(
  client: GardenClient,
  env: Environment,
  options: CallOptions = {},
): Promise<GardenSchema & { readonly unchanged: boolean }> {
  const pulled = await pullSchema(client, openSchemaStore(env), options);
  if (pulled === undefined)
    throw new GardenError(
      "not-found",
      `${client.server.host} describes no core.gardener.cloud/v1beta1: is it a garden?`,
    );
  return { ...describe(pulled.schema), unchanged: pulled.unchanged };
}

/** The schemas that are kept. */
export function listGardenSchemas(env: Environment): readonly GardenSchema[] {
  return openSchemaStore(env).list().map(describe);
}

/** The schema that is kept of a context's garden, and the text that `--garden-schema` reads. Nothing is sent. */
export function showGardenSchema(flags: ConnectionFlags, env: Environment): GardenSchema & { readonly text: string } {
  const kept = findKept(flags, env);
  return { ...describe(kept), text: printKeptSchema(kept) };
}

/**
 * The schema of Shoots that `--garden-schema` names: a name that ends in `.json` is a file, any other a context whose
 * garden was pulled from. Nothing is sent, so a check with it says the same every time.
 */
export function readGardenSchema(
  name: string,
  flags: ConnectionFlags,
  env: Environment,
): Result<PreparedSchema, string> {
  if (!name.endsWith(".json")) return schemaOfContext(name, flags, env);
  const file = readOwnFile(name);
  if (typeof file !== "string") return { ok: false, error: `"${name}": ${file.message}` };
  const kept = readKeptSchema(file);
  const error = `"${name}" is no schema of a garden, "schema show -o json" prints one`;
  return kept === undefined ? { ok: false, error } : { ok: true, value: prepareSchema(refineShootSchema(kept.model)) };
}

/** The schema of the garden that a check asks anyway; ours where it does not show its own. */
export async function schemaOfGarden(
  client: GardenClient,
  store: SchemaStore,
): Promise<{ readonly schema: PreparedSchema | undefined; readonly unseen: readonly Unseen[] }> {
  try {
    const pulled = await pullSchema(client, keepingIfPossible(store));
    return { schema: pulled && prepareSchema(refineShootSchema(pulled.schema.model)), unseen: [] };
  } catch (error) {
    if (!isGardenError(error) || !["forbidden", "not-found", "server", "protocol"].includes(error.kind)) throw error;
    const why = error.kind === "forbidden" ? "forbidden" : error.message;
    return { schema: undefined, unseen: error.kind === "not-found" ? [] : [{ what: "the garden's schema", why }] };
  }
}

/** A check is not to fail for a home that cannot be written. */
function keepingIfPossible(store: SchemaStore): SchemaStore {
  const keep = (schema: KeptSchema): void => {
    try {
      store.keep(schema);
    } catch (error) {
      if (!isGardenError(error)) throw error;
    }
  };
  return { ...store, keep };
}

function schemaOfContext(context: string, flags: ConnectionFlags, env: Environment): Result<PreparedSchema, string> {
  try {
    return { ok: true, value: prepareSchema(refineShootSchema(findKept({ ...flags, context }, env).model)) };
  } catch (error) {
    if (!isGardenError(error)) throw error;
    return { ok: false, error: errorLine(error).replace(/^error: /, "") };
  }
}

function findKept(flags: ConnectionFlags, env: Environment): KeptSchema {
  const { server, contextName, close } = connectGarden({ flags, env });
  close();
  const kept = openSchemaStore(env).find(server);
  if (kept !== undefined) return kept;
  const pull = `kubectl registry-cache schema pull${contextName === "" ? "" : ` --context ${contextName}`}`;
  throw new GardenError("config", `no schema of ${server.host} is kept, "${pull}" gets it`);
}

function describe({ model, ...kept }: KeptSchema): GardenSchema {
  return { ...kept, ...schemaDifferences(refineShootSchema(model)) };
}
