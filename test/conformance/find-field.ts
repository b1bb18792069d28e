import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { type Steps, sampleKey } from "./sample-shoot.ts";

/** Where a field stands in a text: from and to where its key and its value reach. An item of a list has no key. */
export interface FieldPlace {
  readonly key: readonly [number, number] | undefined;
  readonly value: readonly [number, number];
}

/** Finds a field by another parser than ours. */
export function findField(text: string, steps: Steps): FieldPlace {
  let node: unknown = parseDocument(text).contents;
  let key: FieldPlace["key"];
  for (const step of steps) {
    if (isSeq(node)) {
      node = node.items[0];
      key = undefined;
      continue;
    }
    const name = step === "*" ? sampleKey : step;
    const pair = isMap(node) ? node.items.find((it) => isScalar(it.key) && it.key.value === name) : undefined;
    if (pair === undefined) throw new Error(`unreachable: the sample has ${steps.join(" ")}`);
    key = rangeOf(pair.key);
    node = pair.value;
  }
  return { key, value: rangeOf(node) };
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = isNode(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : [0, 0];
}

function isNode(node: unknown): node is Node {
  return isMap(node) || isSeq(node) || isScalar(node);
}
