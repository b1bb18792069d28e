import type { Edit } from "../text/edit.ts";
import { insertEntry, insertItem } from "./insert.ts";
import { isJson } from "./insert-flow.ts";
import { columnOf, layoutOf, membersOf } from "./layout.ts";
import type { Literal } from "./literal.ts";
import { entryOf, isNull, type MapEntry, type MapNode, type Node } from "./node.ts";
import { ownerOf } from "./owner.ts";
import { quoteKey, toJson } from "./quote-scalar.ts";
import { replaceValue } from "./replace-value.ts";

export { insertEntry, insertItem } from "./insert.ts";
export type { Literal } from "./literal.ts";
export { quoteScalar } from "./quote-scalar.ts";
export { removeEntry, removeItem } from "./remove.ts";
export { replaceScalar, stripFinalNewlines } from "./replace-scalar.ts";

/** Gives an entry of a map a value: the one that counts is changed where it is written, a missing one is added. */
export function setEntry(text: string, map: MapNode, key: string, value: Literal): Edit {
  const entry = entryOf(map, key);
  return entry ? replaceValue(text, ownerOf(map, entry), entry, value) : insertEntry(text, map, key, value);
}

/** Gives a field below `root` a value and adds the parents that are missing; undefined where a parent is no map. */
export function ensurePath(text: string, root: MapNode, path: readonly string[], value: Literal): Edit | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  const entry = entryOf(root, key);
  if (entry === undefined) return insertEntry(text, root, key, nest(rest, value));
  if (rest.length === 0) return setEntry(text, root, key, value);
  const owner = ownerOf(root, entry);
  const below = entry.value;
  // Braces without content give way to block style where the map around them has it.
  if (isNull(below) || (isEmpty(below) && !owner.flow)) return replaceValue(text, owner, entry, nest(rest, value));
  return below.type === "map" ? ensurePath(text, below, rest, value) : undefined;
}

/** Adds an item to the list at a path below `root`, and the list and its parents when missing; undefined where something else stands there. */
export function appendItem(text: string, root: MapNode, path: readonly string[], item: Literal): Edit | undefined {
  const list = path.reduce<Node | undefined>((node, key) => entryOf(node, key)?.value, root);
  if (list === undefined || isNull(list)) return ensurePath(text, root, path, [item]);
  if (list.type !== "seq") return undefined;
  const parent = path.slice(0, -1).reduce<Node | undefined>((node, key) => entryOf(node, key)?.value, root);
  const inBlock = parent?.type === "map" && !parent.flow;
  return isEmpty(list) && inBlock ? ensurePath(text, root, path, [item]) : insertItem(text, list, item);
}

/** Gives an entry another key, in the quotes that it has. */
export function renameKey(_text: string, { key }: MapEntry, name: string): Edit {
  return { span: key.span, text: quoteKey(name, key.style) };
}

/** Moves an entry into a new map that stands in its place: of `size: 1Gi` it makes `volume: { size: 1Gi }`, in the style of the map. */
export function wrapEntry(text: string, map: MapNode, entry: MapEntry, parent: string): Edit {
  const owner = ownerOf(map, entry);
  const span = membersOf(text, owner)[owner.written.indexOf(entry)] ?? entry.span;
  const written = text.slice(span.start, span.end);
  if (owner.flow) {
    return {
      span,
      text: isJson(text, owner) ? `${toJson(parent)}: {${written}}` : `${quoteKey(parent)}: { ${written} }`,
    };
  }
  const { newline, mapIndent } = layoutOf(text);
  const deeper = written.replace(/\r?\n(?=[^\r\n])/g, (lineBreak) => lineBreak + " ".repeat(mapIndent));
  const indent = " ".repeat(columnOf(text, span.start) + mapIndent);
  return { span, text: `${quoteKey(parent)}:${newline}${indent}${deeper}` };
}

function nest(path: readonly string[], value: Literal): Literal {
  return path.reduceRight<Literal>((inner, key) => ({ [key]: inner }), value);
}

function isEmpty(node: Node): boolean {
  return (node.type === "map" && node.written.length === 0) || (node.type === "seq" && node.items.length === 0);
}
