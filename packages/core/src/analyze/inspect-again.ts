import type { ManifestDocument, ManifestFile, ReadOptions } from "../manifest/manifest.ts";
import type { Policies } from "../manifest/settings.ts";
import type { PreparedSchema } from "../schema/prepare.ts";
import { once } from "../text/once.ts";
import type { Replacement } from "../text/replacement.ts";
import type { Span } from "../text/span.ts";
import { layoutOf } from "../yaml/layout.ts";
import { type Part, splitStream } from "../yaml/split-stream.ts";
import { cutAgain, standsAlone } from "./edited-part.ts";
import { type FileReport, joinDocuments } from "./inspect-findings.ts";
import {
  documentsOf,
  type InspectedPart,
  inspectPart,
  movePart,
  type PartSource,
  placePart,
  type ReadPart,
  reportsOf,
} from "./inspected-part.ts";

/** A file of manifests, read and inspected document by document. After an edit it serves to read only what changed. */
export interface Inspection {
  readonly uri: string;
  readonly text: string;
  readonly parts: readonly InspectedPart[];
  readonly policies: Policies;
  readonly shootSchema: PreparedSchema | undefined;
  /** How the whole file is written, as far as the fixes of each document depend on it. */
  readonly style: string;
  /** What `readManifests` gives; made when somebody asks for it. */
  file(): ManifestFile;
  /** What `inspect` gives; made when somebody asks for it. */
  report(): FileReport;
  /** Where the file differs from the inspection before, if that is within one part. */
  readonly edited: EditedPart | undefined;
  /** The file with no other documents than the one at an offset and its neighbours, for who asks for nothing else. */
  around(offset: number): ManifestFile;
}

/** The one part of a file that an edit changed. */
export interface EditedPart {
  readonly index: number;
  /** The parts before the edit. */
  readonly before: readonly InspectedPart[];
  readonly replacement: Replacement;
}

/** What is known when a file is read again: how it was before, what was replaced since then, and what its Shoots are held to. */
export interface Since extends ReadOptions {
  readonly previous?: Inspection | undefined;
  readonly replaced?: Replacement | undefined;
}

/**
 * Reads and inspects a file. With the inspection of an earlier text it reads again only the documents that differ; told what was
 * replaced since then, it looks at no other. The result is that of a fresh reading: it equals `readManifests` and `inspect`.
 */
export function inspectAgain(
  uri: string,
  text: string,
  policies: Policies,
  { previous: before, replaced, shootSchema }: Since = {},
): Inspection {
  const source = { uri, text, policies, shootSchema };
  const style = styleOf(text);
  const alike = before?.style === style && before.policies === policies && before.shootSchema === shootSchema;
  const previous = alike ? before : undefined;
  const again = previous && replaced && editPart(source, previous, replaced);
  if (again !== undefined) return toInspection(source, style, again);
  const known = matchParts(text, splitStream(text), previous);
  const read = known.map(([part, before]) => before ?? inspectPart(source, part));
  const parts = read.map((it) => ("inspected" in it ? it.inspected : it));
  // Of a long stream the trees would stay until the next edit, and most are never asked for.
  const fresh = parts.length === 1 ? read.filter((it) => "inspected" in it) : [];
  return toInspection(source, style, { parts, fresh, edited: undefined });
}

/** Fixes keep to the layout of the file, which is read off its first maps and lists. */
function styleOf(text: string): string {
  const { newline, mapIndent, listIndent } = layoutOf(text);
  return `${newline} ${mapIndent} ${listIndent} ${text.includes("\r\n")}`;
}

interface Reading {
  readonly parts: readonly InspectedPart[];
  /** The parts whose documents were read from this text. */
  readonly fresh: readonly ReadPart[];
  readonly edited: EditedPart | undefined;
}

