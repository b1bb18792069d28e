import { maxMergedKeys } from "./assemble.ts";
import { findControl } from "./characters.ts";
import { compose } from "./compose.ts";
import type { Source } from "./composer.ts";
import { flatten } from "./flatten.ts";
import type { YamlDocument, YamlProblem } from "./node.ts";
import { readSimple } from "./read-simple.ts";
import { recoverTree } from "./recover.ts";
import { scan } from "./scan.ts";
import { endOfLine, skipBlanks } from "./skip.ts";
import { type Part, splitStream } from "./split-stream.ts";
import type { Refusal } from "./token.ts";

/** Recovery is for what a person types; on a larger broken text it would take seconds. */
const maxRecoveredLength = 100_000;

/**
 * Reads a stream of YAML or JSON documents with the place of every value. Never throws: each document has its value,
 * as far as it can be read, and the problems met. Values are what kubectl reads.
 */
export function parseYaml(text: string): readonly YamlDocument[] {
  // Nearly every file is one document without markers: then none has to be looked for.
  const root = readSimple(text, 0);
  if (root !== undefined) return [{ span: { start: 0, end: text.length }, root, problems: [] }];
  return splitStream(text).flatMap((part) => readPart(text, part, "not simple as a whole"));
}

/** Reads one part of a stream: the document in it, or none where it holds nothing. */
export function readPart(text: string, part: Part, known?: "not simple as a whole"): readonly YamlDocument[] {
  const { span, body, json, marked, refused } = part;
  if (json !== undefined) return [{ span, ...json }];
  const source: Source = { part: text.slice(body.start, body.end), base: body.start };
  const isTried = known !== undefined && source.part.length === text.length;
  const mayBeSimple = refused === undefined && body.end === span.end && !isTried;
  const simple = mayBeSimple ? readSimple(source.part, body.start) : undefined;
  if (simple !== undefined) return [{ span, root: simple, problems: [] }];
  const control = findControl(text.slice(body.start, span.end));
  if (control !== -1) {
    const message = "kubectl takes no control characters; write an escape in double quotes";
    return [broken(source, part, { kind: "syntax", span: { start: control, end: control + 1 }, message })];
  }
  const { tokens, refusal } = scan(source.part);
  if (tokens[0]?.kind === "end") {
    const problem = refused ?? emptyEnd(part);
    return marked || problem ? [{ span, problems: problem ? [problem] : [] }] : [];
  }
  const composed = compose(source, tokens, refusal);
  if (composed.refusal !== undefined) return [broken(source, part, composed.refusal)];
  if (composed.mergedKeys > maxMergedKeys) return [broken(source, part, tooMany)];
  const { root, problems } = composed;
  const all = refused ? [refused, ...problems.filter((it) => it.kind !== "syntax")] : problems;
  const empty = root === undefined || (root.type === "scalar" && root.value === null);
  return [empty ? { span, problems: all } : { span, root, problems: all }];
}

/** A document that cannot be read to its end: one problem, and what can be recovered. */
function broken(source: Source, { span, refused }: Part, { kind, ...refusal }: Refusal): YamlDocument {
  const { part, base } = source;
  // A document that is too complex as a whole is marked at its first line.
  const place = refusal.span.end === 0 ? firstLine(part) : refusal.span;
  const start = Math.min(base + place.start, span.end);
  const end = Math.min(base + Math.min(place.end, part.length), span.end);
  const problem: YamlProblem = refused ?? {
    kind,
    span: { start, end: Math.max(start, end) },
    message: refusal.message,
  };
  const root =
    kind === "too-complex" || part.length > maxRecoveredLength
      ? undefined
      : recoverTree({ part: flatten(part) ?? part, base });
  return root ? { span, root, problems: [problem] } : { span, problems: [problem] };
}

function firstLine(part: string): { readonly start: number; readonly end: number } {
  const start = skipBlanks(part, 0, part.length);
  return { start, end: endOfLine(part, start, part.length) };
}

function emptyEnd({ endMarker }: Part): YamlProblem | undefined {
  return (
    endMarker && {
      kind: "syntax",
      span: endMarker,
      message: "kubectl takes no `...` where no document comes before it",
    }
  );
}

const tooMany: Refusal = {
  kind: "too-complex",
  span: { start: 0, end: 0 },
  message: "merges copy far more keys than a manifest may have; write them out",
};
