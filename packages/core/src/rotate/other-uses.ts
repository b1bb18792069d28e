import { readString } from "../manifest/located.ts";
import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import { secretMentions } from "../manifest/secret-mentions.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import type { Place } from "../workspace/finding.ts";
import { fieldOf, itemsOf, type MapNode, type Node, type ScalarNode } from "../yaml/node.ts";
import { parseYaml } from "../yaml/parse.ts";
import { sameNamespace } from "./chain.ts";
import type { SecretId } from "./rotation.ts";

/** A place that names a Secret and is no entry of spec.resources. A rotation leaves it alone; as long as it is there the Secret must stay. */
export interface OtherUse {
  readonly kind: "template" | "named-elsewhere";
  /** What names it, for example `SecretBinding`. */
  readonly what: string;
  readonly place: Place;
}

/** The places of some files that name a Secret, beside the entries of Shoots. */
export function otherUses(files: readonly ManifestFile[], secret: SecretId): readonly OtherUse[] {
  return files.flatMap(({ uri, text, documents }) => {
    if (!text.includes(secret.name)) return [];
    const roots = new Map(parseYaml(text).map((it) => [it.span.start, it.root]));
    return documents.flatMap((document) => {
      const use = { uri, document, root: roots.get(document.span.start), secret };
      return document.template === undefined ? usesInDocument(use) : usesInTemplate(use);
    });
  });
}

interface Search {
  readonly uri: string;
  readonly document: ManifestDocument;
  readonly root: Node | undefined;
  readonly secret: SecretId;
}

/** A template has no fields that could be told apart, but whoever names a Secret there most likely means it. */
function usesInTemplate({ uri, document, secret }: Search): readonly OtherUse[] {
  const span = findWord(document.text, secret.name, document.span);
  return span === undefined ? [] : [{ kind: "template", what: "a template", place: { uri, span } }];
}

function usesInDocument({ uri, document, root, secret }: Search): readonly OtherUse[] {
  // A patch of kustomize may be a list.
  if (root?.type === "seq") return usesInTexts(root, unknownKind, secret.name).map((it) => toOtherUse(uri, it));
  const shoots = new Map(document.shoots.map((it) => [it.root.span.start, it]));
  return objectsOf(root).flatMap((object) => {
    const shoot = shoots.get(object.span.start);
    const namespace = readString(fieldOf(object, "metadata"), "namespace", "")?.value;
    if (!sameNamespace(namespace, secret.namespace)) return [];
    const kind = readString(object, "kind", "")?.value ?? unknownKind;
    const found = shoot ? usesInShoot(shoot, secret.name) : usesInObject(object, kind, secret.name);
    return found.map((it) => toOtherUse(uri, it));
  });
}

const unknownKind = "a document without a kind";

function toOtherUse(uri: string, { what, span }: Found): OtherUse {
  return { kind: "named-elsewhere", what, place: { uri, span } };
}

interface Found {
  readonly what: string;
  readonly span: Span;
}

/** The fields of a Shoot that name Secrets of its namespace, beside spec.resources. Other texts are names of entries. */
function usesInShoot(shoot: Shoot, secret: string): readonly Found[] {
  const others = secretMentions(shoot).filter((it) => it.value === secret && !it.path.startsWith("spec.resources["));
  const name = shoot.name?.value ?? "without a name";
  return others.map(({ path, span }) => ({ what: `"${path}" of Shoot "${name}"`, span }));
}

/** Anywhere but in metadata and in what says which files a kustomization reads. A Secret does not name itself. */
function usesInObject(object: MapNode, kind: string, secret: string): readonly Found[] {
  if (secretKinds.has(kind)) return [];
  const skipped = kind === "Kustomization" || fieldOf(object, "kind") === undefined ? listsOfFiles : new Set<string>();
  const fields = object.entries.filter(({ name }) => name !== "metadata" && !skipped.has(name));
  return fields.flatMap(({ value }) => usesInTexts(value, kind, secret));
}

function usesInTexts(node: Node, what: string, secret: string): readonly Found[] {
  return scalarsOf(node, new Set())
    .filter(({ text }) => findWord(text, secret, { start: 0, end: text.length }) !== undefined)
    .map(({ span }) => ({ what, span }));
}

const secretKinds: ReadonlySet<string> = new Set(["Secret", "SealedSecret", "ExternalSecret"]);
const listsOfFiles: ReadonlySet<string> = new Set(["resources", "bases", "components", "crds", "secretGenerator"]);

function scalarsOf(node: Node, seen: Set<Node>): readonly ScalarNode[] {
  if (node.type === "scalar") return [node];
  // An alias leads to what was met where it was anchored.
  if (seen.has(node)) return [];
  seen.add(node);
  const values = node.type === "seq" ? node.items : node.entries;
  return values.flatMap(({ value }) => scalarsOf(value, seen));
}

function valuesOf(list: Node | undefined): readonly Node[] {
  return itemsOf(list).map((it) => it.value);
}

function objectsOf(root: Node | undefined): readonly MapNode[] {
  if (root?.type !== "map") return [];
  const items = fieldOf(root, "items");
  if (readString(root, "kind", "")?.value.endsWith("List") !== true || items?.type !== "seq") return [root];
  return valuesOf(items).flatMap((it) => (it.type === "map" ? [it] : []));
}

/** The first place of a name that is not part of a longer one, outside of comments. */
function findWord(text: string, name: string, { start, end }: Span): Span | undefined {
  for (let at = text.indexOf(name, start); at !== -1 && at < end; at = text.indexOf(name, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + name.length);
    const line = text.slice(text.lastIndexOf("\n", at) + 1, at);
    if (!/[a-z0-9.-]/.test(around) && !/(?:^|\s)#/.test(line)) return { start: at, end: at + name.length };
  }
  return undefined;
}
