import type * as upstream from "@registry-cache/upstream";

/** Loads the registry client when it is asked for: a check of files, which is to start in no time, never needs it. */
export async function loadUpstream(): Promise<typeof upstream> {
  return await import("@registry-cache/upstream");
}
