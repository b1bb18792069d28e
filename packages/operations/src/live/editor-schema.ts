import { type PreparedSchema, prepareSchema, type Result, refineShootSchema } from "@registry-cache/core";
import { fileExists, toPath } from "@registry-cache/files";
import { type Environment, type GardenClient, openSchemaStore } from "@registry-cache/garden";
import { readGardenSchema } from "./garden-schema.ts";

/** The schema that the settings of an editor name. */
export interface NamedSchema {
  /** A context whose garden's schema was pulled, or a file that ends in `.json`. */
  readonly name: string;
  /** Where the context is looked for, in place of kubectl's own. */
  readonly kubeconfig?: string | undefined;
  /** The folders of the workspace by their URIs: a file may be named from one of them. */
  readonly folders: readonly string[];
}

/** Reads it as `--garden-schema` does; nothing is sent. The error says in a line why there is none. */
export function readEditorSchema(
  { name, kubeconfig, folders }: NamedSchema,
  env: Environment,
): Result<PreparedSchema, string> {
  const paths = name.endsWith(".json") ? folders.flatMap((it) => toPath(it) ?? []).map((it) => `${it}/${name}`) : [];
  const inFolder = isAbsolute(name) ? undefined : paths.find(fileExists);
  return readGardenSchema(inFolder ?? name, kubeconfig ? { kubeconfig } : {}, env);
}

/** The schema that is kept of a garden; undefined where none was pulled. */
export function keptGardenSchema({ server }: GardenClient, env: Environment): PreparedSchema | undefined {
  const kept = openSchemaStore(env).find(server);
  return kept && prepareSchema(refineShootSchema(kept.model));
}

function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:)/.test(path);
}
