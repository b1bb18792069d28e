import { skipNested, type Text } from "./skip-json.ts";
import { type NestedSkipper, returnSkipper } from "./skip-nested.ts";

/** Bytes that have come and are not read yet, in one piece. */
export interface Input extends Text {
  start: number;
  readonly end: number;
  /** Takes more bytes in; what was read may go. */
  add(chunk: Uint8Array): void;
  /** Reads bytes as text. */
  take(end: number): string;
  /** Gives the memory to others; nothing can be read any more. */
  close(): void;
}

/** No bytes yet. The program skips most of them; without one they are walked here. */
export function createInput(skipper: NestedSkipper | undefined): Input {
  return new ScannerInput(skipper);
}

/** The program reads so many bytes at once, so the last may lie behind what has come. */
const slack = 16;
const pageSize = 1 << 16;

class ScannerInput implements Input {
  #skipper: NestedSkipper | undefined;
  bytes: Buffer;
  words: Int32Array;
  start = 0;
  end = 0;

  constructor(skipper: NestedSkipper | undefined) {
    this.#skipper = skipper;
    const memory = skipper?.memory.buffer ?? new ArrayBuffer(1 << 19);
    this.bytes = Buffer.from(memory, 0, memory.byteLength - slack);
    this.words = new Int32Array(memory);
  }

  skipNested(from: number, end: number): number {
    return this.#skipper === undefined ? skipNested(this, from, end) : this.#skipper.skip(from, end);
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

  close(): void {
    this.bytes = Buffer.alloc(0);
    this.start = 0;
    this.end = 0;
    returnSkipper(this.#skipper);
    this.#skipper = undefined;
  }

  /** Moves what is left to the front, of larger memory where it needs more than half. */
  #makeRoom(count: number): void {
    const left = this.end - this.start;
    if (left + count > this.bytes.length / 2) this.#grow(this.bytes.length + count * 2);
    this.bytes.copyWithin(0, this.start, this.end);
    this.start = 0;
    this.end = left;
  }

  /** Takes so many bytes more; what is there stays. */
  #grow(count: number): void {
    const pages = Math.ceil(count / pageSize);
    this.#skipper?.memory.grow(pages);
    const memory = this.#skipper?.memory.buffer ?? new ArrayBuffer(this.words.byteLength + pages * pageSize);
    const before = this.bytes;
    this.bytes = Buffer.from(memory, 0, memory.byteLength - slack);
    this.words = new Int32Array(memory);
    // The program's memory has kept what was in it, and the old view of it is empty.
    before.copy(this.bytes);
  }
}
