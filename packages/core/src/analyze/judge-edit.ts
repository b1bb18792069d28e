import { growthBy, moveByReplacement } from "../text/replacement.ts";
import type { Span } from "../text/span.ts";
import type { Finding } from "../workspace/finding.ts";
import type { Garden } from "../workspace/garden.ts";
import type { DocumentReport } from "./inspect.ts";
import type { EditedPart, Inspection } from "./inspect-again.ts";
import { type InspectedPart, reportsOf } from "./inspected-part.ts";
import type { Judge } from "./judge.ts";
import { judgeSecret } from "./judge-secret.ts";
import { judgeShoot } from "./judge-shoot.ts";
import { followEdit } from "./move-report.ts";

/** The findings of a file, part by part. */
export type PartFindings = readonly (readonly Finding[])[];

/** Judges each part of a file that the judge knows as it is. */
export function judgeParts(judge: Judge, { parts, policies }: Inspection): PartFindings {
  return parts.map((it) =>
    reportsOf(it).flatMap((of) => judgeReport(of, { judge, garden: judge.garden, policies }).findings),
  );
}

/**
 * The findings of a file after an edit within one part, of which the judge was not told: the others' are the same, at their new places.
 * Undefined where the edit may change what is found elsewhere, or what is found in the part names a place of this file.
 */
export function judgeEdit(judge: Judge, known: PartFindings, inspection: Inspection): PartFindings | undefined {
  const { uri, parts, policies, edited } = inspection;
  if (edited === undefined || parts.some((it) => it.ignores)) return undefined;
  const [old, now] = [edited.before[edited.index], parts[edited.index]];
  if (old === undefined || now === undefined) return undefined;
  const { garden, namesOwn } = watchGarden(judge.garden, uri);
  const judgePart = (it: InspectedPart): JudgedPart =>
    reportsOf(it).map((report) => ({ report, ...judgeReport(report, { judge, garden, policies }) }));
  const [before, after] = [judgePart(old), judgePart(now)];
  const move = (span: Span): Span => moveByReplacement(span, edited.replacement);
  if (namesOwn() || !isSameMoved(shownOf(before), shownOf(after), move)) return undefined;
  const own = after.flatMap((it) => it.findings);
  return follow(known, uri, { edited, own });
}

type JudgedPart = readonly (Judged & { readonly report: DocumentReport })[];

interface Judged {
  readonly findings: readonly Finding[];
  /** For each reference whether its webhook gets to look at it. */
  readonly open: readonly boolean[];
}

interface Context {
  readonly judge: Judge;
  readonly garden: Garden;
  readonly policies: Inspection["policies"];
}

function judgeReport({ findings, shoots, secrets }: DocumentReport, { judge, garden, policies }: Context): Judged {
  const judged = shoots.map((it) => judgeShoot(it, { garden, policies }));
  const onSecrets = secrets.flatMap((it) => judgeSecret(it, judge.secretContext(garden)));
  return {
    findings: [...findings, ...judged.flatMap((it) => it.findings), ...onSecrets],
    open: shoots.flatMap((it, index) => it.references.map((of) => judged[index]?.open.includes(of) === true)),
  };
}

/** A garden that tells whether it gave out places of a file, which are those of an earlier text. */
function watchGarden(garden: Garden, uri: string): { readonly garden: Garden; readonly namesOwn: () => boolean } {
  let named = false;
  function* watch<T extends { readonly uri: string }>(items: Iterable<T>): Iterable<T> {
    for (const item of items) {
      if (item.uri === uri) named = true;
      yield item;
    }
  }
  const watched: Garden = {
    ...garden,
    manifestsOf: (name, namespace) => [...watch(garden.manifestsOf(name, namespace))],
    referencesTo: (secret) => [...watch(garden.referencesTo(secret))],
    mentionsOf: (secret) => [...watch(garden.mentionsOf(secret))],
    namesakes: (name) => watch(garden.namesakes(name)),
    usesOf: (secret, purpose) => watch(garden.usesOf(secret, purpose)),
  };
  return { garden: watched, namesOwn: () => named };
}

/** All that others may see of a part: its references and whether they count, its Secrets but for what is found in them, its affixes. */
function shownOf(part: JudgedPart): unknown {
  return part.map(({ report: { shoots, secrets, affixes }, open }) => ({
    references: shoots.map((it) => it.references),
    open,
    secrets: secrets.map(({ findings: _, ...secret }) => secret),
    affixes,
  }));
}

/** Tells whether two plain values are the same, but for spans that moved. */
function isSameMoved(before: unknown, after: unknown, move: (span: Span) => Span): boolean {
  if (!isObject(before) || !isObject(after)) return before === after;
  if (isSpan(before) && isSpan(after)) {
    const { start, end } = move(before);
    return start === after.start && end === after.end;
  }
  const keys = Object.keys(before);
  return (
    keys.length === Object.keys(after).length &&
    keys.every((it) => Object.hasOwn(after, it) && isSameMoved(before[it], after[it], move))
  );
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}

function isSpan(value: object): value is Span {
  return "start" in value && "end" in value && typeof value.start === "number" && typeof value.end === "number";
}

interface Edited {
  readonly edited: EditedPart;
  readonly own: readonly Finding[];
}

function follow(known: PartFindings, uri: string, { edited, own }: Edited): PartFindings {
  const { index, replacement } = edited;
  const by = growthBy(replacement);
  const move = (span: Span): Span => moveByReplacement(span, replacement);
  return known.map((findings, at) => {
    if (at === index) return own;
    if (by === 0 || findings.length === 0) return findings;
    const touched = at > index || findings.some((it) => it.related.some((of) => of.uri === uri));
    return touched ? findings.map((it) => followEdit(it, uri, move)) : findings;
  });
}
