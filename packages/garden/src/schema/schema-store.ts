import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256Hex } from "@registry-cache/core";
import { codeOf, explainError } from "../explain-error.ts";
import { GardenError } from "../garden-error.ts";
import type { Environment } from "../kubeconfig/load-kubeconfig.ts";
import { schemaFolder } from "./cache-folder.ts";
import { type KeptSchema, printKeptSchema, readKeptSchema } from "./kept-schema.ts";

/** The schemas of gardens that are kept for this user: one for each address. A file that cannot be read is none. */
export interface SchemaStore {
  find(server: URL): KeptSchema | undefined;
  /** All there are, by address. */
  list(): readonly KeptSchema[];
  /** Keeps one in place of what was kept for its address. Throws a `GardenError` where that is not possible. */
  keep(schema: KeptSchema): void;
}

/** Opens the schemas of this user's cache directory. */
export function openSchemaStore(env: Environment): SchemaStore {
  const folder = schemaFolder(env);
  return {
    find(server) {
      const found = read(join(folder, fileName(server.href)));
      return found?.server === server.href ? found : undefined;
    },
    list() {
      const all = names(folder).flatMap((it) => read(join(folder, it)) ?? []);
      return all.toSorted((a, b) => (a.server < b.server ? -1 : 1));
    },
    keep: (schema) => write(folder, schema),
  };
}

function fileName(server: string): string {
  return `${sha256Hex(server).slice(0, 32)}.json`;
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((it) => it.endsWith(".json"));
  } catch {
    return [];
  }
}

function read(path: string): KeptSchema | undefined {
  try {
    return readKeptSchema(readFileSync(path, "utf8"));
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined;
  }
}

/** Renamed when it is whole: two programs may keep the same at once. */
function write(folder: string, schema: KeptSchema): void {
  const path = join(folder, fileName(schema.server));
  const unfinished = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(unfinished, printKeptSchema(schema), { mode: 0o600 });
      renameSync(unfinished, path);
    } finally {
      rmSync(unfinished, { force: true });
    }
  } catch (error) {
    throw new GardenError("config", `cannot keep the schema in "${folder}": ${explainError(error)}`);
  }
}
