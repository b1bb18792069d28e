import { getScalarValue, type ScalarEvent } from "js-yaml";
import type { Span } from "../text/span.ts";
import { emptyScalar } from "./assemble.ts";
import type { Source } from "./builder.ts";
import type { ScalarNode, ScalarStyle, ScalarValue, YamlProblem } from "./node.ts";
import { resolvePlain, resolveTagged } from "./resolve-scalar.ts";
import { skipBlanks } from "./skip.ts";

const styles: readonly ScalarStyle[] = ["empty", "plain", "single", "double", "literal", "folded"];
const keepsFinalBreaks = 3;

/** Makes the node of a scalar that is written out; `from` is an offset of the part between what comes before it and its value. */
export function readWritten(
  { part, base }: Source,
  event: ScalarEvent,
  from: number,
  problems: YamlProblem[],
): ScalarNode {
  const style = styles[event.style] ?? "plain";
  const start = style === "plain" ? event.valueStart : startOfWritten(part, event, style, from);
  const end = style === "plain" ? event.valueEnd : endOfWritten(part, event, style);
  const span = { start: base + start, end: base + end };
  const text = getScalarValue(part, event);
  const value =
    event.tagStart >= 0
      ? readTagged(part.slice(event.tagStart, event.tagEnd), text, span, problems)
      : style === "plain"
        ? resolvePlain(text)
        : text;
  if (typeof value === "number" && !Number.isFinite(value)) {
    problems.push({ kind: "syntax", span, message: "kubectl refuses a document with a number that is not finite" });
  }
  return { type: "scalar", span, style, text, value };
}

/** Makes the node of a scalar that no character stands for, except perhaps an anchor or a tag. */
export function readEmpty(source: Source, event: ScalarEvent, at: number, problems: YamlProblem[]): ScalarNode {
  const { part, base } = source;
  const node = emptyScalar(base + Math.max(at, event.anchorEnd, event.tagEnd));
  if (event.tagStart < 0) return node;
  const tag = part.slice(event.tagStart, event.tagEnd);
  return { ...node, value: readTagged(tag, "", node.span, problems) };
}

function readTagged(tag: string, text: string, span: Span, problems: YamlProblem[]): ScalarValue {
  const value = resolveTagged(tag, text);
  if (value !== undefined) return value;
  problems.push({ kind: "syntax", span, message: `kubectl cannot read this value as ${tag}` });
  return text;
}

function startOfWritten(part: string, event: ScalarEvent, style: ScalarStyle, from: number): number {
  if (style === "single" || style === "double") return event.valueStart - 1;
  let start = skipBlanks(part, Math.max(from, event.anchorEnd, event.tagEnd), event.valueStart);
  while (start < event.valueStart && part[start] !== "|" && part[start] !== ">") {
    start = skipBlanks(part, start + 1, event.valueStart);
  }
  return start;
}

function endOfWritten(part: string, event: ScalarEvent, style: ScalarStyle): number {
  if (style === "single" || style === "double") return event.valueEnd + 1;
  if (event.chomping === keepsFinalBreaks) return withoutBreak(part, event.valueEnd);
  let end = event.valueEnd;
  for (let next = withoutBlankLine(part, event, end); next < end; next = withoutBlankLine(part, event, end)) end = next;
  // A block scalar without content ends with its header, which may be followed by a comment.
  return withoutBreak(part, end);
}

/** Goes back over a last line that holds nothing but indentation; a line with more blanks than that has content. */
function withoutBlankLine(part: string, { valueStart, indent }: ScalarEvent, end: number): number {
  const lineEnd = withoutBreak(part, end);
  let start = lineEnd;
  while (start > valueStart && part.charCodeAt(start - 1) === 32) start -= 1;
  const blank = start === valueStart || part.charCodeAt(start - 1) === 10 || part.charCodeAt(start - 1) === 13;
  return blank && (indent < 0 || lineEnd - start <= indent) && start < end ? start : end;
}

function withoutBreak(part: string, end: number): number {
  let offset = end;
  if (offset > 0 && part.charCodeAt(offset - 1) === 10) offset -= 1;
  if (offset > 0 && part.charCodeAt(offset - 1) === 13) offset -= 1;
  return offset;
}
