import type { Span } from "../text/span.ts";
import type { Node, ScalarNode } from "./node.ts";

/** The aliases of each scalar below a node that has some, in the order of the text. A copy by a merge key is no alias of its own. */
export function scalarAliases(root: Node): ReadonlyMap<ScalarNode, readonly Span[]> {
  const aliases = new Map<ScalarNode, Span[]>();
  visit(root, (scalar, alias) => {
    const known = aliases.get(scalar);
    if (known === undefined) aliases.set(scalar, [alias]);
    else known.push(alias);
  });
  return aliases;
}

function visit(node: Node, found: (scalar: ScalarNode, alias: Span) => void): void {
  const parts = node.type === "map" ? node.written : node.type === "seq" ? node.items : [];
  for (const { value, alias } of parts) {
    // What an alias stands for is visited where it is written.
    if (alias === undefined) visit(value, found);
    else if (value.type === "scalar") found(value, alias);
  }
}
