import type { Health } from "../workspace/chain.ts";
import { escapeXml } from "./escape.ts";
import {
  type Drawing,
  headingHeight,
  layOut,
  margin,
  nodeHeight,
  noteOf,
  type PlacedEdge,
  type PlacedNode,
  textInset,
} from "./layout.ts";
import type { Graph } from "./model.ts";
import { svgStyle } from "./svg-style.ts";

/**
 * Draws a graph as SVG without scripts or anything from elsewhere. Every node can be reached by the keyboard and tells in
 * `data-uri` and `data-offset` what it stands for, so that a page can open it.
 */
export function renderSvg(graph: Graph): string {
  const drawing = layOut(graph);
  const width = Math.round(drawing.width);
  const height = Math.round(drawing.height + legendHeight);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="rc-graph" role="group" aria-labelledby="rc-graph-title rc-graph-desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="rc-graph-title">Registry caches and their Secrets</title>`,
    `<desc id="rc-graph-desc">${escapeXml(describe(graph))}</desc>`,
    `<style>${svgStyle}</style>`,
    `<rect class="back" width="${width}" height="${height}"/>`,
    ...drawing.headings.map(({ x, text }) => `<text class="heading" x="${x}" y="${headingHeight}">${text}</text>`),
    ...drawing.edges.map(renderEdge),
    ...drawing.nodes.map(renderNode),
    ...(graph.nodes.length === 0
      ? [`<text class="label" x="${margin}" y="${headingHeight + margin + 8}">No Shoots</text>`]
      : []),
    ...renderLegend(drawing),
    "</svg>",
    "",
  ].join("\n");
}

const legendHeight = 40;

function describe({ nodes }: Graph): string {
  const count = (column: number, one: string, many: string): string => {
    const number = nodes.filter((it) => it.column === column).length;
    return `${number} ${number === 1 ? one : many}`;
  };
  const wrong = nodes.filter((it) => it.health === "error").length;
  const parts = [
    count(0, "Shoot", "Shoots"),
    count(1, "cache or mirror", "caches and mirrors"),
    count(3, "Secret", "Secrets"),
  ];
  return `${parts.join(", ")}; ${wrong === 0 ? "no errors" : `${wrong} with errors`}`;
}

function renderEdge({ edge, from: [x1, y1], to: [x2, y2] }: PlacedEdge): string {
  const bend = round((x2 - x1) / 2);
  return `<path class="edge ${edge.health}" d="M${x1} ${round(y1)}C${x1 + bend} ${round(y1)} ${x2 - bend} ${round(y2)} ${x2} ${round(y2)}"/>`;
}

function renderNode({ node, x, y, width, label, note }: PlacedNode): string {
  const { kind, health, place } = node;
  const told = noteOf(node);
  const spoken = `${kind} ${node.label}${told === "" ? "" : `, ${told}`}${health === "ok" ? ", ok" : ""}`;
  const target =
    place === undefined
      ? `role="img"`
      : `role="link" data-uri="${escapeXml(place.uri)}" data-offset="${place.span.start}"`;
  const middle = y + nodeHeight / 2;
  const labelY = note === "" ? middle + 4.5 : y + 20;
  return [
    `<g class="node ${health}" tabindex="0" ${target} aria-label="${escapeXml(spoken)}">`,
    `<title>${escapeXml(spoken)}</title>`,
    `<rect class="card" x="${x}" y="${round(y)}" width="${width}" height="${nodeHeight}" rx="6"/>`,
    renderMark(health, x + 20, middle),
    `<text class="label" x="${x + textInset}" y="${round(labelY)}">${escapeXml(label)}</text>`,
    ...(note === "" ? [] : [`<text class="note" x="${x + textInset}" y="${round(y + 36)}">${escapeXml(note)}</text>`]),
    "</g>",
  ].join("");
}

/** The sign of a health, told by its shape: a hook in a circle, a triangle, an octagon with a cross, a question. */
function renderMark(health: Health, x: number, y: number): string {
  return `<path class="mark" transform="translate(${x} ${round(y)})" d="${marks[health]}"/>`;
}

const marks: { readonly [health in Health]: string } = {
  ok: "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M-3.5 0.5l2.5 2.5l4.5 -5.5",
  warning: "M0 -8l9 15.5h-18zM0 -2.5v4.5M0 5v0.1",
  error: "M-3.4 -8h6.8l4.6 4.6v6.8l-4.6 4.6h-6.8l-4.6 -4.6v-6.8zM-3 -3l6 6M3 -3l-6 6",
  unknown: "M-8 -8h16v16h-16zM-2.6 -1.8a2.6 2.6 0 1 1 3.6 2.4q-1 0.4 -1 1.6M0 5v0.1",
};

function renderLegend({ height }: Drawing): readonly string[] {
  const healths: readonly Health[] = ["ok", "warning", "error", "unknown"];
  return healths.map((health, index) => {
    const x = margin + 8 + index * 104;
    const y = height + 12;
    const text = `<text class="note" x="${x + 16}" y="${round(y + 4)}">${health}</text>`;
    return `<g class="${health}" aria-hidden="true">${renderMark(health, x, y)}${text}</g>`;
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
