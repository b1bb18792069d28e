import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import { touches } from "../yaml/path-at.ts";

/** The document that holds a place; right between two of them, the later one. */
export function documentAt({ documents }: ManifestFile, offset: number): ManifestDocument | undefined {
  return documents.findLast((it) => touches(it.span, offset));
}
