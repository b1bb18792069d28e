import type { ManifestFile } from "../manifest/manifest.ts";
import type { Span } from "../text/span.ts";
import type { Node } from "../yaml/node.ts";
import { endOfLine, nextLine } from "../yaml/skip.ts";

/**
 * What can be folded: entries and items of more than one line (so maps, lists, block scalars and quoted texts), runs of comment
 * lines, and documents where there are several. In the order of the text; where two begin on one line, the outer comes first.
 */
export function foldingRanges(file: ManifestFile): readonly Span[] {
  const { text, documents } = file;
  const parts = documents.flatMap(({ root }) => (root ? membersOf(root) : []));
  const whole = documents.length > 1 ? documents.map((it) => it.span) : [];
  const spans = [...whole, ...parts.map((it) => it.span), ...commentRuns(text, parts)];
  const folded = spans.map((it) => trimmed(text, it)).filter((it) => hasBreak(text, it));
  const once = new Map(folded.map((it) => [`${it.start} ${it.end}`, it]));
  return [...once.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

interface Member {
  readonly span: Span;
  readonly value: Node;
}

/** Entries and items at any depth, each once where it is written. */
function membersOf(root: Node): readonly Member[] {
  const members: Member[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const parts = node.type === "map" ? node.written : node.type === "seq" ? node.items : [];
    for (const { span, value, alias } of parts) {
      members.push({ span, value });
      if (alias === undefined) waiting.push(value);
    }
  }
  return members;
}

/** A line that begins with a number sign within a text of several lines is no comment. */
function commentRuns(text: string, members: readonly Member[]): readonly Span[] {
  const texts = members
    .flatMap(({ value }) => (value.type === "scalar" && hasBreak(text, value.span) ? [value.span] : []))
    .sort((a, b) => a.start - b.start);
  const runs: Span[] = [];
  let run: Span | undefined;
  let next = 0;
  for (let line = 0; line < text.length; line = nextLine(text, line)) {
    while ((texts[next]?.end ?? text.length) <= line && next < texts.length) next += 1;
    const end = endOfLine(text, line, text.length);
    const inText = (texts[next]?.start ?? text.length) < line;
    const isComment = !inText && /^[ \t]*#/.test(text.slice(line, end));
    if (isComment) run = { start: run?.start ?? line, end };
    else if (run !== undefined) runs.push(run);
    if (!isComment) run = undefined;
  }
  return run === undefined ? runs : [...runs, run];
}

/** Without the blank lines at its end. */
function trimmed(text: string, { start, end }: Span): Span {
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

function hasBreak(text: string, { start, end }: Span): boolean {
  const at = endOfLine(text, start, end);
  return at < end;
}
