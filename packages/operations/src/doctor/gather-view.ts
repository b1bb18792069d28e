import type { RuntimeCache, RuntimeView } from "@registry-cache/runtime";
import type { OpenShoot } from "../open-shoot.ts";
import type { Looker } from "./cluster-objects.ts";
import { expectOf } from "./expect-cache.ts";
import { probeAll, seeCertificates } from "./gather-cluster.ts";
import { measureClaims } from "./gather-inside.ts";
import { type RuntimeObjects, seeClaim, seePod, toService, toStatefulSet } from "./gather-objects.ts";

/** How closely to look, and what to compare with. */
export interface ViewRequest {
  /** The Shoot with the caches that it should have, where it is known. */
  readonly wanted: { readonly open: OpenShoot; readonly caches: readonly RuntimeCache[] } | undefined;
  /** Asks the caches themselves. */
  readonly admin: boolean;
  /** A repository by upstream that the login may see. */
  readonly repositories: ReadonlyMap<string, string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Looks at everything that `diagnose` judges. */
export async function gatherView(
  looker: Looker,
  objects: RuntimeObjects,
  { wanted, admin, repositories, now }: ViewRequest,
): Promise<RuntimeView> {
  const statefulSets = objects.statefulSets.map(toStatefulSet);
  const pods = await Promise.all(objects.pods.map((it) => seePod(looker, it)));
  const seen = await Promise.all(objects.claims.map((it) => seeClaim(looker, it)));
  const claims = admin ? await measureClaims(looker, seen, objects.pods) : seen;
  const expecting = wanted?.caches.map((cache) =>
    expectOf({ cache, open: wanted.open, looker, admin }, { statefulSets, pods }),
  );
  return {
    expected: expecting && (await Promise.all(expecting)),
    services: objects.services.map(toService),
    statefulSets,
    pods,
    claims,
    probes: admin ? await probeAll(looker, objects, repositories) : [],
    certificates: await seeCertificates(looker, objects.statefulSets, admin),
    now,
  };
}
