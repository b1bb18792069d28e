import { rootCertificates } from "node:tls";
import { exchange } from "./exchange.ts";
import { failure, type Outcome, type WireRequest } from "./outcome.ts";
import { parseUrl } from "./parse-url.ts";

/** How a probe reaches registries. */
export interface WireOptions {
  readonly proxy?: { readonly http?: string | undefined; readonly https?: string | undefined } | undefined;
  /** Authorities in PEM that are trusted beside the public ones, by us and not by the cache. */
  readonly extraAuthorities?: readonly string[] | undefined;
  /** Authorities in PEM that the cache trusts; those of Mozilla where absent. */
  readonly cacheAuthorities?: readonly string[] | undefined;
  /** For each request; all requests together may take four times as long. */
  readonly timeoutMilliseconds: number;
  /** Gives up the request under way, and all others. */
  readonly signal?: AbortSignal | undefined;
}

/** Sends requests, each at most once, and no credential again that was refused: accounts get locked for less. */
export interface Wire {
  /** As a client does that trusts all we know. */
  readonly asClient: Send;
  /** As the cache does, which trusts only public authorities. */
  readonly asCache: Send;
}

/** Sends one request, or gives again what came of it. */
export type Send = (request: WireRequest) => Promise<Outcome>;

/** Opens a wire for one probe. */
export function openWire(options: WireOptions): Wire {
  const publicAuthorities = options.cacheAuthorities ?? rootCertificates;
  const extra = options.extraAuthorities ?? [];
  const memory: Memory = { answers: new Map(), refused: new Set() };
  const end = performance.now() + 4 * options.timeoutMilliseconds;
  const sendWith = (authorities: readonly string[], name: string): Send =>
    remember(memory, name, (request) => {
      const left = end - performance.now();
      if (left <= 0) return Promise.resolve(failure(request.url, "timeout", "the probe took too long as a whole"));
      const timeoutMilliseconds = Math.min(options.timeoutMilliseconds, left);
      return exchange(request, { proxy: options.proxy, authorities, timeoutMilliseconds, signal: options.signal });
    });
  const asCache = sendWith(publicAuthorities, "cache");
  return { asCache, asClient: sendWith([...publicAuthorities, ...extra], extra.length === 0 ? "cache" : "client") };
}

interface Memory {
  /** What came of requests, by who asked and what. */
  readonly answers: Map<string, Promise<Outcome>>;
  /** Hosts with the credentials that they refused. */
  readonly refused: Set<string>;
}

function remember({ answers, refused }: Memory, name: string, send: Send): Send {
  return async (request) => {
    const { method, url, authorization = "", accept = [] } = request;
    const question = [method, url, authorization, ...accept].join("\n");
    const known = answers.get(`${name}\n${question}`) ?? (await answerOfCache(answers, question));
    if (known !== undefined) return known;
    const login = `${parseUrl(url)?.host}\n${authorization}`;
    if (authorization !== "" && refused.has(login)) return { kind: "reply", url, status: 401, headers: [], body: "" };
    const answer = send(request);
    answers.set(`${name}\n${question}`, answer);
    const outcome = await answer;
    if (outcome.kind === "reply" && outcome.status === 401 && authorization !== "") refused.add(login);
    return outcome;
  };
}

/** Whoever trusts more authorities would get the same answer as the cache, but not the same failure. */
async function answerOfCache(answers: Memory["answers"], question: string): Promise<Outcome | undefined> {
  const outcome = await answers.get(`cache\n${question}`);
  return outcome?.kind === "reply" ? outcome : undefined;
}
