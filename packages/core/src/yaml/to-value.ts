import type { Node, ScalarValue } from "./node.ts";

/** A value as JSON has it. */
export type PlainValue = null | boolean | number | string | readonly PlainValue[] | PlainMap;

/** A map of a JSON value. It has no prototype, so every name is its own. */
export interface PlainMap {
  readonly [name: string]: PlainValue;
}

/** The value of a tree without its places. What an alias names is one value, however often it is named; large integers lose digits. */
export function toValue(root: Node): PlainValue {
  const known = new Map<Node, PlainValue>();
  const convert = (node: Node): PlainValue => {
    const value = known.get(node) ?? convertNode(node, convert);
    known.set(node, value);
    return value;
  };
  return convert(root);
}

function convertNode(node: Node, convert: (node: Node) => PlainValue): PlainValue {
  switch (node.type) {
    case "scalar":
      return toPlainScalar(node.value);
    case "seq":
      return node.items.map((it) => convert(it.value));
    case "map": {
      const map: Record<string, PlainValue> = Object.create(null);
      for (const { name, value } of node.entries) map[name] = convert(value);
      return map;
    }
  }
}

function toPlainScalar(value: ScalarValue): PlainValue {
  return typeof value === "bigint" ? Number(value) : value;
}
