import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import type { Replacement } from "../text/replacement.ts";
import type { Part } from "../yaml/split-stream.ts";
import { cutAgain } from "./edited-part.ts";
import type { Inspection } from "./inspect-again.ts";
import { documentsOf, movePart } from "./inspected-part.ts";
import { UnreadDocument } from "./unread-document.ts";

/** A text that is not inspected yet, what was replaced to get it, and the place in it that somebody asks about. */
export interface UnreadEdit {
  readonly text: string;
  readonly replaced: Replacement;
  readonly offset: number;
}

/**
 * What `around` of the text's own inspection gives, without that inspection: who asks for more of the edited document than where it
 * stands has `inspect` called. Undefined where the edit may have changed how the text is cut, or the place lies elsewhere.
 */
export function aroundEdit(
  previous: Inspection,
  { text, replaced, offset }: UnreadEdit,
  inspect: () => ManifestFile,
): ManifestFile | undefined {
  const { uri, parts, shootSchema } = previous;
  const recut = cutAgain(text, previous, replaced);
  if (recut === undefined || recut.before.sketches.length !== 1 || !holdsContent(text, recut.part)) return undefined;
  const { part, index, by } = recut;
  const { start, end } = part.span;
  if (offset < start || (offset >= end && end < text.length)) return undefined;
  const next = parts.find((it, at) => at > index && it.sketches.length > 0);
  const own = (): ManifestDocument | undefined => inspect().documents.find((it) => it.span.start === start);
  return {
    uri,
    text,
    ...(shootSchema && { shootSchema }),
    documents: [
      new UnreadDocument({ uri, text }, part.span, own),
      ...(next === undefined ? [] : documentsOf({ uri, text, shootSchema }, movePart(next, by))),
    ],
  };
}

/** A part with nothing but blanks and comments may be no document. */
function holdsContent(text: string, { body }: Part): boolean {
  return /^[ \t]*[^\s#%]/m.test(text.slice(body.start, body.end));
}
