import type { CacheStatus } from "@registry-cache/core";
import type { Unseen } from "@registry-cache/operations";
import { ageOf, durationOf } from "./age.ts";
import type { Listing } from "./live-output.ts";

/** What else a listing of caches needs. */
export interface StatusStyle {
  /** Show namespaces. */
  readonly namespaces: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly unseen: readonly Unseen[];
}

/** The caches of Shoots as a list. */
export function statusListing(
  items: readonly CacheStatus[],
  { namespaces, now, unseen }: StatusStyle,
): Listing<CacheStatus> {
  return {
    items,
    toJson,
    nameOf: (it) => `shoot.core.gardener.cloud/${it.shoot}`,
    headers: (wide) => [
      ...(namespaces ? ["NAMESPACE"] : []),
      ...["SHOOT", "UPSTREAM", "REFERENCE", "SECRET", "STATE", "VERSION", "AGE", "ROLLED-OUT", "FINDINGS"],
      ...(wide ? ["KIND", "REASON"] : []),
    ],
    row: (it, wide) => [
      ...(namespaces ? [it.namespace] : []),
      it.shoot,
      it.upstream,
      it.reference ?? none,
      it.secret?.name ?? none,
      it.secret === undefined ? none : states[it.secret.state],
      it.secret?.version ?? none,
      it.secret !== undefined && "created" in it.secret ? ageOf(it.secret.created, now) : none,
      rollOutWords(it, now),
      [...new Set(it.findings.map(({ code }) => code))].join(",") || none,
      ...(wide ? [it.kind, it.reason ?? none] : []),
    ],
    more: { cannotSee: unseen },
  };
}

const none = "<none>";

const states: { readonly [state in NonNullable<CacheStatus["secret"]>["state"]]: string } = {
  present: "present",
  terminating: "terminating",
  missing: "missing",
  forbidden: "cannot see",
};

/** Whether a cache works with what its Shoot says now. */
function rollOutWords({ rollOut, window }: CacheStatus, now: number): string {
  if (rollOut.done) return "yes";
  if (rollOut.why === "unproven") return "unproven";
  if (rollOut.why !== "confined") return `no, ${rollOut.why}`;
  if (window === undefined) return "no, confined";
  return window.from > now ? `no, in ${durationOf(Math.floor((window.from - now) / 1000))}` : "no, window is open";
}

/** A cache as machines get it: times as the API writes them. */
function toJson({ window, ...it }: CacheStatus): object {
  if (window === undefined) return it;
  return { ...it, window: { from: toTime(window.from), to: toTime(window.to) } };
}

function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}
