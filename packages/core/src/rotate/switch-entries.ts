import { readString } from "../manifest/located.ts";
import type { ManifestDocument } from "../manifest/manifest.ts";
import type { Edit } from "../text/edit.ts";
import { fail, type Result, succeed } from "../text/result.ts";
import { quoteScalar, replaceScalar } from "../yaml/edit.ts";
import { entryOf, fieldOf, type MapEntry, type Node } from "../yaml/node.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { ChainEntry } from "./chain.ts";
import type { Blocker } from "./rotation.ts";

/**
 * The edits of one document that make its entries name another Secret: each name once, in the quotes that it has. A name
 * that is shared by an anchor is changed where that changes nothing else, else at its alias, else it is a blocker.
 */
export function switchEntries(
  document: ManifestDocument,
  entries: readonly ChainEntry[],
  name: string,
): Result<readonly Edit[], readonly Blocker[]> {
  const met = countPlaces(document);
  const wanted = new Map<number, number>();
  for (const place of entries.flatMap(placesOf)) wanted.set(place, (wanted.get(place) ?? 0) + 1);
  // Text that is met more often than by these entries belongs to something else, too.
  const isOurs = (place: number): boolean => (met.get(place) ?? 0) <= (wanted.get(place) ?? 0);
  const edits = new Map<number, Edit>();
  const blockers: Blocker[] = [];
  for (const it of entries) {
    const edit = editOf(it, name, isOurs);
    if (edit === undefined) blockers.push(sharedAnchor(it));
    else edits.set(edit.span.start, edit);
  }
  return blockers.length > 0
    ? fail(blockers)
    : succeed([...edits.values()].sort((a, b) => a.span.start - b.span.start));
}

function editOf({ shoot, entry }: ChainEntry, name: string, isOurs: (place: number) => boolean): Edit | undefined {
  const { target } = entry;
  if (target === undefined) return undefined;
  if (isOurs(target.span.start)) return replaceScalar(shoot.text, target.node, name);
  const alias = nameEntry(entry.node)?.alias;
  return alias !== undefined && isOurs(alias.start) ? { span: alias, text: quoteScalar(name) } : undefined;
}

/** The places in the text from which an entry's name comes: of the name itself, and of the alias that stands for it. */
function placesOf({ entry }: ChainEntry): readonly number[] {
  const alias = nameEntry(entry.node)?.alias;
  return [...(entry.target ? [entry.target.span.start] : []), ...(alias ? [alias.start] : [])];
}

function nameEntry(entry: Node): MapEntry | undefined {
  return entryOf(fieldOf(entry, "resourceRef"), "name");
}

function sharedAnchor({ shoot, entry }: ChainEntry): Blocker {
  const path = `${entry.path}.resourceRef.name`;
  return {
    kind: "shared-anchor",
    message: `"${path}" comes from an anchor that is used for something else, too; write the name out there`,
    place: { uri: shoot.uri, span: nameEntry(entry.node)?.alias ?? entry.target?.span ?? entry.span },
  };
}

/** How often each scalar, and each alias of a map, is met in the objects of a document. */
function countPlaces({ text, span }: ManifestDocument): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const count = (place: number): void => {
    counts.set(place, (counts.get(place) ?? 0) + 1);
  };
  const visit = (node: Node): void => {
    if (node.type === "scalar") count(node.span.start);
    else if (node.type === "seq") for (const { value } of node.items) visit(value);
    else {
      for (const { alias, value } of node.entries) {
        if (alias !== undefined) count(alias.start);
        visit(value);
      }
    }
  };
  // An alias stands for nothing outside of its document.
  if (!text.slice(span.start, span.end).includes("*")) return counts;
  const root = parseYaml(text).find((it) => it.span.start === span.start)?.root;
  for (const field of root === undefined ? [] : objectFields(root)) visit(field);
  return counts;
}

/** The values of an object, or of each object of a list, without fields that no Shoot has: those hold text for anchors. */
function objectFields(root: Node): readonly Node[] {
  if (root.type !== "map") return [];
  const isShoot = readString(root, "kind", "")?.value === "Shoot";
  return root.entries.flatMap(({ name, value }) => {
    if (name === "items" && value.type === "seq") return value.items.flatMap((it) => objectFields(it.value));
    return isShoot && !shootFields.has(name) ? [] : [value];
  });
}

const shootFields: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "spec", "status"]);
