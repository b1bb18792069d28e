import type { CacheProbe } from "./probe.ts";

type Report = CacheProbe["report"];

/** An upstream that would not serve a cache with a new credential. */
export interface Refusal {
  readonly upstream: string;
  readonly verdict: Extract<Report["verdict"], "cannot-pull" | "unreachable">;
  /** What it does, or does not do, in words that follow its name. */
  readonly why: string;
  readonly facts: Report["facts"];
  /** The first fact that speaks against it: what comes after follows from it. */
  readonly evidence: string | undefined;
}

const words: { readonly [verdict in Refusal["verdict"]]: string } = {
  "cannot-pull": "does not take the credential as the cache sends it",
  unreachable: "cannot be reached from here",
};

/** The upstreams that would not serve a cache, of those that were probed with a new credential. */
export function refusalsOf(probes: readonly Pick<CacheProbe, "upstream" | "report">[]): readonly Refusal[] {
  return probes.flatMap(({ upstream, report: { verdict, facts } }) => {
    if (verdict !== "cannot-pull" && verdict !== "unreachable") return [];
    return [
      { upstream, verdict, why: words[verdict], facts, evidence: facts.find((it) => it.status === "no")?.evidence },
    ];
  });
}
