import { offerSecrets } from "@registry-cache/operations";
import type { FlagValues } from "./command-line.ts";

/** The Secrets of the files that the command line names: a rotation can be asked for each of them. */
export function completeSecret({
  filename,
}: FlagValues): readonly { readonly word: string; readonly summary: string }[] {
  const names = Array.isArray(filename) ? filename.filter((it) => typeof it === "string") : [];
  return names.length === 0 ? [] : offerSecrets(names);
}
