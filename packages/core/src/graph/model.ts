import type { ChainLink, Health, ShootChain, UpstreamChain } from "../workspace/chain.ts";
import type { Place } from "../workspace/finding.ts";

/** What a graph shows of chains: each thing once, and who refers to whom. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The columns from left to right. */
export const columns = ["Shoots", "Caches and mirrors", "Resource references", "Secrets"] as const;

/** A thing of the graph; `column` counts from the left. */
export interface GraphNode {
  readonly id: string;
  readonly column: 0 | 1 | 2 | 3;
  readonly label: string;
  /** What it is, for one who cannot see the columns: `Secret`. */
  readonly kind: string;
  health: Health;
  /** What is said beside the name: notes and codes. */
  readonly notes: string[];
  place: Place | undefined;
}

/** A reference from left to right; as healthy as what it leads to. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  health: Health;
}

/** Makes the graph of chains. A Secret that several Shoots of a namespace use is one node, and so is an entry that several caches use. */
export function toGraph(chains: readonly ShootChain[]): Graph {
  const builder: Builder = { nodes: new Map(), edges: new Map() };
  for (const [index, chain] of chains.entries()) addShoot(builder, chain, `${index}`);
  return { nodes: [...builder.nodes.values()], edges: [...builder.edges.values()] };
}

/** From bad to good, as a graph made of several links sees them. */
const severities: readonly Health[] = ["error", "warning", "unknown", "ok"];

interface Builder {
  readonly nodes: Map<string, GraphNode>;
  readonly edges: Map<string, GraphEdge>;
}

function addShoot(builder: Builder, chain: ShootChain, key: string): void {
  const { label, namespace, place, health, uses } = chain;
  const shoot = addNode(builder, key, {
    column: 0,
    kind: "Shoot",
    label,
    health,
    notes: namespace === undefined ? [] : [namespace],
    place,
  });
  for (const [index, use] of uses.entries()) {
    const cache = addUse(builder, use, `${key}/${index}`);
    addEdge(builder, shoot, cache);
    if (use.reference === undefined) continue;
    const reference = addLink(builder, use.reference, { column: 2, kind: "resource reference", key: `${key}//` });
    addEdge(builder, cache, reference);
    if (use.reference.secret === undefined) continue;
    const secret = addLink(builder, use.reference.secret, { column: 3, kind: "Secret", key: `//${namespace ?? ""}/` });
    addEdge(builder, reference, secret);
  }
}

function addUse(
  builder: Builder,
  { kind, label, health, note, findings, place }: UpstreamChain,
  key: string,
): GraphNode {
  const notes = [...(kind === "mirror" ? [kind] : []), ...notesOf({ note, findings })];
  return addNode(builder, key, { column: 1, kind, label, health, notes, place });
}

interface LinkSite {
  readonly column: 2 | 3;
  readonly kind: string;
  readonly key: string;
}

function addLink(builder: Builder, link: ChainLink, { column, kind, key }: LinkSite): GraphNode {
  const { label, health, place } = link;
  return addNode(builder, `${key}${label}`, { column, kind, label, health, notes: notesOf(link), place });
}

function notesOf({ note, findings }: Pick<ChainLink, "findings"> & { readonly note?: string | undefined }): string[] {
  return [...(note === undefined ? [] : [note]), ...findings.map((it) => it.code)];
}

type NewNode = Omit<GraphNode, "id" | "notes"> & { readonly notes: readonly string[] };

/** What is there already takes on what is worse and what is new. */
function addNode({ nodes }: Builder, key: string, node: NewNode): GraphNode {
  const known = nodes.get(key);
  if (known === undefined) {
    const added: GraphNode = { ...node, id: `n${nodes.size}`, notes: [...new Set(node.notes)] };
    nodes.set(key, added);
    return added;
  }
  known.health = worse(known.health, node.health);
  known.place ??= node.place;
  for (const note of node.notes) if (!known.notes.includes(note)) known.notes.push(note);
  return known;
}

function addEdge({ edges }: Builder, from: GraphNode, to: GraphNode): void {
  const key = `${from.id} ${to.id}`;
  const edge = edges.get(key);
  if (edge === undefined) edges.set(key, { from: from.id, to: to.id, health: to.health });
  else edge.health = worse(edge.health, to.health);
}

function worse(a: Health, b: Health): Health {
  return severities.indexOf(a) <= severities.indexOf(b) ? a : b;
}
