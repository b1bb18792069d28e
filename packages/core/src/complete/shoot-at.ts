import { type ManifestDocument, type ManifestFile, readManifests } from "../manifest/manifest.ts";
import type { Shoot } from "../manifest/shoot.ts";
import { endOfLine, startOfLine } from "../yaml/skip.ts";

/**
 * The Shoot that a cursor is in. Where the document is broken, it is read once more without the cursor's line, since that is most
 * likely what is not finished yet; only that document is read.
 */
export function shootAt({ uri, text, documents }: ManifestFile, offset: number): Shoot | undefined {
  const document = documents.findLast((it) => it.span.start <= offset);
  if (document === undefined) return undefined;
  const own = pick(document.shoots, offset);
  if (document.template !== undefined || document.problems.every((it) => it.kind === "duplicate-key")) return own;
  const part = withoutLine(text, document, offset);
  const [mended] = readManifests(uri, part).documents;
  const shoot = mended && pick(mended.shoots, offset - document.span.start);
  return shoot !== undefined && (shoot.resources.length > 0 || own === undefined) ? shoot : own;
}

function pick(shoots: readonly Shoot[], offset: number): Shoot | undefined {
  return shoots.findLast((it) => it.root.span.start <= offset) ?? shoots[0];
}

function withoutLine(text: string, { span }: ManifestDocument, offset: number): string {
  const start = Math.max(startOfLine(text, offset), span.start);
  const end = endOfLine(text, offset, span.end);
  return text.slice(span.start, start) + " ".repeat(end - start) + text.slice(end, span.end);
}
