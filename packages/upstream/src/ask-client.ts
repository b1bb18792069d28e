import { type Challenge, readAllChallenges } from "./challenge.ts";
import { basicAuthorization, type Credential } from "./credential.ts";
import { follow } from "./follow.ts";
import { type Image, manifestTypes } from "./manifest.ts";
import { headerOf, headersOf, type Outcome, type Reply } from "./outcome.ts";
import { askToken, type TokenAnswer } from "./token.ts";
import type { Send } from "./wire.ts";

/** What a client that does everything right asks a registry. */
export interface ClientQuestion {
  readonly remoteURL: string;
  readonly credential: Credential | undefined;
  readonly image: Image | undefined;
}

/** What it finds. */
export interface ClientAnswer {
  /** The answer to the first request, which carries nothing. */
  readonly root: Outcome;
  /** How the registry wants a login; "none" where it wants none, "unknown" where no client knows how. */
  readonly wants: "basic" | "bearer" | "none" | "unknown";
  readonly challenges: readonly Challenge[];
  /** The answer to the login: of the token server, or of the registry with Basic. */
  readonly login: TokenAnswer | undefined;
  readonly basic: Outcome | undefined;
  /** The answer to the request for the image. */
  readonly manifest: Outcome | undefined;
}

/** Asks as Docker or containerd would. */
export async function askClient(send: Send, question: ClientQuestion): Promise<ClientAnswer> {
  const base = question.remoteURL.replace(/\/$/, "");
  const root = await follow(send, { method: "GET", url: `${base}/v2/`, bodyLimit: 0 });
  const challenges =
    root.kind === "reply" && root.status === 401 ? readAllChallenges(headersOf(root, "www-authenticate")) : [];
  const wants = wantedBy(root, challenges);
  const answer = { root, challenges, wants, login: undefined, basic: undefined, manifest: undefined } as const;
  if (root.kind === "failure") return answer;
  const { credential, image } = question;
  const ask = (authorization: string | undefined): Promise<Outcome | undefined> =>
    askManifest(send, base, image, authorization);
  if (wants === "bearer") {
    const login = await askBearer(send, challenges, question);
    const manifest = login?.kind === "token" ? await ask(`Bearer ${login.token}`) : undefined;
    return { ...answer, login, manifest };
  }
  const authorization = wants === "basic" && credential ? basicAuthorization(credential) : undefined;
  const basic = authorization
    ? await follow(send, { method: "GET", url: `${base}/v2/`, authorization, bodyLimit: 0 })
    : undefined;
  return { ...answer, basic, manifest: await ask(authorization) };
}

function wantedBy(root: Outcome, challenges: readonly Challenge[]): ClientAnswer["wants"] {
  if (root.kind === "failure" || root.status !== 401) return "none";
  return (["bearer", "basic"] as const).find((scheme) => challenges.some((it) => it.scheme === scheme)) ?? "unknown";
}

function askBearer(
  send: Send,
  challenges: readonly Challenge[],
  { credential, image }: ClientQuestion,
): Promise<TokenAnswer> {
  const parameters = challenges.find((it) => it.scheme === "bearer")?.parameters;
  const used = credential && credential.username !== "" && credential.password !== "" ? credential : undefined;
  return askToken(send, {
    realm: parameters?.get("realm") ?? "",
    service: parameters?.get("service"),
    scope: image && `repository:${image.name}:pull`,
    account: used?.username,
    authorization: used && basicAuthorization(used),
  });
}

async function askManifest(
  send: Send,
  base: string,
  image: Image | undefined,
  authorization: string | undefined,
): Promise<Outcome | undefined> {
  if (image === undefined) return undefined;
  const url = `${base}/v2/${image.name}/manifests/${image.reference}`;
  // HEAD, since Docker Hub counts each GET of a manifest as a pull.
  const head = await follow(send, { method: "HEAD", url, authorization, accept: manifestTypes, bodyLimit: 0 });
  const knowsHead = head.kind === "failure" || ![400, 405, 501].includes(head.status);
  return knowsHead
    ? head
    : follow(send, { method: "GET", url, authorization, accept: manifestTypes, bodyLimit: 4 << 20 });
}

/** Whether an answer looks like one of a registry; undefined where it could be anything. */
export function looksLikeRegistry(reply: Reply): boolean | undefined {
  const isNamed = headerOf(reply, "docker-distribution-api-version")?.includes("registry/2.0") === true;
  if (isNamed || (reply.status === 401 && headersOf(reply, "www-authenticate").length > 0)) return true;
  if (reply.status === 429 || reply.status >= 500) return undefined;
  if (reply.status !== 200) return false;
  return /^application\/json\b/.test(headerOf(reply, "content-type") ?? "") ? true : undefined;
}
