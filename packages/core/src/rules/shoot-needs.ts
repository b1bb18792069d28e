import type { Policies } from "../manifest/settings.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { PreviousShoot } from "../workspace/previous.ts";
import type { ShootNeed } from "./rule.ts";

/** What of all that a rule may need is there for a Shoot. Most Shoots have none of it, and so half of the rules are not asked. */
export function needsOf(
  { schemaProblems, registryCache, registryMirror }: Shoot,
  previous: PreviousShoot | undefined,
  policies: Policies,
): { readonly [need in ShootNeed]: boolean } {
  return {
    problems:
      schemaProblems.length > 0 ||
      (registryCache?.decodeProblems ?? []).length > 0 ||
      (registryMirror?.decodeProblems ?? []).length > 0,
    mirror: registryMirror !== undefined,
    previous: previous !== undefined,
    policies: Object.keys(policies).length > 0,
  };
}
