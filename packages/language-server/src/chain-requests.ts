import {
  type ChainLink,
  chains,
  type GraphFormat,
  type ReferenceChain,
  renderGraph,
  type ShootChain,
  type UpstreamChain,
} from "@registry-cache/core";
import type { Location } from "vscode-languageserver-protocol";
import { isAnything, isString, optional, shape } from "./guards.ts";
import { define } from "./in-document.ts";
import type { Method } from "./method.ts";
import type { Session } from "./session.ts";
import { toClientUri, toRange } from "./to-lsp.ts";
import { canonicalUri } from "./uri.ts";

/** A link of a chain as clients get it: with the range of its place. */
export type WireLink<L extends ChainLink> = Omit<L, "place" | "uses" | "reference" | "secret"> & {
  readonly place?: Location;
};

/** A Shoot with its chains as `registryCache/chains` gives them. */
export type WireShoot = WireLink<ShootChain> & { readonly uses: readonly WireUse[] };

/** A cache or mirror host of it. */
export type WireUse = WireLink<UpstreamChain> & { readonly reference?: WireReference };

/** The entry that it names. */
export type WireReference = WireLink<ReferenceChain> & { readonly secret?: WireLink<ChainLink> };

/** The requests of our own about the chains of all Shoots. */
export const chainRequests: { readonly [name: string]: Method } = {
  "registryCache/chains": define("all files")(isAnything, (session) => allChains(session)),
  "registryCache/graph": define("all files")(
    shape({ uri: optional(isString), format: isGraphFormat }),
    ({ files }, { uri, format }) => {
      const all = chains(files.workspace);
      const of = uri === undefined || uri === null ? undefined : canonicalUri(uri);
      return renderGraph(of === undefined ? all : all.filter((it) => it.place?.uri === of), format);
    },
  ),
};

function allChains(session: Session): readonly WireShoot[] {
  return chains(session.files.workspace).map(({ uses, ...shoot }) => {
    return { ...toLink(session, shoot), uses: uses.map((it) => toUse(session, it)) };
  });
}

function toUse(session: Session, { reference, ...use }: UpstreamChain): WireUse {
  return {
    ...toLink(session, use),
    ...(reference === undefined ? {} : { reference: toReference(session, reference) }),
  };
}

function toReference(session: Session, { secret, ...reference }: ReferenceChain): WireReference {
  return { ...toLink(session, reference), ...(secret === undefined ? {} : { secret: toLink(session, secret) }) };
}

function toLink<L extends ChainLink>(
  { files }: Session,
  { place, ...link }: L,
): Omit<L, "place"> & { place?: Location } {
  const range = place && toRange(files, place.uri, place.span);
  return place && range ? { ...link, place: { uri: toClientUri(files, place.uri), range } } : link;
}

function isGraphFormat(value: unknown): value is GraphFormat {
  return value === "svg" || value === "dot" || value === "mermaid";
}
