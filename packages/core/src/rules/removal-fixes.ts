import { removeEntry, removeItem } from "../yaml/edit.ts";
import { entryOf, type Node } from "../yaml/node.ts";
import type { DraftFix } from "./rule.ts";

/** A fix without its edits. */
export type FixHead = Omit<DraftFix, "edits">;

/** A fix that removes an item of a list; none where there is no such item. */
export function itemRemoval(text: string, list: Node | undefined, index: number, head: FixHead): readonly DraftFix[] {
  const item = list?.type === "seq" ? list.items[index] : undefined;
  return list?.type === "seq" && item ? [{ ...head, edits: [removeItem(text, list, item)] }] : [];
}

/** A fix that removes a field of a map; none where it is not written. */
export function fieldRemoval(text: string, map: Node | undefined, field: string, head: FixHead): readonly DraftFix[] {
  const entry = entryOf(map, field);
  return map?.type === "map" && entry ? [{ ...head, edits: [removeEntry(text, map, entry)] }] : [];
}

/** Tells whether two items of a list are written alike, so that either can go. An anchor in them may be used elsewhere. */
export function areWrittenAlike(text: string, list: Node | undefined, a: number, b: number): boolean {
  if (list?.type !== "seq") return false;
  const [left, right] = [list.items[a], list.items[b]].map((it) => it && text.slice(it.span.start, it.span.end));
  return left !== undefined && left === right && !/[&#]/.test(left);
}

/** The last index in a field's path: that of the item it is, or lies in. */
export function lastIndexOf(path: string): number {
  return Number(path.slice(path.lastIndexOf("[") + 1, path.lastIndexOf("]")));
}