function toInspection(source: PartSource, style: string, reading: Reading): Inspection {
  const { uri, text, policies, shootSchema } = source;
  const { parts, fresh, edited } = reading;
  const documentsIn = (it: InspectedPart): readonly ManifestDocument[] =>
    fresh.find((of) => of.inspected === it)?.documents ?? documentsOf(source, it);
  const file = once(() => fileOf(source, parts.flatMap(documentsIn)));
  const report = once(() => joinDocuments(file(), parts.flatMap(reportsOf), policies));
  return {
    uri,
    text,
    parts,
    policies,
    shootSchema,
    style,
    edited,
    file,
    report,
    around: (offset) => fileOf(source, nearParts(parts, offset).flatMap(documentsIn)),
  };
}

function fileOf({ uri, text, shootSchema }: PartSource, documents: readonly ManifestDocument[]): ManifestFile {
  return { uri, text, documents, ...(shootSchema && { shootSchema }) };
}

/** From a part with a document at or before an offset to one with a document behind it. */
function nearParts(parts: readonly InspectedPart[], offset: number): readonly InspectedPart[] {
  const holding = parts.filter((it) => it.sketches.length > 0);
  const at = holding.findLastIndex((it) => it.part.span.start <= offset);
  return holding.slice(Math.max(0, at), at + 2);
}

/** Reads the one part again that an edit lies in; undefined where it may change more than that. */
function editPart(source: PartSource, previous: Inspection, replacement: Replacement): Reading | undefined {
  const recut = cutAgain(source.text, previous, replacement);
  if (recut === undefined) return undefined;
  const { index, before, part, by } = recut;
  const { parts, text } = previous;
  const fresh = inspectPart(source, part);
  if (mayNeedAnchors(parts, before, [text, before.part.span], [source.text, part.span])) return undefined;
  const behind = parts.slice(index + 1);
  return {
    parts: [...parts.slice(0, index), fresh.inspected, ...(by === 0 ? behind : behind.map((it) => movePart(it, by)))],
    fresh: [fresh],
    edited: { index, before: parts, replacement },
  };
}

type Cut = readonly [text: string, span: Span];

/** Whether a fix may remove an anchor is asked of the whole file: aliases may come and go elsewhere. */
function mayNeedAnchors(parts: readonly InspectedPart[], own: InspectedPart, before: Cut, after: Cut): boolean {
  const hasAlias = ([text, { start, end }]: Cut): boolean => text.slice(start, end).includes("*");
  return parts.some((it) => it !== own && it.anchors) && (hasAlias(before) || hasAlias(after));
}

/** Each part, or what was found in it before, where that is known: an edit leaves the parts before and behind it. */
function matchParts(
  text: string,
  parts: readonly Part[],
  previous: Inspection | undefined,
): readonly (readonly [Part, InspectedPart | undefined])[] {
  const known = previous?.parts ?? [];
  const isSame = (part: Part | undefined, before: InspectedPart | undefined): boolean =>
    part !== undefined && before !== undefined && isUnchanged([text, part], [previous?.text ?? "", before]);
  const most = Math.min(parts.length, known.length);
  let first = 0;
  while (first < most && isSame(parts[first], known[first])) first += 1;
  let last = 0;
  while (last < most - first && isSame(parts.at(-1 - last), known.at(-1 - last))) last += 1;
  const shift = known.length - parts.length;
  return parts.map((part, index) => {
    const before = index < first ? known[index] : index >= parts.length - last ? known[index + shift] : undefined;
    return [part, before && placePart(before, part)];
  });
}

function isUnchanged([text, part]: readonly [string, Part], [old, known]: readonly [string, InspectedPart]): boolean {
  const before = known.part;
  const by = part.span.start - before.span.start;
  return (
    standsAlone(part) &&
    standsAlone(before) &&
    part.marked === before.marked &&
    part.span.end - before.span.end === by &&
    part.body.start - before.body.start === by &&
    part.body.end - before.body.end === by &&
    // Whether a fix may remove an anchor is asked of the whole file.
    !known.anchors &&
    old.slice(before.span.start, before.span.end) === text.slice(part.span.start, part.span.end)
  );
}
