import type { Workspace } from "../analyze/open-workspace.ts";
import type { SecretForm } from "../manifest/secret.ts";
import type { Span } from "../text/span.ts";
import type { ChainFinding, ChainLink, Health, ReferenceChain, UpstreamChain } from "../workspace/chain.ts";
import type { Finding, Place } from "../workspace/finding.ts";
import type { EntryName, KnownEntry, KnownUse, ShootOutline } from "../workspace/outline.ts";
import type { KnownSecret, Purpose } from "../workspace/workspace.ts";
import { placeOf, type WrittenName } from "../workspace/written-name.ts";

/** The file whose Shoots are shown, and the workspace that judges them. */
export interface ChainContext {
  readonly uri: string;
  readonly workspace: Workspace;
  readonly findingsOf: (uri: string) => readonly Finding[];
}

/** What to show chains with. A file of Secrets that a thousand Shoots use is judged once. */
export function chainContext(workspace: Workspace): Omit<ChainContext, "uri"> {
  const known = new Map<string, readonly Finding[]>();
  return {
    workspace,
    findingsOf(uri) {
      const findings = known.get(uri) ?? workspace.findingsOf(uri);
      known.set(uri, findings);
      return findings;
    },
  };
}

/** A cache or mirror host with all behind it. */
export function useChain(shoot: ShootOutline, use: KnownUse, context: ChainContext): UpstreamChain {
  const { purpose, upstream, host, entry, span, labelSpan } = use;
  const onReference = entry === undefined ? [] : [entry.name.span, placeOf(entry.name)];
  const findings = findingsIn(context, [span], onReference);
  return {
    ...link({ label: upstream ?? "no upstream", place: { uri: context.uri, span: labelSpan }, findings, note: host }),
    kind: purpose === "credentials" ? "cache" : "mirror",
    ...(entry === undefined ? {} : { reference: referenceChain(shoot, purpose, entry, context) }),
  };
}

/** An entry as a cache or a mirror names it, with its Secret. */
export function referenceChain(
  shoot: ShootOutline,
  purpose: Purpose,
  name: EntryName,
  context: ChainContext,
): ReferenceChain {
  const entry = shoot.entries[name.index];
  const target = entry?.kind === "Secret" ? entry.target : undefined;
  const spans = [name.name.span, ...(entry ? [entry.span, ...(entry.name ? [entry.name.span] : [])] : [])];
  const findings = findingsIn(context, spans, target ? [target.span] : []);
  const place = { uri: context.uri, span: placeOf(entry?.name ?? name.name) };
  const made = link({ label: name.name.name, place, findings, note: entryNote(entry) });
  return {
    // In a document that is broken nothing is found.
    ...(entry === undefined ? unlessFound(made) : made),
    ...(target === undefined ? {} : { secret: secretLink(shoot, purpose, target, context) }),
  };
}

function entryNote(entry: KnownEntry | undefined): string | undefined {
  if (entry === undefined) return "not declared in spec.resources";
  return entry.kind === "Secret" ? undefined : `names a ${entry.kind ?? "resource without a kind"}`;
}

/** A Secret as a Shoot of a namespace names it, or as its own manifest does. */
export function secretLink(
  shoot: Pick<ShootOutline, "namespace">,
  purpose: Purpose,
  target: Pick<WrittenName, "name" | "span">,
  context: ChainContext,
): ChainLink {
  const { garden } = context.workspace;
  const { namespace } = shoot;
  const manifests = garden.manifestsOf(target.name, namespace);
  const inShoot = findingsIn(context, [target.span], []);
  const findings = [...new Set([...inShoot, ...manifests.flatMap((it) => onSecret(it, purpose, context))])];
  const [first] = manifests;
  if (first !== undefined) {
    const place = { uri: first.uri, span: first.written ? placeOf(first.written) : first.span };
    return link({ label: target.name, place, findings, note: formNotes[first.form] });
  }
  const live = garden.live(target.name, namespace);
  if (typeof live === "object") return link({ label: target.name, findings, note: "in the garden" });
  const note = live === "missing" ? "not in the garden" : "not known here";
  return unlessFound(link({ label: target.name, findings, note }));
}

/** What nobody has is at best unknown. */
function unlessFound(made: ChainLink): ChainLink {
  return made.health === "ok" ? { ...made, health: "unknown" } : made;
}

const formNotes: { readonly [form in SecretForm]: string | undefined } = {
  Secret: undefined,
  SopsSecret: "encrypted by SOPS",
  SealedSecret: "from a SealedSecret",
  ExternalSecret: "from an ExternalSecret",
  SecretGenerator: "from a secretGenerator",
};

/** The findings of a Secret's file that are this Secret's own. */
function onSecret({ uri, findings }: KnownSecret, purpose: Purpose, context: ChainContext): readonly Finding[] {
  const own = new Set(findings[purpose].map(({ finding }) => keyOf(finding)));
  return context.findingsOf(uri).filter((it) => own.has(keyOf(it)));
}

function keyOf({ code, span }: Finding): string {
  return `${code} ${span.start} ${span.end}`;
}

/** The findings of the Shoot's file that lie within some spans, but not at others. */
function findingsIn(
  { uri, findingsOf }: ChainContext,
  spans: readonly Span[],
  except: readonly Span[],
): readonly Finding[] {
  return findingsOf(uri).filter(({ span }) => {
    const lies = spans.some((it) => it.start <= span.start && span.end <= it.end);
    return lies && !except.some((it) => it.start === span.start && it.end === span.end);
  });
}

/** What a link is made of. */
export interface LinkParts {
  readonly label: string;
  readonly place?: Place;
  readonly findings: readonly Finding[];
  readonly note: string | undefined;
}

/** A link with what was found on it, as healthy as the worst of that. */
export function link({ label, place, findings, note }: LinkParts): ChainLink {
  const told = findings.map(({ code, severity, message }): ChainFinding => ({ code, severity, message }));
  const worstFirst = told.toSorted((a, b) => ranks.indexOf(toHealth(a)) - ranks.indexOf(toHealth(b)));
  const [worst] = worstFirst;
  return {
    label,
    ...(place === undefined ? {} : { place }),
    health: worst === undefined ? "ok" : toHealth(worst),
    ...(note === undefined ? {} : { note }),
    findings: worstFirst,
  };
}

/** From the worst to the best. What is only a better way leaves a link as sound as it was. */
const ranks: readonly Health[] = ["error", "warning", "unknown", "ok"];

function toHealth({ severity }: Pick<ChainFinding, "severity">): Health {
  return severity === "info" ? "ok" : severity;
}

/** The worst of several links' health. */
export function worstOf(healths: readonly Health[]): Health {
  return ranks.find((it) => healths.includes(it)) ?? "ok";
}
