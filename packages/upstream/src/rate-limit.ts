import { waitFor } from "./client-facts.ts";
import { fact, type ProbeFact } from "./facts.ts";
import { headerOf, type Outcome } from "./outcome.ts";

/** What registries tell of the requests that are left; none where no answer tells. */
export function rateLimitFacts(outcomes: readonly (Outcome | undefined)[]): readonly ProbeFact[] {
  const replies = outcomes.flatMap((it) => (it?.kind === "reply" ? [it] : []));
  const limited = replies.find((it) => it.status === 429);
  const told = replies.find((it) => headerOf(it, "ratelimit-remaining") ?? headerOf(it, "x-ratelimit-remaining"));
  if (told === undefined)
    return limited ? [fact("rate-limit", "no", "no requests are left (status 429)", waitFor(limited))] : [];
  const read = (name: string): string | undefined =>
    show(headerOf(told, `ratelimit-${name}`) ?? headerOf(told, `x-ratelimit-${name}`));
  const [remaining] = read("remaining")?.split(" ") ?? ["an unknown number of"];
  const limit = read("limit");
  const evidence = `${remaining} pulls left${limit === undefined ? "" : ` of ${limit}`}`;
  return [limited ? fact("rate-limit", "no", evidence, waitFor(limited)) : fact("rate-limit", "info", evidence)];
}

/** `100;w=21600` is a number for a time; whatever is neither is not shown. */
function show(value: string | undefined): string | undefined {
  const [, count, window] = /^(\d{1,9})(?:;w=(\d{1,9}))?/.exec(value ?? "") ?? [];
  if (count === undefined) return undefined;
  return window === undefined ? count : `${count} in ${Math.round(Number(window) / 60)} minutes`;
}
