import type { Workspace } from "../analyze/open-workspace.ts";
import type { ChainLink, ReferenceChain, ShootChain } from "../workspace/chain.ts";
import type { ShootOutline } from "../workspace/outline.ts";
import { type ChainContext, chainContext, useChain, worstOf } from "./chain-links.ts";

/** All Shoots of a workspace with what their caches and mirrors refer to, and how each link is. */
export function chains(workspace: Workspace): readonly ShootChain[] {
  const context = chainContext(workspace);
  return [...workspace.uris()].flatMap((uri) => {
    const outlines = workspace.report(uri)?.outlines ?? [];
    return outlines.map((it) => shootChain(it, { ...context, uri }));
  });
}

function shootChain(shoot: ShootOutline, context: ChainContext): ShootChain {
  const uses = shoot.uses.map((it) => useChain(shoot, it, context));
  const links = uses.flatMap(({ reference, ...it }) => [it, ...(reference ? [reference] : []), ...secretOf(reference)]);
  return {
    label: shoot.name ?? "Shoot without a name",
    place: { uri: context.uri, span: shoot.nameSpan },
    health: worstOf(links.map((it) => it.health)),
    findings: [],
    ...(shoot.namespace === undefined ? {} : { namespace: shoot.namespace }),
    uses,
  };
}

function secretOf(reference: ReferenceChain | undefined): readonly ChainLink[] {
  return reference?.secret ? [reference.secret] : [];
}
