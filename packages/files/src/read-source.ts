import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import { decodeUtf8 } from "@registry-cache/core";
import { type Bytes, readFile, readStdin } from "./read-bytes.ts";
import { type Source, stdinUri } from "./source.ts";

/**
 * What reading a source gave: its text with a mark of its content, nothing that concerns us, or why it cannot be read.
 * A text that is not `exact` has U+FFFD where the bytes are no UTF-8: it can be checked but must not be written.
 */
export type Reading =
  | { readonly kind: "text"; readonly text: string; readonly version: string; readonly exact: boolean }
  | { readonly kind: "other" }
  | { readonly kind: "problem"; readonly message: string };

/** Reads sources one after the other. Standard input is read once and kept. */
export interface SourceReader {
  read(source: Source): Reading;
}

/** Makes a reader. Its buffer is used again for each file, which saves most of the cost of many small ones. */
export function createReader(): SourceReader {
  let buffer = Buffer.allocUnsafeSlow(64 * 1024);
  let stdin: Reading | undefined;
  const bufferFor = (size: number): Buffer => {
    if (size > buffer.length) buffer = Buffer.allocUnsafeSlow(size * 2);
    return buffer;
  };
  return {
    read(source) {
      if (source.uri === stdinUri) {
        stdin ??= toReading(readStdin(), source);
        return stdin;
      }
      return toReading(readFile(source.uri, bufferFor), source);
    },
  };
}

/** A mark that differs for different contents: 72 bits are enough against chance, and 100,000 are kept. */
export function versionOf(bytes: Uint8Array): string {
  return hash("sha256", bytes, "base64").slice(0, 12);
}

function toReading(result: Bytes, { named }: Source): Reading {
  if ("message" in result) return { kind: "problem", message: result.message };
  const { bytes } = result;
  if (!named && !mayConcernUs(bytes) && !isUtf16(bytes)) return { kind: "other" };
  if (isUtf16(bytes)) return { kind: "problem", message: "is UTF-16, save it as UTF-8" };
  const exact = isUtf8(bytes);
  return {
    kind: "text",
    text: exact ? bytes.toString("utf8") : decodeUtf8(bytes).text,
    version: versionOf(bytes),
    exact,
  };
}

/** The kinds that we read hold one of these words; with a backslash, a quoted one might be spelt otherwise. */
const words: readonly Buffer[] = ["Shoot", "Secret", "ustom", "\\"].map((it) => Buffer.from(it));

/** Most files of a directory may be other manifests: looking for a word costs a tenth of parsing. */
export function mayConcernUs(bytes: Buffer): boolean {
  return words.some((word) => bytes.includes(word));
}

/** Some editors save so, with a byte order mark; then no word of ours is found in it. */
function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  return mark === 0xfffe || mark === 0xfeff;
}
