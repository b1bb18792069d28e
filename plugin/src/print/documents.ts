import { indexLines, type LineIndex, type Position, redacted, type Span, secretSpans } from "@registry-cache/core";

/** A text that findings are about, with what printing needs of it. */
export interface Document {
  readonly text: string;
  readonly lines: LineIndex;
  /** The values in it that must not be shown. */
  readonly secrets: readonly Span[];
}

/** Gives documents by file; undefined for one that cannot be read any more. */
export type Documents = (uri: string) => Document | undefined;

/** A range as the JSON output has it: zero-based lines and UTF-16 characters. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** So many documents are kept: findings of one file follow each other and refer to the same few others. */
const kept = 8;

/** Reads documents when they are needed and keeps the last few. */
export function openDocuments(readText: (uri: string) => string | undefined): Documents {
  const recent = new Map<string, Document | undefined>();
  return (uri) => {
    const document = recent.has(uri) ? recent.get(uri) : toDocument(readText(uri));
    recent.delete(uri);
    recent.set(uri, document);
    const [oldest] = recent.keys();
    if (recent.size > kept && oldest !== undefined) recent.delete(oldest);
    return document;
  };
}

/** The range of a span. */
export function rangeOf({ lines }: Document, { start, end }: Span): Range {
  return { start: lines.position(start), end: lines.position(end) };
}

/** A part of a document with its secrets hidden. */
export function maskedSlice({ text, secrets }: Document, { start, end }: Span): string {
  let masked = "";
  let at = start;
  for (const secret of secretsWithin(secrets, { start, end })) {
    masked += text.slice(at, Math.max(at, secret.start)) + redacted;
    at = Math.min(end, secret.end);
  }
  return masked + text.slice(at, end);
}

/** A span that begins and ends beside secrets and not in them. */
export function aroundSecrets({ secrets }: Document, span: Span): Span {
  const touched = secretsWithin(secrets, span);
  const first = touched[0];
  const last = touched.at(-1);
  return first && last ? { start: Math.min(span.start, first.start), end: Math.max(span.end, last.end) } : span;
}

/** Those of the spans, which are in order, that share text with another span. */
export function secretsWithin(secrets: readonly Span[], { start, end }: Span): readonly Span[] {
  let low = 0;
  let high = secrets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((secrets[middle]?.end ?? 0) > start) high = middle;
    else low = middle + 1;
  }
  const found: Span[] = [];
  for (let at = low; at < secrets.length; at += 1) {
    const secret = secrets[at];
    if (secret === undefined || secret.start >= end) break;
    found.push(secret);
  }
  return found;
}

function toDocument(text: string | undefined): Document | undefined {
  return text === undefined ? undefined : { text, lines: indexLines(text), secrets: secretSpans(text) };
}
