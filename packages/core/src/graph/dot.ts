import type { Health } from "../workspace/chain.ts";
import { quoteDot } from "./escape.ts";
import { noteOf } from "./layout.ts";
import { columns, type Graph } from "./model.ts";

/** Writes a graph in Graphviz's language. Health is told by shapes and words, so it can be printed without colours. */
export function renderDot({ nodes, edges }: Graph): string {
  return [
    "digraph registry_cache {",
    "  rankdir=LR;",
    '  node [fontname="sans-serif"];',
    ...nodes.map((it) => {
      const note = noteOf(it);
      const label = quoteDot(note === "" ? it.label : `${it.label}\n${note}`);
      return `  ${it.id} [label=${label}, tooltip=${quoteDot(`${it.kind} ${it.label}`)}, ${shapes[it.health]}];`;
    }),
    ...columns.flatMap((_, column) => {
      const ids = nodes.filter((it) => it.column === column).map((it) => it.id);
      return ids.length > 1 ? [`  { rank=same; ${ids.join("; ")}; }`] : [];
    }),
    ...edges.map(({ from, to, health }) => `  ${from} -> ${to} [${lines[health]}];`),
    "}",
    "",
  ].join("\n");
}

const shapes: { readonly [health in Health]: string } = {
  ok: "shape=box, style=rounded",
  warning: "shape=hexagon, style=solid",
  error: "shape=octagon, style=bold",
  unknown: "shape=box, style=dashed",
};

const lines: { readonly [health in Health]: string } = {
  ok: "style=solid",
  warning: "style=dashed",
  error: "style=bold",
  unknown: "style=dotted",
};
