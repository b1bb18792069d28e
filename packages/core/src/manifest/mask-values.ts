import { editDistance } from "../text/distance.ts";
import type { Span } from "../text/span.ts";
import { itemsOf, type MapEntry, type MapNode, type Node, type ScalarNode } from "../yaml/node.ts";

/** The places of all values of a document that may be secret, wherever its anchors put them. */
export function valueSpans(root: Node): readonly Span[] {
  const search: Search = { spans: [], visited: new Set(), hidden: new Set(), opened: new Set() };
  if (root.type === "scalar") hide(search, root);
  else
    for (const object of root.type === "seq" ? root.items.map((it) => it.value) : [root]) visitObject(search, object);
  return search.spans;
}

/** The comments between the values of a document: beside a Secret's values they may hold an older one. */
export function commentSpans(text: string, { start, end }: Span, root: Node | undefined): readonly Span[] {
  const scalars = (root === undefined ? [] : scalarSpans(root)).sort((a, b) => a.start - b.start);
  const comments: Span[] = [];
  let at = start;
  for (const scalar of [...scalars, { start: end, end }]) {
    comments.push(...commentsBetween(text, at, scalar.start));
    at = Math.max(at, scalar.end);
  }
  return comments;
}

/** Tells whether a kind is Secret, or a word that was most likely meant to be. */
export function isSecretKind(kind: string): boolean {
  return editDistance(kind.toLowerCase(), "secret") <= 2;
}

interface Search {
  readonly spans: Span[];
  readonly visited: Set<Node>;
  readonly hidden: Set<Node>;
  /** Maps whose values are hidden and whose keys are not. */
  readonly opened: Set<Node>;
}

const dataKey = /^(string_?)?data$|^encryptedData$/i;
/** Fields of a Secret that hold nothing secret. Whatever else a person writes beside them may be a value in a wrong place. */
const openFields: ReadonlySet<string> = new Set(["apiVersion", "kind", "type", "immutable", "metadata"]);
const openMetadata: ReadonlySet<string> = new Set([
  "name",
  "generateName",
  "namespace",
  "labels",
  "uid",
  "resourceVersion",
  "creationTimestamp",
  "finalizers",
]);
const notSecret =
  /^(spec|resources|bases|components|patches|patchesStrategicMerge|.*Generator|severities|ignores|policies)$/;

function visitObject(search: Search, node: Node): void {
  if (node.type === "map" && mayBeSecret(node)) hideSecret(search, node);
  visit(search, node);
}

function mayBeSecret(map: MapNode): boolean {
  const kinds = kindsOf(map);
  if (kinds.length > 0) return kinds.some(isSecretKind);
  return !map.written.some((it) => notSecret.test(it.name));
}

function kindsOf(map: MapNode): readonly string[] {
  return allEntries(map).flatMap(({ name, value }) => {
    return name === "kind" && value.type === "scalar" && value.text !== "" ? [value.text] : [];
  });
}

function hideSecret(search: Search, secret: MapNode): void {
  for (const entry of allEntries(secret)) {
    if (!openFields.has(entry.name)) hideEntry(search, entry);
    else if (entry.name === "metadata") hideMetadata(search, entry.value);
    else if (entry.value.type !== "scalar") hide(search, entry.value);
  }
}

function hideMetadata(search: Search, metadata: Node): void {
  if (metadata.type !== "map") hide(search, metadata);
  else for (const entry of allEntries(metadata)) if (!openMetadata.has(entry.name)) hideEntry(search, entry);
}

/** Looks everywhere for what holds secrets whatever it is part of. */
function visit(search: Search, node: Node): void {
  if (search.visited.has(node)) return;
  search.visited.add(node);
  if (node.type === "scalar") {
    if (embedsSecret(node)) hide(search, node);
  } else if (node.type === "seq") for (const { value } of node.items) visit(search, value);
  else visitMap(search, node);
}

