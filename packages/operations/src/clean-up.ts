import { type FileTexts, isLaterVersion, readManifests } from "@registry-cache/core";
import { folderOfFile, removeUnfinished } from "@registry-cache/files";

/** Removes what a run that was killed has left beside the files of a rotation: its new Secret, or a file that it was changing. */
export function cleanUp(texts: FileTexts, secret: string): void {
  const files = new Set(Object.keys(texts));
  removeUnfinished([...files].map(folderOfFile), {
    file: (uri) => files.has(uri),
    text: (text) =>
      readManifests("", text).documents.some((it) => it.secrets.some(({ name }) => isLaterVersion(secret, name))),
  });
}
