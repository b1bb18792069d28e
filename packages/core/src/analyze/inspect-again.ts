import { type ManifestDocument, type ManifestFile, readDocument } from "../manifest/manifest.ts";
import type { Policies } from "../manifest/settings.ts";
import { layoutOf } from "../yaml/layout.ts";
import { readPart } from "../yaml/parse.ts";
import { type Part, splitStream } from "../yaml/split-stream.ts";
import { outlineDocument } from "./inspect.ts";
import { type DocumentReport, type FileReport, inspectDocument, joinDocuments } from "./inspect-findings.ts";
import { moveReport, moveSpan } from "./move-report.ts";

/** A file of manifests, read and inspected document by document. After an edit it serves to read only what changed. */
export interface Inspection {
  readonly file: ManifestFile;
  readonly report: FileReport;
  readonly parts: readonly InspectedPart[];
  /** How the whole file is written, as far as the fixes of each document depend on it. */
  readonly style: string;
}

/** One part of the stream with what was found in it. */
export interface InspectedPart {
  readonly part: Part;
  readonly text: string;
  readonly documents: readonly ManifestDocument[];
  readonly reports: readonly DocumentReport[];
}

/**
 * Reads and inspects a file. With the inspection of an earlier text it reads again only the documents that differ; the
 * others are read when somebody asks for their objects. The result is that of a fresh reading: it equals
 * `readManifests` and `inspect`.
 */
export function inspectAgain(uri: string, text: string, policies: Policies, previous?: Inspection): Inspection {
  const style = styleOf(text);
  const known = previous?.style === style && previous.report.policies === policies ? previous.parts : [];
  const parts = matchParts(text, splitStream(text), known).map(([part, before]) => {
    return before === undefined ? readNew(uri, text, { part, policies }) : moveTo(before, { uri, text, part });
  });
  const file = { uri, text, documents: parts.flatMap((it) => it.documents) };
  const reports = parts.flatMap((it) => it.reports);
  return { file, report: joinDocuments(file, reports, policies), parts, style };
}

/** Fixes keep to the layout of the file, which is read off its first maps and lists. */
function styleOf(text: string): string {
  const { newline, mapIndent, listIndent } = layoutOf(text);
  return `${newline} ${mapIndent} ${listIndent} ${text.includes("\r\n")}`;
}

/** Each part with the one it was before, where that is known: an edit leaves the parts before and behind it. */
function matchParts(
  text: string,
  parts: readonly Part[],
  known: readonly InspectedPart[],
): readonly (readonly [Part, InspectedPart | undefined])[] {
  const most = Math.min(parts.length, known.length);
  let first = 0;
  while (first < most && isSame(text, parts[first], known[first])) first += 1;
  let last = 0;
  while (last < most - first && isSame(text, parts.at(-1 - last), known.at(-1 - last))) last += 1;
  const shift = known.length - parts.length;
  return parts.map((part, index) => {
    if (index < first) return [part, known[index]];
    return [part, index >= parts.length - last ? known[index + shift] : undefined];
  });
}

function isSame(text: string, part: Part | undefined, known: InspectedPart | undefined): boolean {
  if (part === undefined || known === undefined || !standsAlone(part) || !standsAlone(known.part)) return false;
  const before = known.part;
  const by = part.span.start - before.span.start;
  return (
    part.marked === before.marked &&
    part.span.end - before.span.end === by &&
    part.body.start - before.body.start === by &&
    part.body.end - before.body.end === by &&
    // Whether a fix may remove an anchor is asked of the whole file.
    !known.text.includes("&") &&
    known.text === text.slice(part.span.start, part.span.end)
  );
}

/** What is said of the part does not depend on the parts before it. */
function standsAlone({ json, refused, endMarker }: Part): boolean {
  return json === undefined && refused === undefined && endMarker === undefined;
}

function readNew(
  uri: string,
  text: string,
  { part, policies }: { readonly part: Part; readonly policies: Policies },
): InspectedPart {
  const documents = readPart(text, part).map((it) => readDocument(uri, text, it));
  const reports = documents.map((it) =>
    outlineDocument(
      it,
      inspectDocument(it, () => undefined, policies),
    ),
  );
  return { part, text: text.slice(part.span.start, part.span.end), documents, reports };
}

interface Place {
  readonly uri: string;
  readonly text: string;
  readonly part: Part;
}

function moveTo(before: InspectedPart, place: Place): InspectedPart {
  const by = place.part.span.start - before.part.span.start;
  return {
    part: place.part,
    // Cut out of the new text, so that the old one is not kept alive.
    text: place.text.slice(place.part.span.start, place.part.span.end),
    documents: before.documents.map((it) => moveDocument(it, by, place)),
    reports: before.reports.map((it) => moveReport(it, by)),
  };
}

/** What of a document is read late. */
type Objects = Pick<ManifestDocument, "root" | "shoots" | "secrets" | "affixes">;

const noObjects: Objects = { root: undefined, shoots: [], secrets: [], affixes: [] };

/** Nearly nobody asks for the objects of a document that did not change, so they are read when somebody does. */
function moveDocument({ span, problems, template }: ManifestDocument, by: number, place: Place): ManifestDocument {
  const { uri, text, part } = place;
  let objects: Objects | undefined;
  const read = (): Objects => {
    objects ??= readPart(text, part).map((it) => readDocument(uri, text, it))[0] ?? noObjects;
    return objects;
  };
  return {
    uri,
    text,
    span: moveSpan(span, by),
    problems: problems.map((it) => {
      return { ...it, span: moveSpan(it.span, by), ...(it.first ? { first: moveSpan(it.first, by) } : {}) };
    }),
    template: template && moveSpan(template, by),
    get root() {
      return read().root;
    },
    get shoots() {
      return read().shoots;
    },
    get secrets() {
      return read().secrets;
    },
    get affixes() {
      return read().affixes;
    },
  };
}
