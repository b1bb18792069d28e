import { type ManifestFile, readManifests } from "@registry-cache/core";
import type { Session } from "./session.ts";
import { createBuffer, type TextBuffer } from "./text-buffer.ts";

/** A file as it was read for one answer, with what turns its offsets into positions. */
export interface ReadText {
  readonly file: ManifestFile;
  readonly buffer: TextBuffer;
}

/** Reads files as the editor has them, or as they are on disk; those that are gone are left out. */
export async function readTexts(
  { files, source, client }: Session,
  uris: readonly string[],
): Promise<ReadonlyMap<string, ReadText>> {
  const texts = new Map<string, ReadText>();
  for (const it of uris) {
    const open = files.open.get(it);
    const text = open === undefined ? await source.read(it) : open.buffer.text;
    if (text === undefined) continue;
    texts.set(it, {
      file: open?.inspection?.file() ?? readManifests(it, text),
      buffer: open?.buffer ?? createBuffer(text, client.encoding),
    });
  }
  return texts;
}

/** The same without places. */
export async function readManifestFiles(session: Session, uris: readonly string[]): Promise<readonly ManifestFile[]> {
  return [...(await readTexts(session, uris)).values()].map((it) => it.file);
}
