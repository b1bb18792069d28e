import type { Health } from "../workspace/chain.ts";
import { escapeMermaid } from "./escape.ts";
import { noteOf } from "./layout.ts";
import type { Graph, GraphNode } from "./model.ts";

/** Writes a graph in Mermaid's language, as Markdown of many hosts shows it. Health is told by shapes and words. */
export function renderMermaid({ nodes, edges }: Graph): string {
  return [
    "flowchart LR",
    ...nodes.map((it) => `  ${it.id}${shape(it)}`),
    ...edges.map(({ from, to, health }) => `  ${from} ${arrows[health]} ${to}`),
    "",
  ].join("\n");
}

function shape(node: GraphNode): string {
  const note = noteOf(node);
  const text = `"${escapeMermaid(node.label)}${note === "" ? "" : `<br/>${escapeMermaid(note)}`}"`;
  const [open, close] = brackets[node.health];
  return `${open}${text}${close}`;
}

const brackets: { readonly [health in Health]: readonly [open: string, close: string] } = {
  ok: ["(", ")"],
  warning: ["{{", "}}"],
  error: ["[[", "]]"],
  unknown: ["[", "]"],
};

const arrows: { readonly [health in Health]: string } = {
  ok: "-->",
  warning: "-.->",
  error: "==>",
  unknown: "-.-",
};
