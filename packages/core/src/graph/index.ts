import type { ShootChain } from "../workspace/chain.ts";
import { renderDot } from "./dot.ts";
import { renderMermaid } from "./mermaid.ts";
import { toGraph } from "./model.ts";
import { renderSvg } from "./svg.ts";

/** The languages that a graph can be written in. */
export type GraphFormat = "svg" | "dot" | "mermaid";

/** Writes chains as a graph from left to right: Shoots, caches and mirrors, references, Secrets; what several share is there once. */
export function renderGraph(chains: readonly ShootChain[], format: GraphFormat): string {
  const graph = toGraph(chains);
  switch (format) {
    case "svg":
      return renderSvg(graph);
    case "dot":
      return renderDot(graph);
    case "mermaid":
      return renderMermaid(graph);
  }
}
