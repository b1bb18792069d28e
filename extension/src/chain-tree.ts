import type { CacheChain, Health, Link, Place, ShootChain } from "./protocol.ts";

/** A row of the tree "Registry Caches". */
export interface ChainNode {
  readonly kind: "shoot" | "cache" | "reference" | "secret";
  readonly label: string;
  /** Shown dimmed beside the label. */
  readonly description: string;
  readonly health: Health;
  readonly codes: readonly string[];
  readonly place?: Place;
  readonly children: readonly ChainNode[];
}

/** The rows of the tree: each Shoot holds its caches, a cache its reference, a reference its Secret. */
export function chainTree(chains: readonly ShootChain[]): readonly ChainNode[] {
  return chains.map((shoot) => ({
    kind: "shoot",
    label: shoot.name,
    description: shoot.namespace ?? "",
    health: shoot.health,
    codes: [],
    place: { uri: shoot.uri, range: shoot.range },
    children: shoot.links.map(cacheNode),
  }));
}

function cacheNode({ upstream, health, codes, place, reference, secret }: CacheChain): ChainNode {
  const end = secret ? [linkNode("secret", secret, [])] : [];
  return {
    kind: "cache",
    label: upstream,
    description: "",
    health,
    codes,
    place,
    children: reference ? [linkNode("reference", reference, end)] : end,
  };
}

function linkNode(kind: "reference" | "secret", link: Link, children: readonly ChainNode[]): ChainNode {
  const { label, note = "", health, codes, place } = link;
  return { kind, label, description: note, health, codes, ...(place && { place }), children };
}
