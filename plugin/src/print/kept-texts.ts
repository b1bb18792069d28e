import { deflateRawSync, inflateRawSync } from "node:zlib";

/** So many bytes are kept as they are. */
const plainBytes = 2 * 1024 * 1024;

/** Texts that wait until the last is there. */
export interface KeptTexts {
  readonly isEmpty: boolean;
  add(text: string): void;
  /** The texts in their order. */
  all(): Iterable<string>;
}

/** No texts yet. Rows of a fleet are alike: packed they take a twentieth, so a garden of any size takes hardly more memory than a small one. */
export function keepTexts(): KeptTexts {
  const blocks: { readonly bytes: Uint8Array; readonly packed: boolean }[] = [];
  let plain = 0;
  return {
    get isEmpty() {
      return blocks.length === 0;
    },
    add(text) {
      const bytes = Buffer.from(text);
      const packed = plain + bytes.length > plainBytes;
      if (!packed) plain += bytes.length;
      // What packs gives a part of larger memory, of which a copy takes only what it needs.
      blocks.push({ bytes: packed ? Uint8Array.from(deflateRawSync(bytes, { level: 1 })) : bytes, packed });
    },
    *all() {
      for (const { bytes, packed } of blocks) yield Buffer.from(packed ? inflateRawSync(bytes) : bytes).toString();
    },
  };
}
