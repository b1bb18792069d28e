import { parseEvents, YAMLException } from "js-yaml";
import type { Span } from "../text/span.ts";
import { buildTree } from "./build-tree.ts";
import type { YamlDocument, YamlProblem } from "./node.ts";
import { recoverTree } from "./recover.ts";
import { splitDocuments } from "./split-documents.ts";

/** Beyond this depth a document is no manifest any more; it is reported and not read. */
const maxDepth = 100;
/** Recovery is for what a person types; on a larger broken text it would take seconds. */
const maxRecoveredLength = 100_000;

/**
 * Reads a stream of YAML or JSON documents with the place of every value. Never throws: each document has its value,
 * as far as it can be read, and the problems met. Values are what kubectl reads.
 */
export function parseYaml(text: string): readonly YamlDocument[] {
  return splitDocuments(text).flatMap((span) => parsePart(text.slice(span.start, span.end), span));
}

function parsePart(part: string, span: Span): readonly YamlDocument[] {
  const source = { part, base: span.start };
  const parsed = tryParse(part, maxDepth);
  if (parsed.ok) return withSpans(buildTree(parsed.events, source), span);
  if (failsOnDepth(part, parsed.at)) {
    return [
      { span, problems: [problem("too-complex", span, parsed.at, `nested deeper than ${maxDepth} levels; not read`)] },
    ];
  }
  const problems = [problem("syntax", span, parsed.at, `not valid YAML: ${parsed.reason}`)];
  const root = part.length > maxRecoveredLength ? undefined : recoverTree(source);
  return [root ? { span, root, problems } : { span, problems }];
}

/** What lies between documents, or behind the last one, belongs to the one before: so every place of the text has a document. */
function withSpans(documents: readonly YamlDocument[], part: Span): readonly YamlDocument[] {
  return documents.map((document, index) => {
    const start = index === 0 ? part.start : document.span.start;
    return { ...document, span: { start, end: documents[index + 1]?.span.start ?? part.end } };
  });
}

type Parsed =
  | { readonly ok: true; readonly events: ReturnType<typeof parseEvents> }
  | { readonly ok: false; readonly reason: string; readonly at: number };

function tryParse(part: string, depth: number): Parsed {
  try {
    return { ok: true, events: parseEvents(part, { maxDepth: depth }) };
  } catch (error) {
    if (error instanceof YAMLException) return { ok: false, reason: error.reason, at: error.mark?.position ?? 0 };
    // The parser's own limits (its stack, above all) must not become a crash of ours.
    return { ok: false, reason: "the parser gave up", at: 0 };
  }
}

/** A failure that moves or vanishes when more depth is allowed is one of depth. One level more would not do: a key starts where its map does. */
function failsOnDepth(part: string, at: number): boolean {
  const deeper = tryParse(part, maxDepth + 8);
  return deeper.ok || deeper.at !== at;
}

function problem(kind: YamlProblem["kind"], part: Span, at: number, message: string): YamlProblem {
  const start = Math.min(part.start + at, part.end);
  return { kind, span: { start, end: Math.min(start + 1, part.end) }, message };
}
