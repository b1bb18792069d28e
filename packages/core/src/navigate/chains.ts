import type { Workspace } from "../analyze/open-workspace.ts";
import type { Span } from "../text/span.ts";
import type { ChainLink, ReferenceChain, ShootChain } from "../workspace/chain.ts";
import type { Finding } from "../workspace/finding.ts";
import type { ShootOutline } from "../workspace/outline.ts";
import { type ChainContext, chainContext, link, useChain, worstOf } from "./chain-links.ts";

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
  const whole = link({
    label: shoot.name ?? "Shoot without a name",
    place: { uri: context.uri, span: shoot.nameSpan },
    findings: ofNoLink(shoot, context),
    note: undefined,
  });
  return {
    ...whole,
    health: worstOf([whole, ...links].map((it) => it.health)),
    ...(shoot.namespace === undefined ? {} : { namespace: shoot.namespace }),
    uses,
  };
}

/** What admission would say of the configuration as a whole, such as that its version was removed: then no link of it is sound. */
function ofNoLink({ span, uses, entries }: ShootOutline, { uri, findingsOf }: ChainContext): readonly Finding[] {
  const links = [...uses, ...entries].map((it) => it.span);
  return findingsOf(uri).filter((it) => {
    return it.admission !== undefined && isWithin(it.span, span) && !links.some((other) => isWithin(it.span, other));
  });
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function secretOf(reference: ReferenceChain | undefined): readonly ChainLink[] {
  return reference?.secret ? [reference.secret] : [];
}
