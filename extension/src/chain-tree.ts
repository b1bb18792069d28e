import type { ChainLink, ReferenceChain, ShootChain, UpstreamChain } from "./protocol.ts";

/** A row of the tree "Registry Caches": a link, what kind it is of, and what hangs on it. */
export interface ChainNode extends ChainLink {
  readonly kind: "shoot" | "cache" | "mirror" | "reference" | "secret";
  readonly children: readonly ChainNode[];
}

/** The rows of the tree: each Shoot holds its caches and mirrors, these their reference, a reference its Secret. */
export function chainTree(chains: readonly ShootChain[]): readonly ChainNode[] {
  return chains.map(({ uses, namespace, ...shoot }) => ({
    ...shoot,
    ...(namespace && { note: namespace }),
    kind: "shoot",
    children: uses.map(useNode),
  }));
}

function useNode({ reference, ...use }: UpstreamChain): ChainNode {
  return { ...use, children: reference ? [referenceNode(reference)] : [] };
}

function referenceNode({ secret, ...reference }: ReferenceChain): ChainNode {
  return { ...reference, kind: "reference", children: secret ? [{ ...secret, kind: "secret", children: [] }] : [] };
}
