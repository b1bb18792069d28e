import { isUtf8 } from "node:buffer";
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

/**
 * A mark that differs for different contents. It guards against chance only, so it is MurmurHash3's mixing with two seeds:
 * Node's own hashes take 6 ms to load, a third of the time that a check of one file may take.
 */
export function versionOf(bytes: Uint8Array): string {
  let one = 0x9747b28c ^ bytes.length;
  let two = 0x85ebca6b ^ bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += 4) {
    const word = at + 4 <= bytes.length ? view.getInt32(at, true) : lastWord(bytes, at);
    const mixed = Math.imul(word, 0xcc9e2d51);
    const turned = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
    one ^= turned;
    one = (Math.imul((one << 13) | (one >>> 19), 5) + 0xe6546b64) | 0;
    two = (Math.imul((two << 11) | (two >>> 21), 9) + turned) | 0;
    two ^= two >>> 15;
  }
  return `${finish(one)}${finish(two)}`;
}

function lastWord(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
}

/** Lets each bit of the words read change half of the bits of the mark. */
function finish(sum: number): string {
  const first = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return ((second ^ (second >>> 16)) >>> 0).toString(36).padStart(7, "0");
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
const words: readonly Buffer[] = ["Shoot", "Secret", "secretGenerator", "ustom", "namePrefix", "nameSuffix", "\\"].map(
  (it) => Buffer.from(it),
);

/** Most files of a directory may be other manifests: looking for a word costs a tenth of parsing. */
export function mayConcernUs(bytes: Buffer): boolean {
  return words.some((word) => bytes.includes(word));
}

/** Some editors save so, with a byte order mark; then no word of ours is found in it. */
function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  return mark === 0xfffe || mark === 0xfeff;
}
