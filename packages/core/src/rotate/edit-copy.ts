import { expiryAnnotation } from "../analyze/declared-expiry.ts";
import type { Edit } from "../text/edit.ts";
import { applyEdits } from "../text/edit.ts";
import { ensurePath, removeEntry } from "../yaml/edit.ts";
import { entryOf, fieldOf, type MapNode } from "../yaml/node.ts";
import { parseYaml } from "../yaml/parse.ts";
import { printYaml } from "../yaml/print-value.ts";
import { toJson } from "../yaml/quote-scalar.ts";
import { toValue } from "../yaml/to-value.ts";
import type { SecretManifest } from "./find-secret.ts";
import { isIdentity } from "./kept-metadata.ts";

/** A change of a document that stands alone; undefined where there is nothing to change. */
export type DocumentChange = (text: string, root: MapNode) => Edit | undefined;

/** The manifest of a Secret as a text of its own, as it is written, comments and all; an item of a list is written out. */
export function copyDocument({ file, document, secret }: SecretManifest): string {
  if (document.root === secret.root) {
    const { start, end } = document.span;
    return file.text.slice(start, end).replace(/^\ufeff?(?:---[^\S\r\n]*\r?\n)?/, "");
  }
  const value = toValue(secret.root);
  return file.uri.endsWith(".json") ? `${toJson(value, "  ")}\n` : printYaml(value);
}

/** Changes a document step by step; each step sees what the one before has made. */
export function changeDocument(text: string, changes: readonly DocumentChange[]): string {
  return changes.reduce((now, change) => {
    const root = parseYaml(now).find((it) => it.root !== undefined)?.root;
    const edit = root?.type === "map" ? change(now, root) : undefined;
    return edit === undefined ? now : applyEdits(now, [edit]);
  }, text);
}

/** Gives a field a value where it has another one. */
export function setField(path: readonly string[], value: string | boolean): DocumentChange {
  return (text, root) => {
    const now = path.reduce<ReturnType<typeof fieldOf>>((node, key) => fieldOf(node, key), root);
    if (now?.type === "scalar" && now.value === value) return undefined;
    return ensurePath(text, root, path, value);
  };
}

/** Takes a field away where it is. */
export function dropField(path: readonly string[]): DocumentChange {
  return (text, root) => {
    const parent = path.slice(0, -1).reduce<ReturnType<typeof fieldOf>>((node, key) => fieldOf(node, key), root);
    const entry = entryOf(parent, path.at(-1) ?? "");
    return parent?.type === "map" && entry !== undefined ? removeEntry(text, parent, entry) : undefined;
  };
}

/** What the metadata at a path must not say of the next version: that it is an object which a cluster or a tool knows, and when it ends. */
export function dropIdentity(root: MapNode, path: readonly string[]): readonly DocumentChange[] {
  const metadata = path.reduce<ReturnType<typeof fieldOf>>((node, key) => fieldOf(node, key), root);
  const texts = ["labels", "annotations"].flatMap((field) => {
    const map = fieldOf(metadata, field);
    const names = map?.type === "map" ? map.entries.map((it) => it.name) : [];
    const dropped = names.filter((it) => isIdentity(it) || it === expiryAnnotation);
    if (dropped.length > 0 && dropped.length === names.length) return [dropField([...path, field])];
    return dropped.map((it) => dropField([...path, field, it]));
  });
  return [...texts, ...serverFields.map((it) => dropField([...path, it]))];
}

/** What an API server has added to an object that was written to a file. */
const serverFields: readonly string[] = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "selfLink",
  "managedFields",
  "ownerReferences",
];
