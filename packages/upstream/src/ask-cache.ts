import {
  authorizeAsCache,
  boundRealms,
  type CacheLogin,
  type CacheNotes,
  challengesOf,
  placeOf,
} from "./cache-login.ts";
import { type CacheCredential, type Credential, credentialOfCache } from "./credential.ts";
import { follow, followAuthorized } from "./follow.ts";
import { type Image, manifestProblem, manifestTypes } from "./manifest.ts";
import { type Failure, headerOf, type Outcome, type Reply } from "./outcome.ts";
import { parseUrl } from "./parse-url.ts";
import type { Send } from "./wire.ts";

/** What a cache is given. */
export interface CacheQuestion {
  /** As it is in the cache's configuration; a slash at its end matters. */
  readonly remoteURL: string;
  readonly credential: Credential | undefined;
  readonly image: Image | undefined;
}

/** What Distribution 3.1.1 does with it. */
export interface CacheAnswer {
  readonly credential: CacheCredential;
  /** Why it does not start; undefined where it does. */
  readonly fatal: CacheFatal | undefined;
  /** Whether it sends the credential; "not-asked" where the upstream wants none. */
  readonly sends: "yes" | "no" | "not-asked";
  /** Whether it gets the image, or where none is named, whether it gets in. */
  readonly pulls: "yes" | "no" | "unknown";
  readonly notes: CacheNotes;
  /** The answers at its start, and to its request for the image or for entry. */
  readonly start: Outcome | undefined;
  readonly last: Outcome | undefined;
  /** What is wrong with the manifest. */
  readonly manifest: string | undefined;
}

/** What keeps a cache from starting: its configuration, or its first request. */
export type CacheFatal =
  | { readonly kind: "configuration"; readonly part: "username" | "password" }
  | { readonly kind: "request"; readonly failure: Failure };

/** Does what Distribution 3.1.1 does from its start to its first pull, with the same requests in the same order. */
export async function askCache(send: Send, question: CacheQuestion): Promise<CacheAnswer> {
  const { remoteURL, image } = question;
  const credential = credentialOfCache(question.credential);
  const notes: CacheNotes = {
    sentCredential: false,
    sentToken: false,
    tokenAnswer: undefined,
    foreignRealm: undefined,
    unboundRealm: undefined,
    lacksBasic: false,
    unasked: false,
  };
  const answer = { credential, notes, fatal: undefined, last: undefined, manifest: undefined, start: undefined };
  if (credential.kind === "crash") {
    return { ...answer, fatal: { kind: "configuration", part: credential.part }, sends: "no", pulls: "no" };
  }
  // The path is joined as text, so a slash at the end of remoteURL makes two.
  const start = await follow(send, { method: "GET", url: `${remoteURL}/v2/`, bodyLimit: 0 });
  if (start.kind === "failure") {
    return { ...answer, start, fatal: { kind: "request", failure: start }, sends: "no", pulls: "no" };
  }
  const root = `${parseUrl(remoteURL)?.origin ?? remoteURL}/v2/`;
  const ping = await follow(send, { method: "GET", url: root, bodyLimit: 0 });
  if (ping.kind === "failure") return { ...answer, start, last: ping, sends: "no", pulls: "no" };
  const login: CacheLogin = {
    send,
    remoteURL,
    credential: "credential" in credential ? credential.credential : undefined,
    bound: boundRealms(remoteURL, start),
    challenges: new Map(challengesOf(ping).length > 0 ? [[placeOf(ping.url) ?? ping.url, challengesOf(ping)]] : []),
    notes,
  };
  const { outcome: last, problem } = image === undefined ? await enter(login, root) : await pull(login, root, image);
  const pulls = image === undefined ? judgeEntry(last, notes) : judgePull(last, problem);
  const sends = notes.sentCredential ? "yes" : ping.status === 401 ? "no" : "not-asked";
  return { ...answer, start, last, sends, pulls, manifest: problem };
}

interface Attempt {
  readonly outcome: Outcome;
  readonly problem: string | undefined;
}

/** Asks for the root with what any later request would carry. */
async function enter(login: CacheLogin, root: string): Promise<Attempt> {
  const request = { method: "GET", url: root, bodyLimit: 0 } as const;
  const outcome = await followAuthorized(login.send, request, (url) => authorizeAsCache(login, url, undefined));
  return { outcome, problem: undefined };
}

/** No manifest is larger (registry/handlers, maxManifestBodySize). */
const maxManifest = 4 << 20;

async function pull(login: CacheLogin, root: string, { name, reference }: Image): Promise<Attempt> {
  const url = `${root}${name}/manifests/${reference}`;
  const scope = `repository:${name}:pull`;
  const ask = (method: "GET" | "HEAD"): Promise<Outcome> => {
    const request = { method, url, accept: manifestTypes, bodyLimit: maxManifest };
    return followAuthorized(login.send, request, (at) => authorizeAsCache(login, at, scope));
  };
  const head = await ask("HEAD");
  if (head.kind === "failure") return { outcome: head, problem: undefined };
  if (isGood(head) && headerOf(head, "docker-content-digest")) return { outcome: head, problem: manifestProblem(head) };
  // The cache asks again by GET whatever the answer was. What would be refused again need not be: it may count against the account.
  if ([401, 403, 404, 429].includes(head.status)) return { outcome: head, problem: undefined };
  const got = await ask("GET");
  if (got.kind === "failure" || !isGood(got)) return { outcome: got, problem: undefined };
  return { outcome: got, problem: manifestProblem(got) ?? contentProblem(got) };
}

/** Distribution takes a redirect that leads nowhere for an answer. */
function isGood({ status }: Reply): boolean {
  return status >= 200 && status < 400;
}

function contentProblem(reply: Reply): string | undefined {
  if (headerOf(reply, "docker-content-digest") !== undefined) return undefined;
  try {
    const manifest: unknown = JSON.parse(reply.body ?? "");
    if (typeof manifest === "object" && manifest !== null) return undefined;
  } catch {
    // Told of below.
  }
  return "the answer is no manifest";
}

function judgePull(last: Outcome, problem: string | undefined): "yes" | "no" {
  return last.kind === "reply" && problem === undefined && isGood(last) ? "yes" : "no";
}

/** A token without a scope need not open the root, and says nothing of any image. */
function judgeEntry(last: Outcome, { sentToken }: CacheNotes): "no" | "unknown" {
  if (last.kind === "failure") return "no";
  return last.status === 401 && !sentToken ? "no" : "unknown";
}
