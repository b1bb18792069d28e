import type { Node, ScalarNode } from "../yaml/node.ts";
import type { Schema } from "./schema.ts";

/** Tells whether a value, not null, is of a schema's type. */
export function hasType(node: Node, { type, format }: Schema): boolean {
  if (type === undefined) return true;
  if (typeof type === "object") return node.type === "scalar" && (typeof node.value === "string" || isWhole(node));
  switch (type) {
    case "object":
      return node.type === "map";
    case "array":
      return node.type === "seq";
    case "string":
      if (node.type !== "scalar") return false;
      return typeof node.value === "string" || (format === "quantity" && isNumeric(node));
    case "boolean":
      return node.type === "scalar" && typeof node.value === "boolean";
    case "number":
      return node.type === "scalar" && isNumeric(node);
    case "integer":
      return node.type === "scalar" && isWhole(node);
  }
}

/** What a schema takes, for a message. */
export function typeName({ type, format }: Schema): string {
  if (type === undefined) return "anything";
  if (typeof type === "object") return "a whole number or a percentage";
  return format === "quantity" ? "a quantity" : typeNames[type];
}

/** Names the type only: the value may be a secret. */
export function foundType(node: Node): string {
  if (node.type === "map") return "a map";
  if (node.type === "seq") return "a list";
  const type = typeof node.value;
  return type === "bigint" ? "a number" : `a ${type}`;
}

function isNumeric({ value }: ScalarNode): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

function isWhole({ value }: ScalarNode): boolean {
  return typeof value === "bigint" || Number.isInteger(value);
}

const typeNames = {
  object: "a map",
  array: "a list",
  string: "a string",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
} as const;
