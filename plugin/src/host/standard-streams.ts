import { fstatSync, writeSync } from "node:fs";

/** Standard output and standard error by their numbers. */
type Stream = 1 | 2;

/**
 * Writes to a standard stream at once. Node's own streams take 3 ms to open, which is more than the rest of `--version`;
 * they are used where a write would have to wait. A reader who has gone away is no error.
 */
export function writeTo(stream: Stream, text: string): void {
  if (process.platform === "win32" || waiting.has(stream)) {
    writeLater(stream, text);
    return;
  }
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(stream, bytes, written);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // `| head` closes the pipe when it has seen enough: the check goes on, for the sake of its exit code.
    if (code === "EPIPE") return;
    if (code !== "EAGAIN") throw error;
    writeLater(stream, bytes.subarray(written));
  }
}

/** Whether a person sees the stream, or types into standard input, which is number 0. */
export function isTerminal(stream: 0 | Stream): boolean {
  try {
    // A pipe or a file is no device, and needs no stream to be opened.
    return fstatSync(stream).isCharacterDevice() && (stream === 0 ? process.stdin : nodeStream(stream)).isTTY === true;
  } catch {
    return false;
  }
}

/** The streams that keep text for later: what follows must stay behind it. */
const waiting = new Set<Stream>();

function writeLater(stream: Stream, text: string | Uint8Array): void {
  if (!waiting.has(stream)) nodeStream(stream).on("error", ignoreClosed);
  waiting.add(stream);
  nodeStream(stream).write(text);
}

function nodeStream(stream: Stream): NodeJS.WriteStream {
  return stream === 1 ? process.stdout : process.stderr;
}

function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
