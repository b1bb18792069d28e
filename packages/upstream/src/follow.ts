import { redirectOf } from "./exchange.ts";
import { type Failure, failure, type Outcome, type WireRequest } from "./outcome.ts";
import { parseUrl } from "./parse-url.ts";
import type { Send } from "./wire.ts";

/** Go follows so many redirects and then gives up. */
const maxRedirects = 10;

/** Gives the Authorization header for a URL on the way; undefined for none, or why the request cannot be made. */
export type Authorize = (url: string) => Promise<string | Failure | undefined>;

/** Sends a request and follows its redirects as Go's client does; each URL on the way gets its own authorization. */
export async function followAuthorized(send: Send, request: WireRequest, authorize: Authorize): Promise<Outcome> {
  let { url } = request;
  for (let redirects = 0; ; redirects += 1) {
    const authorization = await authorize(url);
    if (typeof authorization === "object") return authorization;
    const outcome = await send({ ...request, url, authorization });
    const place = outcome.kind === "reply" ? redirectOf(outcome) : undefined;
    if (place === undefined) return outcome;
    const next = parseUrl(place, url);
    if (next === null) return failure(url, "redirects", "the redirect leads nowhere");
    if (redirects + 1 >= maxRedirects) return failure(url, "redirects", "more than 10 redirects");
    url = next.href;
  }
}

/** Sends a request and follows its redirects; its authorization goes along to the same host and those below it, and to no other. */
export function follow(send: Send, request: WireRequest): Promise<Outcome> {
  const first = parseUrl(request.url);
  let leaked = false;
  return followAuthorized(send, request, async (url) => {
    const host = parseUrl(url)?.hostname ?? "";
    const home = first?.hostname ?? "";
    leaked ||= host !== home && !(host.endsWith(`.${home}`) && !host.includes(":"));
    return leaked ? undefined : request.authorization;
  });
}
