import type { PreparedSchema } from "../schema/prepare.ts";
import type { Span } from "../text/span.ts";
import { fieldOf, itemsOf, type MapNode, type Node, type YamlDocument, type YamlProblem } from "../yaml/node.ts";
import { parseYaml } from "../yaml/parse.ts";
import { findTemplate } from "../yaml/template.ts";
import { type NameAffix, readAffix } from "./kustomization.ts";
import { readString } from "./located.ts";
import { readSecrets, type Secret } from "./secret.ts";
import { readShoot, type Shoot } from "./shoot.ts";

/** One file of manifests. */
export interface ManifestFile {
  readonly uri: string;
  readonly text: string;
  readonly documents: readonly ManifestDocument[];
  /** What its Shoots were checked against, where that is not our own schema. */
  readonly shootSchema?: PreparedSchema | undefined;
}

/** One YAML document of a file, with the Shoots and Secrets in it; a `kind: List` holds several. */
export interface ManifestDocument {
  readonly uri: string;
  readonly text: string;
  readonly span: Span;
  /** All that is written, as far as it can be read. */
  readonly root: Node | undefined;
  readonly problems: readonly YamlProblem[];
  /** The first template expression, where the document is one for Helm or the like and not yet a manifest. */
  readonly template: Span | undefined;
  /** The objects that we know. Empty for a template. */
  readonly shoots: readonly Shoot[];
  readonly secrets: readonly Secret[];
  /** What kustomizations put around the names of all that they deploy. */
  readonly affixes: readonly NameAffix[];
}

/** What a Shoot is checked against; our own schema, unless a garden's has refined it. */
export interface ReadOptions {
  readonly shootSchema?: PreparedSchema | undefined;
}

/** Reads a file of manifests. Never throws: any text gives a value. */
export function readManifests(uri: string, text: string, { shootSchema }: ReadOptions = {}): ManifestFile {
  const documents = parseYaml(text).map((it) => readDocument({ uri, text, shootSchema }, it));
  return { uri, text, documents, ...(shootSchema && { shootSchema }) };
}

/** A text, and how it is read. */
export type ManifestText = Pick<ManifestFile, "uri" | "text" | "shootSchema">;

/** Reads the objects of one document of a file. */
export function readDocument(
  { uri, text, shootSchema }: ManifestText,
  { root, span, problems }: YamlDocument,
): ManifestDocument {
  const objects = root === undefined ? [] : objectsOf(root);
  const shoots = objects.filter(isShoot);
  const soundSecret = problems.length === 0 && objects.some((it) => kindOf(it) === "Secret");
  const template = templateOf(text, span, soundSecret);
  const document = { uri, text, span, root, problems, template };
  if (template !== undefined) return { ...document, shoots: [], secrets: [], affixes: [] };
  return {
    ...document,
    shoots: shoots.map((it) => readShoot({ uri, text }, it, shootSchema)),
    secrets: objects.flatMap((it) => readSecrets(uri, text, it)),
    affixes: objects.flatMap((it) => readAffix(it) ?? []),
  };
}

/** A credential may contain braces of its own, so a Secret that parses is never taken for a template. */
function templateOf(text: string, span: Span, soundSecret: boolean): Span | undefined {
  return soundSecret ? undefined : findTemplate(text, span.start, span.end);
}

function objectsOf(root: Node): readonly MapNode[] {
  if (root.type !== "map") return [];
  const kind = kindOf(root);
  if (kind?.endsWith("List") !== true || fieldOf(root, "items")?.type !== "seq") return [root];
  return itemsOf(fieldOf(root, "items")).flatMap(({ value }) => (value.type === "map" ? [value] : []));
}

function kindOf(object: MapNode): string | undefined {
  return readString(object, "kind", "")?.value;
}

function isShoot(object: MapNode): boolean {
  const apiVersion = readString(object, "apiVersion", "")?.value;
  return (
    kindOf(object) === "Shoot" &&
    (apiVersion === undefined || apiVersion.startsWith("core.gardener.cloud/") || !apiVersion.includes("/"))
  );
}
