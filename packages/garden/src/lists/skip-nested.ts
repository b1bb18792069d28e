/** What of WebAssembly is needed here; Node's own types leave it out. */
declare const WebAssembly:
  | {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object) => { readonly exports: NestedSkipper };
    }
  | undefined;

/** Memory in which nested JSON is skipped sixteen bytes at a time. */
export interface NestedSkipper {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** The end of the object or list that starts at `from`, or -1. It reads up to fifteen bytes behind `end`. */
  skip(from: number, end: number): number;
}

/** skip-nested.wat as an assembler writes it, in base64. */
export const nestedProgram: string = [
  "AGFzbQEAAAABBwFgAn9/AX8DAgEABQMBAAkHEQIGbWVtb3J5AgAEc2tpcAAACq0DAaoDAgJ7Cn8DQCAAIAFPBEBBfw8LIAD9AAQAIQIgAkEg/Q",
  "/9UCEDIAJBIv0P/SP9ZCEEIAJB3AD9D/0j/WQhBSADQfsA/Q/9I/1kIQYgA0H9AP0P/SP9ZCEHIAEgAGtBEEkEQEEBIAEgAGt0QQFrIQkgBCAJ",
  "cSEEIAYgCXEhBiAHIAlxIQcLIAUgDXIEQCANBEAgBEF+cSEEIAVBfnEhBQtBACENAkADQCAFRQ0BIAVBACAFa3FBAXQhCyAFIAVBAWtxIQUgBS",
  "ALQX9zcSEFIAQgC0F/c3EhBCALQRB2IQ0MAAsLCyAEIARBAXRzIQggCCAIQQJ0cyEIIAggCEEEdHMhCCAIIAhBCHRzIQggCCAMcyEIIAhBEHRB",
  "H3UhDCAGIAhBf3NxIQYgByAIQX9zcSEHIAdpIApOBEACQANAIAYgB3IhCyALRQ0BIAtBACALa3EhCyAGIAtxBEAgCkEBaiEKBSAKQQFrIQogCk",
  "UEQCAAIAtoakEBag8LCyAGIAtBf3NxIQYgByALQX9zcSEHDAALCwUgCiAGaSAHaWtqIQoLIABBEGohAAwACwAL",
].join("");

/** Programs that have done their work. Each reserves gigabytes of addresses, which V8 gives back late, so they are used again. */
const idle: NestedSkipper[] = [];

/** Memory that one large object has made larger than this is left to V8. */
const usualMemory = 1 << 22;

/** A program with memory of its own; undefined where the engine does not run such programs, or has no room for one. */
export function takeSkipper(): NestedSkipper | undefined {
  return idle.pop() ?? startSkipper();
}

/** Gives a program back that nobody uses any more. */
export function returnSkipper(skipper: NestedSkipper | undefined): void {
  if (skipper !== undefined && skipper.memory.buffer.byteLength <= usualMemory) idle.push(skipper);
}

function startSkipper(): NestedSkipper | undefined {
  try {
    if (typeof WebAssembly === "undefined") return undefined;
    return new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(nestedProgram, "base64"))).exports;
  } catch {
    return undefined;
  }
}
