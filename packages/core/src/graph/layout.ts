import { columns, type Graph, type GraphEdge, type GraphNode } from "./model.ts";

/** A node at its place, in units of the drawing. */
export interface PlacedNode {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The name as far as there is room for it. */
  readonly label: string;
  readonly note: string;
}

/** An edge from the right side of one node to the left side of another. */
export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** A drawing's size and what is on it. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly headings: readonly { readonly x: number; readonly text: string }[];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export const nodeHeight = 46;
export const margin = 24;
/** The line of the columns' headings. */
export const headingHeight = 36;
const nodeGap = 14;
const columnGap = 72;
const minWidth = 132;
/** Where a node's text begins, behind the sign of its health. */
export const textInset = 38;
/** Names longer than this are cut in their middle, where upstreams and Secrets differ least. */
const maxLabel = 40;
const maxNote = 52;
/** The widest that letters of both sizes get on average. */
const labelLetter = 8.5;
const noteLetter = 6.7;

/** Places the columns of a graph from left to right, each node beside those that refer to it, as near as there is room. */
export function layOut({ nodes, edges }: Graph): Drawing {
  const widths = columns.map((_, column) => Math.max(minWidth, ...inColumn(nodes, column).map(widthOf)));
  const lefts = widths.map((_, column) => margin + sum(widths.slice(0, column)) + column * columnGap);
  const rows = placeRows(nodes, edges);
  const placed = nodes.map((node): PlacedNode => {
    const [x, width] = [lefts[node.column] ?? 0, widths[node.column] ?? 0];
    return { node, x, y: rows.get(node.id) ?? 0, width, ...textOf(node) };
  });
  const byId = new Map(placed.map((it) => [it.node.id, it]));
  const bottom = Math.max(headingHeight + margin, ...placed.map((it) => it.y + nodeHeight));
  return {
    width: sum(widths) + (columns.length - 1) * columnGap + 2 * margin,
    height: bottom + margin,
    headings: columns.map((text, column) => ({ x: lefts[column] ?? 0, text })),
    nodes: placed,
    edges: edges.flatMap((edge) => placeEdge(edge, byId)),
  };
}

/** What a node says of itself beside its name. */
export function noteOf({ health, notes }: GraphNode): string {
  return [health === "ok" ? undefined : health, ...notes].filter((it) => it !== undefined).join(" · ");
}

/** Caches follow each other; a Shoot stands in the middle of its caches; what is referred to stands beside who refers to it. */
function placeRows(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  const caches = inColumn(nodes, 1);
  const shoots = inColumn(nodes, 0);
  let next = headingHeight + margin;
  for (const shoot of shoots) {
    const own = caches.filter((it) => edges.some(({ from, to }) => from === shoot.id && to === it.id));
    for (const cache of own) {
      rows.set(cache.id, next);
      next += nodeHeight + nodeGap;
    }
    const [first, last] = [own[0], own.at(-1)].map((it) => it && rows.get(it.id));
    rows.set(shoot.id, first === undefined || last === undefined ? next : (first + last) / 2);
    // Between two Shoots there is more room.
    next = Math.max(next, (rows.get(shoot.id) ?? 0) + nodeHeight + nodeGap) + nodeGap;
  }
  for (const column of [2, 3]) settle(inColumn(nodes, column), edges, rows);
  return rows;
}

function settle(nodes: readonly GraphNode[], edges: readonly GraphEdge[], rows: Map<string, number>): void {
  const wanted = nodes.map((node) => {
    const users = edges.flatMap(({ from, to }) => (to === node.id ? [rows.get(from) ?? 0] : []));
    return { node, row: sum(users) / Math.max(1, users.length) };
  });
  let free = headingHeight + margin;
  for (const { node, row } of wanted.sort((a, b) => a.row - b.row)) {
    const y = Math.max(free, row);
    rows.set(node.id, y);
    free = y + nodeHeight + nodeGap;
  }
}

function placeEdge(edge: GraphEdge, byId: ReadonlyMap<string, PlacedNode>): readonly PlacedEdge[] {
  const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
  if (from === undefined || to === undefined) return [];
  const middle = nodeHeight / 2;
  return [{ edge, from: [from.x + from.width, from.y + middle], to: [to.x, to.y + middle] }];
}

function widthOf(node: GraphNode): number {
  const { label, note } = textOf(node);
  return Math.ceil(textInset + Math.max(letters(label) * labelLetter, letters(note) * noteLetter) + 14);
}

/** Letters of East Asian scripts and pictures are twice as wide. */
function letters(text: string): number {
  return sum(
    [...text].map((it) =>
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uff60]|\p{So}/u.test(it) ? 2 : 1,
    ),
  );
}

function textOf(node: GraphNode): { readonly label: string; readonly note: string } {
  return { label: cut(node.label, maxLabel), note: cut(noteOf(node), maxNote) };
}

function cut(text: string, max: number): string {
  const letters = [...text];
  if (letters.length <= max) return text;
  const head = Math.ceil((max - 1) / 2);
  return `${letters.slice(0, head).join("")}…${letters.slice(letters.length - (max - 1 - head)).join("")}`;
}

function inColumn(nodes: readonly GraphNode[], column: number): readonly GraphNode[] {
  return nodes.filter((it) => it.column === column);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}
