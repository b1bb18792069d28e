import type { ClientAnswer, ClientQuestion } from "./ask-client.ts";
import { looksLikeRegistry } from "./ask-client.ts";
import { fact, type ProbeFact, shownUrl } from "./facts.ts";
import { manifestProblem } from "./manifest.ts";
import { type Failure, headerOf, type Outcome, type Reply } from "./outcome.ts";
import { serverWords } from "./server-words.ts";

/** What the answers to a correct client say, one fact for each question. */
export function clientFacts(answer: ClientAnswer, question: ClientQuestion): readonly ProbeFact[] {
  const { root } = answer;
  if (root.kind === "failure") return [unreachable(root)];
  const reachable = fact("reachable", "yes", `${shownUrl(root.url)} answers with status ${root.status}`);
  return [reachable, registryFact(root), loginFact(answer, question), ...pullFact(answer, question)];
}

/** Whether a failure means that no way leads to the upstream from here, which may differ elsewhere. */
export function isUnreachable({ reason }: Failure): boolean {
  return ["name", "refused", "unreachable", "timeout", "proxy"].includes(reason);
}

function unreachable({ url, message, reason }: Failure): ProbeFact {
  const next = advice.get(reason);
  return fact(
    "reachable",
    isUnreachable({ reason } as Failure) ? "no" : "unknown",
    `${shownUrl(url)}: ${message}`,
    next,
  );
}

const advice: ReadonlyMap<Failure["reason"], string> = new Map([
  ["name", "check the upstream and its remoteURL for a misspelling"],
  ["refused", "check the port of the remoteURL, and that the registry runs"],
  ["untrusted", "give the authority with --ca-file to look further; the cache itself trusts public authorities only"],
  ["not-tls", "use http:// in the remoteURL, or let the registry speak TLS"],
  ["closed", "use https:// in the remoteURL if the registry speaks TLS"],
  ["proxy", "check the proxy of the cache, or give another with --proxy"],
]);

function registryFact(root: Reply): ProbeFact {
  const looks = looksLikeRegistry(root);
  const at = `${shownUrl(root.url)} answers with status ${root.status}`;
  if (looks === true) return fact("registry", "yes", at);
  if (looks === undefined) return fact("registry", "unknown", `${at}, which any server may do`);
  return fact(
    "registry",
    "no",
    `${at}, a registry would answer with 200 or 401`,
    "check the upstream and its remoteURL",
  );
}

function loginFact(answer: ClientAnswer, { credential }: ClientQuestion): ProbeFact {
  const { wants, login, basic } = answer;
  if (wants === "none") return fact("login", "info", "the registry asks for no login, so no credential was tried");
  if (wants === "unknown") {
    const schemes = answer.challenges.map((it) => it.scheme).join(", ") || "nothing";
    return fact("login", "no", `the registry offers ${schemes}; the cache knows Bearer and Basic only`);
  }
  if (credential === undefined && wants === "basic")
    return fact("login", "no", "the registry wants a login by Basic, and there is no credential");
  if (basic !== undefined) return basicFact(basic);
  return login === undefined ? fact("login", "unknown", "no login was tried") : tokenFact(login, credential);
}

function basicFact(basic: Outcome): ProbeFact {
  if (basic.kind === "failure") return fact("login", "unknown", basic.message);
  if (basic.status === 401)
    return fact("login", "no", "the registry refuses the credential (Basic, status 401)", wrongCredential);
  const accepted = basic.status >= 200 && basic.status < 300;
  return fact(
    "login",
    accepted ? "yes" : "unknown",
    `the registry answers to the credential with status ${basic.status} (Basic)`,
  );
}

const wrongCredential = "check username and password with who issued them";

function tokenFact(login: NonNullable<ClientAnswer["login"]>, credential: ClientQuestion["credential"]): ProbeFact {
  if (login.kind === "failure")
    return fact("login", "unknown", `the token server ${shownUrl(login.url)}: ${login.message}`);
  if (login.kind === "unusable")
    return fact("login", "unknown", `the token server ${shownUrl(login.reply.url)}: ${login.message}`);
  if (login.kind === "token") {
    return credential === undefined
      ? fact("login", "info", "the token server gives a token to anybody; what it opens depends on the repository")
      : fact("login", "yes", "the token server accepts the credential");
  }
  const { reply } = login;
  const words = serverWords(reply, credential);
  const evidence = `the token server ${shownUrl(reply.url)} answers with status ${reply.status}${words}`;
  const refuses = reply.status === 401 || reply.status === 403;
  return fact("login", refuses ? "no" : "unknown", evidence, refuses ? wrongCredential : waitFor(reply));
}

function pullFact(
  { manifest, login, root }: ClientAnswer,
  { image, credential }: ClientQuestion,
): readonly ProbeFact[] {
  if (image === undefined)
    return [fact("pull", "unknown", "no image was named", "name one with --repository to prove the right to pull it")];
  const shown = `${image.name}${image.reference.includes(":") ? "@" : ":"}${image.reference}`;
  if (manifest === undefined) {
    const reason = login?.kind === "token" ? "it was not asked for" : "the login failed";
    return [
      fact(
        "pull",
        login === undefined || root.kind === "failure" ? "unknown" : "no",
        `${shown} cannot be pulled: ${reason}`,
      ),
    ];
  }
  if (manifest.kind === "failure") return [fact("pull", "unknown", `${shown}: ${manifest.message}`)];
  return [pullVerdict(manifest, shown, credential)];
}

function pullVerdict(manifest: Reply, shown: string, credential: ClientQuestion["credential"]): ProbeFact {
  const { status } = manifest;
  const problem = status === 200 ? manifestProblem(manifest) : undefined;
  if (problem !== undefined) return fact("pull", "no", `${shown}: ${problem}`);
  if (status === 200) return fact("pull", "yes", `${shown} can be pulled`);
  const evidence = `${shown} is answered with status ${status}${serverWords(manifest, credential)}`;
  if (status === 404)
    return fact(
      "pull",
      "no",
      evidence,
      "check the name and the tag; some registries say this when the right to pull is missing, too",
    );
  if (status === 401 || status === 403)
    return fact("pull", "no", evidence, "let the credential pull from this repository");
  return fact("pull", "unknown", evidence, waitFor(manifest));
}

/** What to do about an answer that says "not now". */
export function waitFor(reply: Reply): string {
  const again = `try again ${retryAfter(headerOf(reply, "retry-after") ?? "")}`;
  return reply.status === 429 ? `too many requests, ${again}` : again;
}

/** A server may say for how long or until when (RFC 9110, 10.2.3); whatever is neither is not shown. */
function retryAfter(value: string): string {
  if (/^\d{1,6}$/.test(value)) return `after ${value} s`;
  return /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(value) ? `after ${value}` : "later";
}
