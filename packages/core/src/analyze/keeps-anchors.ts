import type { Edit } from "../text/edit.ts";

/** Tells whether edits leave every anchor that some alias still needs: removing one would make the document unreadable. */
export function keepsAnchors(text: string, edits: readonly Edit[]): boolean {
  return edits.every(({ span, text: replacement }) => {
    const removed = text.slice(span.start, span.end);
    if (!removed.includes("&")) return true;
    const anchors = [...removed.matchAll(/&([\w-]+)/g)].map(([, name = ""]) => name);
    const rest = text.slice(0, span.start) + replacement + text.slice(span.end);
    return anchors.every((it) => replacement.includes(`&${it}`) || !new RegExp(`\\*${it}(?![\\w-])`).test(rest));
  });
}
