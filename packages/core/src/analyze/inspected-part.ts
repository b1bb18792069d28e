import { type ManifestDocument, type ManifestText, readDocument } from "../manifest/manifest.ts";
import type { Policies } from "../manifest/settings.ts";
import type { YamlProblem } from "../yaml/node.ts";
import { readPart } from "../yaml/parse.ts";
import type { Part } from "../yaml/split-stream.ts";
import { outlineDocument } from "./inspect.ts";
import { type DocumentReport, inspectDocument } from "./inspect-findings.ts";
import { LateDocument } from "./late-document.ts";
import { moveReport, moveSpan } from "./move-report.ts";

/** One part of a stream with what was found in it: plain data, so it stays when the text around it becomes another. */
export interface InspectedPart {
  readonly part: Part;
  /** Where the part began when it was read: what was found is placed in that text. */
  readonly readAt: number;
  readonly sketches: readonly DocumentSketch[];
  readonly reports: readonly DocumentReport[];
  /** Whether fixes may depend on aliases elsewhere in the file. */
  readonly anchors: boolean;
  /** Whether a comment may ignore something. */
  readonly ignores: boolean;
}

/** What is kept of a document when its objects are not. */
export type DocumentSketch = Pick<ManifestDocument, "span" | "problems" | "template">;

/** A part that was just read, with its documents. */
export interface ReadPart {
  readonly inspected: InspectedPart;
  readonly documents: readonly ManifestDocument[];
}

/** A text and who asks for what in it. */
export interface PartSource extends ManifestText {
  readonly policies: Policies;
}

/** Reads and inspects one part of a text. */
export function inspectPart(source: PartSource, part: Part): ReadPart {
  const { text, policies } = source;
  const documents = readPart(text, part).map((it) => readDocument(source, it));
  const own = text.slice(part.span.start, part.span.end);
  const inspected = {
    part,
    readAt: part.span.start,
    sketches: documents.map(({ span, problems, template }) => ({ span, problems, template })),
    reports: documents.map((it) =>
      outlineDocument(
        it,
        inspectDocument(it, () => undefined, policies),
      ),
    ),
    anchors: /&[\w-]/.test(own),
    ignores: own.includes("registry-cache:"),
  };
  return { inspected, documents };
}

/** The same part where it stands in another text. */
export function placePart(inspected: InspectedPart, part: Part): InspectedPart {
  return { ...inspected, part };
}

/** A part that is further on in its text, or further up. */
export function movePart(inspected: InspectedPart, by: number): InspectedPart {
  const { part } = inspected;
  return { ...inspected, part: { ...part, span: moveSpan(part.span, by), body: moveSpan(part.body, by) } };
}

/** What was found in a part, placed in the text as it is. */
export function reportsOf({ part, readAt, reports }: InspectedPart): readonly DocumentReport[] {
  const by = part.span.start - readAt;
  return by === 0 ? reports : reports.map((it) => moveReport(it, by));
}

/** The documents of a part. Nearly nobody asks for the objects of one that did not change, so they are read when somebody does. */
export function documentsOf(file: ManifestText, inspected: InspectedPart): ManifestDocument[] {
  const { part, readAt, sketches } = inspected;
  return sketches.map((it) => new LateDocument(file, part, moveSketch(it, part.span.start - readAt)));
}

function moveSketch(sketch: DocumentSketch, by: number): DocumentSketch {
  if (by === 0) return sketch;
  const { span, problems, template } = sketch;
  return {
    span: moveSpan(span, by),
    problems: problems.map((it) => moveProblem(it, by)),
    template: template && moveSpan(template, by),
  };
}

function moveProblem(problem: YamlProblem, by: number): YamlProblem {
  const { span, first } = problem;
  return { ...problem, span: moveSpan(span, by), ...(first ? { first: moveSpan(first, by) } : {}) };
}
