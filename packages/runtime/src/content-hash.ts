import { sha256Hex } from "@registry-cache/core";

/** The end of the name of an immutable object: eight hex digits over its data, keys in order (gardener, utils.ComputeSecretChecksum). */
export function contentHash(data: { readonly [key: string]: string }): string {
  const keys = Object.keys(data).sort();
  return sha256Hex(keys.map((key) => sha256Hex(data[key] ?? "")).join("")).slice(0, 8);
}
