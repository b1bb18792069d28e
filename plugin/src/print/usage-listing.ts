import type { SecretUsage, UsageOutcome } from "@registry-cache/operations";
import { ageOf } from "./age.ts";
import type { Listing } from "./live-output.ts";

/** The Secrets with their verdicts as a list. */
export function usageListing(
  { secrets, read, unseen }: UsageOutcome,
  { namespaces, now }: { readonly namespaces: boolean; readonly now: number },
): Listing<SecretUsage> {
  return {
    items: secrets,
    toJson: (it) => it,
    nameOf: (it) => `secret/${it.name}`,
    headers: (wide) => [
      ...(namespaces ? ["NAMESPACE"] : []),
      ...["SECRET", "VERDICT", "USES", "AGE"],
      wide ? "WHY" : "FIRST REASON",
    ],
    row: (it, wide) => [
      ...(namespaces ? [it.namespace] : []),
      it.name,
      it.verdict,
      String(it.uses.length),
      it.created === undefined ? "<none>" : ageOf(it.created, now),
      wide ? it.why.join("; ") : firstOf(it.why),
    ],
    more: { read, cannotSee: unseen },
  };
}

function firstOf([first = "<none>", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} (and ${others.length} more)`;
}
