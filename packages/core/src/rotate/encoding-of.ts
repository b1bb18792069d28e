import type { Secret } from "../manifest/secret.ts";

/** How the next version of a Secret writes its values: as the old one does. */
export function encodingOf({ entries }: Secret): "stringData" | "data" {
  return entries.length > 0 && entries.every((it) => it.from === "data") ? "data" : "stringData";
}
