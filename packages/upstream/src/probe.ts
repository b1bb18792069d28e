import { credentialKind } from "@registry-cache/core";
import { askCache } from "./ask-cache.ts";
import { askClient } from "./ask-client.ts";
import { cacheFacts } from "./cache-facts.ts";
import { clientFacts, isUnreachable } from "./client-facts.ts";
import type { Credential } from "./credential.ts";
import { expiryFact } from "./expiry.ts";
import { fact, type ProbeFact } from "./facts.ts";
import type { Image } from "./manifest.ts";
import type { Outcome } from "./outcome.ts";
import { rateLimitFacts } from "./rate-limit.ts";
import { openWire, type WireOptions } from "./wire.ts";

/** What to probe, and how. */
export interface ProbeRequest extends WireOptions {
  /** As the cache has it: with a slash at its end where that is written. */
  readonly remoteURL: string;
  readonly credential: Credential | undefined;
  readonly image: Image | undefined;
  /** Seconds since 1970. */
  readonly now: number;
}

/** What a probe found: its verdict, and what that stands on. */
export interface ProbeReport {
  /** `unknown` where nothing speaks against it, and no image was named to prove it. */
  readonly verdict: "can-pull" | "unknown" | "cannot-pull" | "unreachable";
  readonly facts: readonly ProbeFact[];
}

/** Asks an upstream what a correct client gets from it, and what a cache of Distribution 3.1.1 would. */
export async function probe(request: ProbeRequest): Promise<ProbeReport> {
  const wire = openWire(request);
  const cache = await askCache(wire.asCache, request);
  const client = await askClient(wire.asClient, request);
  const { root } = client;
  const outcomes: readonly (Outcome | undefined)[] = [client.manifest, client.basic, root, cache.last, cache.start];
  const facts = [
    ...clientFacts(client, request),
    ...cacheFacts(cache, request),
    ...credentialFacts(request),
    ...rateLimitFacts(outcomes),
    fact(
      "measured-from",
      "info",
      "measured from this machine; the cache asks from inside the Shoot, which may see another network",
    ),
  ];
  if (root.kind === "failure" && isUnreachable(root)) return { verdict: "unreachable", facts };
  const verdicts = { yes: "can-pull", unknown: "unknown", no: "cannot-pull" } as const;
  return { verdict: verdicts[cache.pulls], facts };
}

function credentialFacts({ credential, now }: ProbeRequest): readonly ProbeFact[] {
  if (credential === undefined) return [];
  const kind = credentialKind(credential.username, credential.password);
  return [fact("kind", "info", kind.title), expiryFact(kind, credential.declaredExpiry, now)];
}
