import type { Span } from "../text/span.ts";
import type { MapEntry, MapNode, Node, SeqItem, SeqNode } from "./node.ts";

/** One step on the way down to a place: into an entry of a map, or into an item of a list. */
export type PathStep =
  | {
      readonly kind: "entry";
      readonly parent: MapNode;
      readonly entry: MapEntry;
      /** Where in the entry the place is; "between" is the colon and what stands around it. */
      readonly part: "key" | "value" | "between";
    }
  | { readonly kind: "item"; readonly parent: SeqNode; readonly item: SeqItem; readonly part: "value" | "between" };

/**
 * The way from a value down to a place of the text, through what is written around it. It ends at an alias, whose value is
 * written elsewhere. A place right behind a value belongs to it.
 */
export function pathAt(root: Node, offset: number): readonly PathStep[] {
  const steps: PathStep[] = [];
  let step = stepInto(root, offset);
  while (step !== undefined) {
    steps.push(step);
    const { value, alias } = step.kind === "entry" ? step.entry : step.item;
    step = step.part === "value" && alias === undefined ? stepInto(value, offset) : undefined;
  }
  return steps;
}

/** Tells whether a place lies within a span or at one of its ends. */
export function touches({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function stepInto(node: Node, offset: number): PathStep | undefined {
  if (node.type === "map") {
    const entry = node.written.findLast((it) => touches(it.span, offset));
    return entry && { kind: "entry", parent: node, entry, part: partOf(entry, offset) };
  }
  if (node.type === "seq") {
    const item = node.items.findLast((it) => touches(it.span, offset));
    return item && { kind: "item", parent: node, item, part: isInValue(item, offset) ? "value" : "between" };
  }
  return undefined;
}

function partOf(entry: MapEntry, offset: number): "key" | "value" | "between" {
  if (touches(entry.key.span, offset)) return "key";
  return isInValue(entry, offset) ? "value" : "between";
}

function isInValue({ value, alias }: MapEntry | SeqItem, offset: number): boolean {
  return touches(alias ?? value.span, offset);
}
