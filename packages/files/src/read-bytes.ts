import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { codeOf, explainError } from "./explain-error.ts";
import { refusal } from "./list-sources.ts";

/** The content of a file, or why it cannot be read. */
export type Bytes = { readonly bytes: Buffer } | { readonly message: string };

/** What most files fit into. */
const smallSize = 16 * 1024;

/**
 * Reads a whole file; never waits for a writer. A small one goes into the buffer that it is given, for who reads many. Less than
 * there was room for is all that a file on disk has; what gives nothing, or more, is looked at closer.
 */
export function readFile(path: string, buffer: Buffer = Buffer.allocUnsafe(smallSize)): Bytes {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK a pipe that took the file's place would hold us until somebody writes to it.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const length = readSync(file, buffer, 0, buffer.length, null);
    return length > 0 && length < buffer.length
      ? { bytes: buffer.subarray(0, length) }
      : readRest(file, buffer.subarray(0, length));
  } catch (error) {
    const code = codeOf(error);
    const message = code === "EAGAIN" && file !== undefined ? refusal(fstatSync(file)) : undefined;
    return { message: message ?? (code === "ENOENT" ? "vanished after it was found" : explainError(error)) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** No manifest comes near this; a larger file is most likely named by mistake. */
export const maxBytes: number = 32 * 1024 * 1024;
const tooLarge = `is larger than ${maxBytes / 1024 / 1024} MiB, too large for a manifest`;

function readRest(file: number, start: Buffer): Bytes {
  const stat = fstatSync(file);
  const message = refusal(stat);
  if (message !== undefined) return { message };
  if (stat.size > maxBytes) return { message: tooLarge };
  const buffer = Buffer.allocUnsafe(Math.max(stat.size, start.length) + 1);
  start.copy(buffer);
  const length = fill(file, buffer, start.length);
  return length > stat.size ? { message: "changes while it is read" } : { bytes: buffer.subarray(0, length) };
}

function fill(file: number, buffer: Buffer, from: number): number {
  let length = from;
  for (;;) {
    const room = buffer.length - length;
    const read = readSync(file, buffer, length, room, null);
    length += read;
    if (read < room || room === 0) return length;
  }
}

/** Reads standard input to its end. */
export function readStdin(): Bytes {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(64 * 1024);
    const read = readStdinChunk(chunk);
    if (typeof read === "string") return { message: read };
    if (read === 0) return { bytes: Buffer.concat(chunks, length) };
    chunks.push(chunk.subarray(0, read));
    length += read;
    if (length > maxBytes) return { message: tooLarge };
  }
}

function readStdinChunk(chunk: Buffer): number | string {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") return explainError(error);
      // A terminal or pipe may be set not to wait, by whoever shares it with us.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