function visitMap(search: Search, map: MapNode): void {
  const kinds = kindsOf(map);
  const plain = kinds.length > 0 && !kinds.some((it) => /secret/i.test(it) || isSecretKind(it));
  if (kinds.some(isSecretKind) && map.written.some((it) => it.name === "metadata")) hideSecret(search, map);
  for (const entry of allEntries(map)) {
    const { name, value } = entry;
    const isData = dataKey.test(name) && (!plain || name.toLowerCase() !== "data") && value.type !== "seq";
    if (isData || name === "kubectl.kubernetes.io/last-applied-configuration") hideEntry(search, entry);
    if (name === "secretGenerator") hideLiterals(search, value);
    if (name === "items" && value.type === "seq") for (const item of value.items) visitObject(search, item.value);
    visit(search, value);
  }
}

/** A manifest in a string, such as a patch of a kustomization. */
function embedsSecret({ text }: ScalarNode): boolean {
  return text.includes("stringData") || (text.length > 20 && text.includes("Secret") && /data["']?\s*:/.test(text));
}

function hideLiterals(search: Search, generators: Node): void {
  if (generators.type !== "seq") hide(search, generators);
  const entries = itemsOf(generators).flatMap(({ value }) => (value.type === "map" ? allEntries(value) : []));
  for (const { value } of entries.filter((it) => it.name === "literals")) {
    if (value.type !== "seq") hide(search, value);
    for (const item of itemsOf(value)) hideLiteral(search, item.value);
  }
}

/** Of `key=value` the key may be shown. */
function hideLiteral(search: Search, node: Node): void {
  if (node.type !== "scalar" || (node.style !== "plain" && node.style !== "single")) {
    hide(search, node);
    return;
  }
  const equals = node.text.indexOf("=");
  const skipped = node.style === "single" ? 2 : 1;
  // Escaped quotes and folded lines would move what follows them.
  const plain = equals > 0 && !/['\s]/.test(node.text.slice(0, equals));
  search.spans.push(plain ? { start: node.span.start + equals + skipped, end: node.span.end } : node.span);
}

/** Hides the values of a map, whose keys may be shown, or else the whole value. */
function hideEntry(search: Search, { value }: MapEntry): void {
  if (value.type !== "map") hide(search, value);
  if (value.type !== "map" || search.opened.has(value)) return;
  search.opened.add(value);
  for (const entry of allEntries(value)) {
    if (entry.name === "<<" && entry.value.type === "map") hideEntry(search, entry);
    else hide(search, entry.value);
  }
}

/** Hides a value and all that its aliases stand for. */
function hide(search: Search, node: Node): void {
  if (search.hidden.has(node)) return;
  search.hidden.add(node);
  if (node.span.end > node.span.start) search.spans.push(node.span);
  if (node.type === "map") for (const entry of allEntries(node)) hide(search, entry.value);
  if (node.type === "seq") for (const { value } of node.items) hide(search, value);
}

/** The entries that count and those that others override: all of them can be read in the text. */
function allEntries({ entries, written }: MapNode): readonly MapEntry[] {
  return entries === written ? written : [...new Set([...written, ...entries])];
}

function scalarSpans(root: Node): Span[] {
  const spans: Span[] = [];
  const seen = new Set<Node>();
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.type === "scalar") spans.push(node.span);
    else if (node.type === "seq") waiting.push(...node.items.map((it) => it.value));
    else for (const { key, value } of allEntries(node)) waiting.push(key, value);
  }
  return spans;
}

function commentsBetween(text: string, from: number, to: number): readonly Span[] {
  const comments: Span[] = [];
  for (const { index, 0: found } of text.slice(from, to).matchAll(/#[^\r\n]*/g)) {
    const start = from + index + (/^#\s*/.exec(found)?.[0].length ?? 1);
    const end = from + index + found.length;
    if (end > start) comments.push({ start, end });
  }
  return comments;
}
