import type { Text } from "./skip-json.ts";

/** Bytes that have come and are not read yet, in one piece. */
export interface Input extends Text {
  start: number;
  readonly end: number;
  /** Takes more bytes in; what was read may go. */
  add(chunk: Uint8Array): void;
  /** Reads bytes as text. */
  take(end: number): string;
}

/** No bytes yet. */
export function createInput(): Input {
  return new ScannerInput();
}

class ScannerInput implements Input {
  bytes: Buffer;
  words: Int32Array;
  start = 0;
  end = 0;

  constructor() {
    const memory = new ArrayBuffer(1 << 19);
    this.bytes = Buffer.from(memory);
    this.words = new Int32Array(memory);
  }

  add(chunk: Uint8Array): void {
    if (this.end + chunk.length > this.bytes.length) this.#makeRoom(chunk.length);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  take(end: number): string {
    const text = this.bytes.toString("utf8", this.start, end);
    this.start = end;
    return text;
  }

  /** Moves what is left to the front, of larger memory where it needs more than half. */
  #makeRoom(count: number): void {
    const left = this.end - this.start;
    const before = this.bytes;
    if (left + count > before.length / 2) {
      const memory = new ArrayBuffer(before.length * 2 + count * 2 + (-(count * 2) & 3));
      this.bytes = Buffer.from(memory);
      this.words = new Int32Array(memory);
    }
    before.copy(this.bytes, 0, this.start, this.end);
    this.start = 0;
    this.end = left;
  }
}
