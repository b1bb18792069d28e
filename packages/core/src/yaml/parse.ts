import { EVENT_ID, type Event, parseEvents, YAMLException } from "js-yaml";
import type { Span } from "../text/span.ts";
import { buildTree } from "./build-tree.ts";
import type { Source } from "./builder.ts";
import { flatten } from "./flatten.ts";
import type { Node, YamlDocument, YamlProblem } from "./node.ts";
import { recoverTree } from "./recover.ts";
import { refusals } from "./refusals.ts";
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
  const parsed = tryParse(part);
  if (parsed.ok) return conclude(buildTree(parsed.events, source), source, span);
  const flat = parsed.deep ? undefined : flatten(part);
  const again = flat === undefined ? parsed : tryParse(flat);
  if (again.ok) return conclude(buildTree(again.events.map(withBreaks), source), source, span);
  if (again.deep) return [{ span, problems: [problem("too-complex", span, again)] }];
  const problems = [problem("syntax", span, again)];
  const root = part.length > maxRecoveredLength ? undefined : recoverTree({ part: flat ?? part, base: span.start });
  return [root ? { span, root, problems } : { span, problems }];
}

/** The one document that kubectl reads from a part, with what kubectl refuses and our parser takes. */
function conclude(documents: readonly YamlDocument[], { part }: Source, span: Span): readonly YamlDocument[] {
  const [first, ...others] = documents;
  if (first === undefined) return [];
  const refused = [
    ...refusals(part, first.root, span.start),
    ...others.flatMap(({ root }) => (root ? [ignored(root)] : [])),
  ];
  return [{ ...first, span, problems: refused.length === 0 ? first.problems : [...first.problems, ...refused] }];
}

function ignored({ span: { start } }: Node): YamlProblem {
  const message = "kubectl reads nothing behind `...`; start the next document with `---`";
  return { kind: "syntax", span: { start, end: start + 1 }, message };
}

/** Where a text was flattened to be read, its scalars still have the line breaks that the parser did not see. */
function withBreaks(event: Event): Event {
  return event.type === EVENT_ID.SCALAR && event.fast ? { ...event, fast: false } : event;
}

type Parsed = { readonly ok: true; readonly events: readonly Event[] } | Failure;

interface Failure {
  readonly ok: false;
  readonly deep: boolean;
  readonly message: string;
  readonly at: number;
}

function tryParse(part: string): Parsed {
  const parsed = parseTo(part, maxDepth);
  if (parsed.ok) return parsed;
  // A failure that moves or vanishes when more depth is allowed is one of depth. One level more would not do: a key starts where its map does.
  const deeper = parseTo(part, maxDepth + 8);
  const deep = deeper.ok || deeper.at !== parsed.at;
  return deep ? { ...parsed, deep, message: `nested deeper than ${maxDepth} levels; not read` } : parsed;
}

function parseTo(part: string, depth: number): Parsed {
  try {
    return { ok: true, events: parseEvents(part, { maxDepth: depth }) };
  } catch (error) {
    // The parser's own limits (its stack, above all) must not become a crash of ours.
    const { reason, mark } = error instanceof YAMLException ? error : { reason: "the parser gave up" };
    return { ok: false, deep: false, message: `not valid YAML: ${reason}`, at: mark?.position ?? 0 };
  }
}

function problem(kind: YamlProblem["kind"], part: Span, { at, message }: Failure): YamlProblem {
  const start = Math.min(part.start + at, part.end);
  return { kind, span: { start, end: Math.min(start + 1, part.end) }, message };
}
