import { isUtf8 } from "node:buffer";
import { decodeUtf8, mayConcernUs } from "@registry-cache/core";
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
  const buffer = Buffer.allocUnsafeSlow(64 * 1024);
  let stdin: Reading | undefined;
  return {
    read(source) {
      if (source.uri === stdinUri) {
        stdin ??= toReading(readStdin(), source);
        return stdin;
      }
      return toReading(readFile(source.uri, buffer), source);
    },
  };
}

/**
 * A mark that differs for different contents. It guards against chance only, so it is a sum in the manner of MurmurHash3, of four
 * parts that a processor works on at once: Node's own hashes take 6 ms to load, a third of the time that a check of one file may take.
 */
export function versionOf(bytes: Uint8Array): string {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  let [one, two, three, four] = [bytes.length, 0x85ebca6b, 0xc2b2ae35, 0x1b873593];
  let at = 0;
  for (; at + 4 <= words.length; at += 4) {
    one = add(one, words[at] ?? 0);
    two = add(two, words[at + 1] ?? 0);
    three = add(three, words[at + 2] ?? 0);
    four = add(four, words[at + 3] ?? 0);
  }
  for (at *= 4; at < bytes.length; at += 1) one = add(one, bytes[at] ?? 0);
  return `${finish(add(one, two) ^ three)} ${finish(add(three, four) ^ one)}`;
}

function add(sum: number, word: number): number {
  const mixed = Math.imul(sum ^ word, 0xcc9e2d51);
  return (mixed << 15) | (mixed >>> 17);
}

/** Lets each bit of the words read change half of the bits of the mark. */
function finish(sum: number): number {
  const first = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}

function toReading(result: Bytes, { named }: Source): Reading {
  if ("message" in result) return { kind: "problem", message: result.message };
  const { bytes } = result;
  if (isUtf16(bytes)) return { kind: "problem", message: "is UTF-16, save it as UTF-8" };
  const text = bytes.toString("utf8");
  // Most files of a directory may be other manifests: looking for a word costs a tenth of parsing.
  if (!named && !mayConcernUs(text)) return { kind: "other" };
  // Only where the text has the sign for what is no UTF-8 the bytes have to be looked at.
  const exact = !text.includes("\ufffd") || isUtf8(bytes);
  return { kind: "text", text: exact ? text : decodeUtf8(bytes).text, version: versionOf(bytes), exact };
}

/** Some editors save so, with a byte order mark; then no word of ours is found in it. */
function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  return mark === 0xfffe || mark === 0xfeff;
}
