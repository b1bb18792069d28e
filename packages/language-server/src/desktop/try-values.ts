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
  return operations.refusalsOf(probes).map(({ upstream, why, evidence }) => {
    return evidence === undefined ? `${upstream} ${why}` : `${upstream} ${why}: ${evidence}`;
  });
}
