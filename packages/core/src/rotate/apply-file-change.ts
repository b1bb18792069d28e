import { applyEdits } from "../text/edit.ts";
import type { FileChange } from "./rotation.ts";

/** The texts of some files by their names. */
export interface FileTexts {
  readonly [uri: string]: string;
}

/** The texts after a change; what the change does to files that are not among them is left out. */
export function applyFileChange(texts: FileTexts, { edits, creates, deletes }: FileChange): FileTexts {
  const files = new Map(Object.entries(texts));
  for (const { uri, text } of creates) files.set(uri, text);
  for (const { uri, edits: of } of edits) {
    const text = files.get(uri);
    if (text !== undefined) files.set(uri, applyEdits(text, of));
  }
  for (const uri of deletes) files.delete(uri);
  return Object.fromEntries(files);
}
