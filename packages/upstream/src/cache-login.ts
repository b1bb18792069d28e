import { goUrlText } from "@registry-cache/core";
import { type Challenge, readChallenges } from "./challenge.ts";
import { basicAuthorization, type Credential } from "./credential.ts";
import { type Failure, failure, headersOf, type Outcome } from "./outcome.ts";
import { parseUrl } from "./parse-url.ts";
import { realmAllowed } from "./realm.ts";
import { askToken, type TokenAnswer } from "./token.ts";
import type { Send } from "./wire.ts";

/** What a cache of Distribution 3.1.1 knows of its upstream's login: what it bound at its start, and met since. */
export interface CacheLogin {
  readonly send: Send;
  readonly remoteURL: string;
  readonly credential: Credential | undefined;
  /** The realms that the credential is kept for, by their exact text. */
  readonly bound: ReadonlySet<string>;
  /** The challenges by the place that gave them. */
  readonly challenges: ReadonlyMap<string, readonly Challenge[]>;
  /** What happened on the way, for whoever explains it. */
  readonly notes: CacheNotes;
}

/** What becomes known while the cache logs in. */
export interface CacheNotes {
  sentCredential: boolean;
  /** The last request carried a token. */
  sentToken: boolean;
  tokenAnswer: TokenAnswer | undefined;
  foreignRealm: string | undefined;
  /** A Bearer challenge that is allowed was used, and the credential was not, since it was bound to none or another text. */
  unboundRealm: string | undefined;
  lacksBasic: boolean;
  /** A challenge was met, and none was found for the place of a later request. */
  unasked: boolean;
}

/** The challenges of an answer, which count only with status 401. */
export function challengesOf(outcome: Outcome): readonly Challenge[] {
  return outcome.kind === "reply" && outcome.status === 401
    ? readChallenges(headersOf(outcome, "www-authenticate"))
    : [];
}

/** The realms for which the credential is kept, from the answer at the start (configureAuth). */
export function boundRealms(remoteURL: string, outcome: Outcome): ReadonlySet<string> {
  const realms = challengesOf(outcome).flatMap(({ scheme, parameters }) => {
    const realm = parameters.get("realm") ?? "";
    return scheme === "bearer" && realmAllowed(remoteURL, realm) ? [realm] : [];
  });
  return new Set(realms);
}

/** The place of a registry's root, under which its challenges are kept: scheme, host with its port, and path. */
export function placeOf(url: string): string | undefined {
  const parsed = parseUrl(url);
  const [, path] = /^(.*?\/v2\/)/.exec(parsed?.pathname ?? "") ?? [];
  const legacy = /^(.*?)\/v1\//.exec(parsed?.pathname ?? "")?.[1];
  const root = path ?? (legacy === undefined ? undefined : `${legacy}/v2/`);
  if (parsed === null || root === undefined) return undefined;
  return `${parsed.protocol}//${parsed.hostname}:${parsed.port || (parsed.protocol === "https:" ? 443 : 80)}${root}`;
}

/** The Authorization header of a request at a URL: Bearer challenges first, then Basic ones, the last of all stays. */
export async function authorizeAsCache(
  login: CacheLogin,
  url: string,
  scope: string | undefined,
): Promise<string | Failure | undefined> {
  const { credential, notes, remoteURL } = login;
  const place = placeOf(url);
  const met = place === undefined ? undefined : login.challenges.get(place);
  if (met === undefined) notes.unasked ||= login.challenges.size > 0;
  const challenges = (met ?? []).filter((it) => keeps(it, remoteURL, notes));
  let header: string | undefined;
  for (const challenge of challenges.filter((it) => it.scheme === "bearer")) {
    if (header !== undefined) continue; // The first token serves all.
    const answer = await tokenAsCache(login, challenge, scope);
    if (answer.kind !== "token") return answer.kind === "failure" ? answer : failure(url, "unsupported", "no token");
    header = `Bearer ${answer.token}`;
  }
  notes.sentToken = header !== undefined;
  if (!challenges.some((it) => it.scheme === "basic")) return header;
  notes.sentToken = false;
  if (credential === undefined) {
    notes.lacksBasic = true;
    return failure(url, "unsupported", "no basic auth credentials");
  }
  notes.sentCredential = true;
  return basicAuthorization(credential);
}

function keeps({ scheme, parameters }: Challenge, remoteURL: string, notes: CacheNotes): boolean {
  const realm = parameters.get("realm") ?? "";
  if (scheme !== "bearer" || realmAllowed(remoteURL, realm)) return true;
  notes.foreignRealm = realm;
  return false;
}

async function tokenAsCache(
  login: CacheLogin,
  { parameters }: Challenge,
  scope: string | undefined,
): Promise<TokenAnswer> {
  const { bound, credential, notes, send } = login;
  const realm = parameters.get("realm") ?? "";
  const keptFor = goUrlText(realm);
  const known = credential !== undefined && keptFor !== undefined && bound.has(keptFor) ? credential : undefined;
  if (known !== undefined) notes.sentCredential = true;
  else if (credential !== undefined) notes.unboundRealm = realm;
  notes.tokenAnswer = await askToken(send, {
    realm,
    service: parameters.get("service"),
    scope,
    account: known?.username,
    authorization: known && basicAuthorization(known),
  });
  return notes.tokenAnswer;
}
