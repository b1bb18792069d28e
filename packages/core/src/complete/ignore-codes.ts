import type { Span } from "../text/span.ts";
import { endOfLine, nextLine, startOfLine } from "../yaml/skip.ts";
import type { CompletionItem, CompletionWorkspace } from "./completion.ts";
import { codeOffers } from "./rule-codes.ts";
import { fixed } from "./template.ts";

/** Where a comment stands, and the cursor in it. */
export interface CommentSite {
  readonly uri: string;
  readonly text: string;
  readonly comment: Span;
  readonly offset: number;
  readonly workspace: CompletionWorkspace;
}

/**
 * The codes for a comment `# registry-cache: ignore`, those of findings on the line that it covers first. What the comment
 * names already is not proposed again. In other comments nothing is proposed.
 */
export function ignoreCodes(site: CommentSite): readonly CompletionItem[] {
  const { text, comment, offset } = site;
  const words = wordsBefore.exec(text.slice(comment.start, offset));
  if (words === null) return [];
  const typed = words.groups?.["typed"] ?? "";
  const rest = /^[\w-]*/.exec(text.slice(offset, comment.end))?.[0] ?? "";
  const replace = { start: offset - typed.length, end: offset + rest.length };
  const others = text.slice(comment.start, replace.start) + text.slice(replace.end, comment.end);
  const present = new Set(others.match(/[\w-]+/g));
  const found = foundCodes(site, words.groups?.["file"] !== undefined);
  const offers = [...codeOffers(fixed)].filter((it) => !present.has(it.label));
  return offers.map(({ label, kind, detail = "", documentation = "", rank = 2 }, index) => {
    const isFound = found.has(label) || found.has(detail);
    return {
      label,
      kind,
      detail,
      documentation,
      insertText: label,
      snippet: false,
      replace,
      sortText: `${isFound ? rank - 2 : rank}${String(index).padStart(4, "0")}`,
    };
  });
}

const wordsBefore = /^#\s*registry-cache:[ \t]*ignore(?<file>-file)?[ \t]+(?:[\w-]+[ \t]*,[ \t]*)*(?<typed>[\w-]*)$/;

/** The codes of the findings that such a comment would cover. */
function foundCodes({ uri, text, comment, workspace }: CommentSite, wholeFile: boolean): ReadonlySet<string> {
  const line = startOfLine(text, comment.start);
  const start = text.slice(line, comment.start).trim() === "" ? lineBelow(text, line) : line;
  const end = endOfLine(text, start, text.length);
  // A comment that ignores nothing yet is found, too.
  const found = workspace.findingsOf(uri).filter(({ span }) => span.start < comment.start || span.start > comment.end);
  const covered = wholeFile ? found : found.filter((it) => it.span.start >= start && it.span.start <= end);
  return new Set(covered.map((it) => it.code));
}

function lineBelow(text: string, line: number): number {
  let at = nextLine(text, line);
  while (at < text.length && /^[ \t]*(?:#|$)/.test(text.slice(at, endOfLine(text, at, text.length)))) {
    at = nextLine(text, at);
  }
  return at;
}
