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
import type { OwnMethods } from "./method.ts";
import type { ChainRequests } from "./protocol/chains.ts";
import type { Wire } from "./protocol/wire.ts";
import type { Session } from "./session.ts";
import { toClientUri, toRange } from "./to-lsp.ts";
import { canonicalUri } from "./uri.ts";

/** The requests of our own about the chains of all Shoots. */
export const chainRequests: OwnMethods<ChainRequests> = {
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

function allChains(session: Session): readonly Wire<ShootChain>[] {
  return chains(session.files.workspace).map(({ uses, ...shoot }) => {
    return { ...toLink(session, shoot), uses: uses.map((it) => toUse(session, it)) };
  });
}

function toUse(session: Session, { reference, ...use }: UpstreamChain): Wire<UpstreamChain> {
  return {
    ...toLink(session, use),
    ...(reference === undefined ? {} : { reference: toReference(session, reference) }),
  };
}

function toReference(session: Session, { secret, ...reference }: ReferenceChain): Wire<ReferenceChain> {
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
