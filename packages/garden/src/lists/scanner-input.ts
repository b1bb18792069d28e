/** Bytes that have come and are not read yet, in one piece. */
export interface Input {
  bytes: Buffer;
  start: number;
  end: number;
  /** Takes more bytes in; what was read may go. */
  add(chunk: Uint8Array): void;
  /** Reads bytes as text. */
  take(end: number): string;
}

/** No bytes yet. */
export function createInput(): Input {
  return {
    bytes: Buffer.allocUnsafe(1 << 18),
    start: 0,
    end: 0,
    add(chunk) {
      if (this.end + chunk.length > this.bytes.length) {
        const left = this.end - this.start;
        const size = left + chunk.length > this.bytes.length / 2 ? (left + chunk.length) * 2 : this.bytes.length;
        const bytes = size > this.bytes.length ? Buffer.allocUnsafe(size) : this.bytes;
        this.bytes.copy(bytes, 0, this.start, this.end);
        this.bytes = bytes;
        this.start = 0;
        this.end = left;
      }
      this.bytes.set(chunk, this.end);
      this.end += chunk.length;
    },
    take(end) {
      const text = this.bytes.toString("utf8", this.start, end);
      this.start = end;
      return text;
    },
  };
}
