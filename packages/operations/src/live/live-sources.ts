import { printYaml } from "@registry-cache/core";
import type { Reading, Source, SourceReader } from "@registry-cache/files";
import { type ApiObject, type GardenClient, resources } from "@registry-cache/garden";
import { manifestFields } from "./garden-facts.ts";
import { resolveScope, type ScopeRequest } from "./scope.ts";
import { asManifest } from "./shoot-fields.ts";
import type { Unseen } from "./unseen.ts";

/** Shoots of a garden as texts to be checked. They are called `namespace/name`. */
export interface LiveSources {
  readonly sources: readonly Source[];
  readonly reader: SourceReader;
  readonly shoots: readonly ApiObject[];
  readonly unseen: readonly Unseen[];
}

/** Which Shoots of a garden to check. */
export interface LiveSelection extends ScopeRequest {
  /** Shoots by name; all of them when empty. */
  readonly shoots: readonly string[];
  readonly labelSelector?: string | undefined;
}

/** Reads Shoots as manifests: what a person would write of them, as kubectl prints it. */
export async function readLiveSources(client: GardenClient, selection: LiveSelection): Promise<LiveSources> {
  const scope = await resolveScope(client, selection);
  const shoots: ApiObject[] = [];
  for (const namespace of scope.namespaces) shoots.push(...(await readShoots(client, namespace, selection)));
  const texts = new Map(
    shoots.map((it) => [`${it.metadata.namespace}/${it.metadata.name}`, printYaml(asManifest(it))]),
  );
  return {
    sources: [...texts.keys()].map((uri) => ({ uri, named: true, base: 0 })),
    reader: { read: ({ uri }) => readingOf(texts.get(uri)) },
    shoots,
    unseen: scope.unseen,
  };
}

function readingOf(text: string | undefined): Reading {
  // What the garden has is never written.
  return text === undefined ? { kind: "other" } : { kind: "text", text, version: "", exact: false };
}

async function readShoots(
  client: GardenClient,
  namespace: string | undefined,
  { shoots: names, labelSelector }: LiveSelection,
): Promise<readonly ApiObject[]> {
  const where = { resource: resources.shoots, ...(namespace && { namespace }) };
  const found: ApiObject[] = [];
  for (const name of names) found.push(await client.get({ ...where, name }, { keep: manifestFields }));
  if (names.length > 0) return found;
  const query = { ...where, ...(labelSelector && { labelSelector }), keep: manifestFields };
  for await (const { items } of client.pages(query)) found.push(...items);
  return found;
}
