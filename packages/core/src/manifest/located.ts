import type { Span } from "../text/span.ts";
import { fieldOf, type Node, type ScalarNode } from "../yaml/node.ts";

/** A value with the place it was read from and the path of its field, counted from the object's root. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
  readonly path: string;
  readonly node: ScalarNode;
}

/** The string of a field; undefined when it is absent, null or no string. */
export function readString(parent: Node | undefined, field: string, path: string): Located<string> | undefined {
  const node = fieldOf(parent, field);
  if (node?.type !== "scalar" || typeof node.value !== "string") return undefined;
  return { value: node.value, span: node.span, path: childPath(path, field), node };
}

/** The boolean of a field; undefined when it is absent, null or no boolean. */
export function readBoolean(parent: Node | undefined, field: string, path: string): Located<boolean> | undefined {
  const node = fieldOf(parent, field);
  if (node?.type !== "scalar" || typeof node.value !== "boolean") return undefined;
  return { value: node.value, span: node.span, path: childPath(path, field), node };
}

function childPath(path: string, field: string): string {
  return path === "" ? field : `${path}.${field}`;
}
