import type { Span } from "../text/span.ts";
import { isSecretKind } from "./mask-values.ts";

/** Cuts a span into its lines, without their indentation and ends. */
export function lineSpans(text: string, { start, end }: Span): readonly Span[] {
  const spans: Span[] = [];
  for (const { index, 0: line } of text.slice(start, end).matchAll(/[^\r\n]+/g)) {
    const blanks = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    // The first piece begins right at the value, whose blanks are its own.
    const from = index === 0 ? 0 : blanks;
    if (line.length > from) spans.push({ start: start + index + from, end: start + index + line.length });
  }
  return spans;
}

/**
 * The lines of a document that does not parse, when it may hold a Secret: without a tree nobody knows where a value ends,
 * so only the plainest lines are left.
 */
export function suspectLines(text: string, { start, end }: Span): readonly Span[] {
  const part = text.slice(start, end);
  if (!mayHoldSecret(part)) return [];
  return [...part.matchAll(/[^\r\n]+/g)].flatMap(({ index, 0: line }) => {
    const shown = shownLength(line);
    return shown < line.length ? [{ start: start + index + shown, end: start + index + line.length }] : [];
  });
}

const openLine =
  /^(apiVersion:[ \t]+[\w./-]+|kind:[ \t]+\w+|type:[ \t]+Opaque|immutable:[ \t]+(true|false)|---)[ \t]*$/;
const openKey = /^(apiVersion|kind|metadata|type|immutable|data|stringData):[ \t]*/;

function shownLength(line: string): number {
  if (openLine.test(line)) return line.length;
  return /^[ \t]+/.exec(line)?.[0].length ?? openKey.exec(line)?.[0].length ?? 0;
}

function mayHoldSecret(part: string): boolean {
  if (/(^|[\s{,"'])(string)?data["']?[ \t]*:/im.test(part)) return true;
  if (/secretGenerator|last-applied-configuration/.test(part)) return true;
  const kinds = part.split(/[\r\n]+/).flatMap(readKind);
  const outermost = kinds.reduce((least, { indent }) => Math.min(least, indent), Number.POSITIVE_INFINITY);
  const roots = kinds.filter((it) => it.indent === outermost).map((it) => it.kind);
  // Neither a fragment nor a list says of itself that no Secret is in it.
  if (roots.length === 0) return true;
  const asked = roots.some((it) => it.endsWith("List")) ? kinds.map((it) => it.kind) : roots;
  return asked.some(isSecretKind);
}

function readKind(line: string): readonly { readonly indent: number; readonly kind: string }[] {
  const kind = /\bkind["']?[ \t]*:[ \t]*["']?(\w+)/.exec(line)?.[1];
  return kind === undefined ? [] : [{ indent: /^[ \t]*/.exec(line)?.[0].length ?? 0, kind }];
}
