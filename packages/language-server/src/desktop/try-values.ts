import type { NewValues } from "@registry-cache/core";
import type { Preflight } from "@registry-cache/operations";
import type { Operations } from "./garden-operations.ts";

/** What upstreams say against a credential, a line for each. */
export async function tryValues(
  operations: Operations,
  { shoots, rotation }: Preflight,
  values: NewValues,
): Promise<readonly string[]> {
  const how = { timeoutMilliseconds: 15_000, now: Math.floor(Date.now() / 1000) };
  const probes = await operations.probeRotation(shoots, rotation, values, how);
  return probes.flatMap(({ upstream, report: { verdict, facts } }) => {
    if (verdict !== "cannot-pull" && verdict !== "unreachable") return [];
    const why = verdict === "unreachable" ? "cannot be reached from here" : "does not take the credential";
    // What comes after follows from it.
    const first = facts.find((it) => it.status === "no")?.evidence;
    return [first === undefined ? `${upstream} ${why}` : `${upstream} ${why}: ${first}`];
  });
}
