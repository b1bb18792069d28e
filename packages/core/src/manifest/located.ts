import type { Span } from "../text/span.ts";
import { entryOf, type Node, type ScalarNode } from "../yaml/node.ts";

/** A value with the place it was read from and the path of its field, counted from the object's root. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
  readonly path: string;
  readonly node: ScalarNode;
  /** The place of the alias, where the text writes one; `span` is then that of the anchored value. */
  readonly alias?: Span;
}

/** The string of a field; undefined when it is absent, null or no string. */
export function readString(parent: Node | undefined, field: string, path: string): Located<string> | undefined {
  const { value: node, alias } = entryOf(parent, field) ?? {};
  if (node?.type !== "scalar" || typeof node.value !== "string") return undefined;
  const located = { value: node.value, span: node.span, path: childPath(path, field), node };
  return alias === undefined ? located : { ...located, alias };
}

/** The boolean of a field; undefined when it is absent, null or no boolean. */
export function readBoolean(parent: Node | undefined, field: string, path: string): Located<boolean> | undefined {
  const { value: node, alias } = entryOf(parent, field) ?? {};
  if (node?.type !== "scalar" || typeof node.value !== "boolean") return undefined;
  const located = { value: node.value, span: node.span, path: childPath(path, field), node };
  return alias === undefined ? located : { ...located, alias };
}

function childPath(path: string, field: string): string {
  return path === "" ? field : `${path}.${field}`;
}
