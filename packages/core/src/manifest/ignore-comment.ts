import type { Span } from "../text/span.ts";
import type { Node } from "../yaml/node.ts";
import { parseYaml } from "../yaml/parse.ts";
import { endOfLine, nextLine, startOfLine } from "../yaml/skip.ts";
import { commentSpans } from "./mask-values.ts";

/** A comment `# registry-cache: ignore RC204` or `# registry-cache: ignore-file`, as it is written. */
export interface IgnoreComment {
  /** From its `#` to the end of its line. */
  readonly span: Span;
  /** Whether nothing but the comment stands on its line. */
  readonly ownLine: boolean;
  readonly wholeFile: boolean;
  /** Where the findings begin that it ignores. */
  readonly covers: Span;
  /** What it names, in order; empty when it names nothing. */
  readonly words: readonly IgnoreWord[];
}

/** A code, name or beginning of a code in the comment. */
export interface IgnoreWord {
  readonly text: string;
  readonly span: Span;
}

/** Reads the comments of a file that ignore findings. What only looks like one, inside a value, is none. */
export function readIgnoreComments(text: string): readonly IgnoreComment[] {
  if (!text.includes("registry-cache:") || !marker.test(text)) return [];
  return comments(text).flatMap((it) => readComment(text, it) ?? []);
}

const marker = /registry-cache:[ \t]*ignore/;
const form = /^registry-cache:[ \t]*ignore(?<file>-file)?(?![\w-])[ \t]*(?<words>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)?/;

function comments(text: string): readonly Span[] {
  const parsed = parseYaml(text);
  const documents: readonly { readonly span: Span; readonly root?: Node }[] =
    parsed.length > 0 ? parsed : [{ span: { start: 0, end: text.length } }];
  return documents.flatMap(({ span, root }, index) => {
    const start = index === 0 ? 0 : span.start;
    return commentSpans(text, { start, end: documents[index + 1]?.span.start ?? text.length }, root);
  });
}

function readComment(text: string, { start, end }: Span): IgnoreComment | undefined {
  const found = form.exec(text.slice(start, end));
  if (found === null) return undefined;
  const hash = text.lastIndexOf("#", start);
  const line = startOfLine(text, hash);
  const ownLine = text.slice(line, hash).trim() === "";
  const wholeFile = found.groups?.["file"] !== undefined;
  const target = ownLine ? lineBelow(text, hash) : line;
  const covers = wholeFile
    ? { start: 0, end: text.length }
    : { start: target, end: endOfLine(text, target, text.length) };
  const list = found.groups?.["words"] ?? "";
  const listStart = start + found[0].length - list.length;
  return { span: { start: hash, end }, ownLine, wholeFile, covers, words: readWords(list, listStart) };
}

/** The next line that holds more than a comment, so that several comments can stand above one line. */
function lineBelow(text: string, at: number): number {
  let line = nextLine(text, at);
  while (line < text.length && /^[ \t]*(?:#|$)/.test(text.slice(line, endOfLine(text, line, text.length)))) {
    line = nextLine(text, line);
  }
  return line;
}

function readWords(list: string, start: number): readonly IgnoreWord[] {
  // A reason may follow: what a comma does not join is none of the list, unless it is a reason alone.
  return [...list.matchAll(/[\w-]+/g)]
    .filter(({ 0: text }) => !text.startsWith("--"))
    .map(({ index, 0: text }) => ({ text, span: { start: start + index, end: start + index + text.length } }));
}
