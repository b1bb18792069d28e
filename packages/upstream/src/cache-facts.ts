import type { CacheAnswer, CacheQuestion } from "./ask-cache.ts";
import { waitFor } from "./client-facts.ts";
import { fact, type ProbeFact, shownUrl } from "./facts.ts";
import type { Outcome } from "./outcome.ts";

/** What Distribution 3.1.1 will do, one fact for each question. */
export function cacheFacts(answer: CacheAnswer, question: CacheQuestion): readonly ProbeFact[] {
  const starts = startFact(answer);
  const rest = answer.fatal === undefined ? [sendFact(answer, question)] : [];
  const pulls = pullFact(answer, question);
  const broken = answer.pulls === "no" && answer.fatal === undefined && answer.sends !== "not-asked";
  return [starts, ...rest, pulls, ...(broken ? [symptom] : []), ...(answer.fatal ? [crashSymptom] : [])];
}

const symptom = fact(
  "symptom",
  "info",
  "in the cluster this shows as 404 Not Found for a tag and as 500 for a digest, while images that are in the cache are still served; nodes then pull from the upstream themselves, or fail with its 401",
);

const crashSymptom = fact(
  "symptom",
  "info",
  "in the cluster the pod of the cache restarts for ever, and nodes pull from the upstream themselves",
);

function startFact({ fatal }: CacheAnswer): ProbeFact {
  if (fatal === undefined) return fact("cache-starts", "yes", "the cache starts");
  if (fatal.kind === "configuration") {
    const evidence = `the ${fatal.part} makes the configuration of the cache invalid YAML`;
    return fact("cache-starts", "no", evidence, `use a credential whose ${fatal.part} needs no quotes in YAML`);
  }
  const { reason, url, message } = fatal.failure;
  const next =
    reason === "untrusted" ? "the cache has no field for an authority: use a certificate of a public one" : undefined;
  return fact("cache-starts", "no", `the first request of the cache fails, ${shownUrl(url)}: ${message}`, next);
}

function sendFact(answer: CacheAnswer, { credential: given, remoteURL }: CacheQuestion): ProbeFact {
  const { credential, sends, notes } = answer;
  if (given === undefined) return fact("cache-sends", "info", "there is no credential to send");
  if (credential.kind === "dropped" || credential.kind === "none") {
    const evidence = credential.kind === "none" ? "one of its parts is empty" : "YAML reads the username as empty";
    return fact(
      "cache-sends",
      "no",
      `the cache has no credential: ${evidence}`,
      "use a credential with another username",
    );
  }
  if (notes.foreignRealm !== undefined && sends === "no") {
    const evidence = `the token server ${shownUrl(notes.foreignRealm)} is on another domain than ${shownUrl(remoteURL)}, so the cache drops its challenge`;
    return fact(
      "cache-sends",
      "no",
      evidence,
      "use a registry whose token server is on its own domain; other clients do log in",
    );
  }
  if (notes.unboundRealm !== undefined && sends === "no") return unboundFact(remoteURL, notes.unboundRealm);
  if (sends === "no") return fact("cache-sends", "no", noReason(answer));
  if (sends === "not-asked")
    return fact("cache-sends", "info", "the upstream asks for no login, so the cache sends no credential");
  if (credential.kind !== "altered") return fact("cache-sends", "yes", "the cache sends this credential");
  const evidence = `the cache sends another ${credential.part}: YAML reads ${credential.part === "password" ? "its line ends as blanks" : "it differently"}`;
  return fact("cache-sends", "no", evidence, `write the ${credential.part} without what YAML changes`);
}

function unboundFact(remoteURL: string, realm: string): ProbeFact {
  const slash = remoteURL.endsWith("/");
  const evidence = slash
    ? "with a slash at the end of remoteURL the cache asks for //v2/ at its start, where it does not meet the token server"
    : `the cache keeps no credential for the token server ${shownUrl(realm)}, whose address was another at its start, or is written in a form that Go changes`;
  return fact(
    "cache-sends",
    "no",
    evidence,
    slash ? "remove the slash" : "let the registry name its token server in one normal form",
  );
}

function noReason({ notes, start, last }: CacheAnswer): string {
  if (notes.unasked) return "the login is asked for at another place than the images, so the cache sends nothing";
  if (last?.kind === "failure") return `${shownUrl(last.url)}: ${last.message}`;
  const status = start?.kind === "reply" ? ` (status ${start.status})` : "";
  return `the upstream does not ask for a login in a way that the cache knows${status}`;
}

function pullFact(answer: CacheAnswer, { image }: CacheQuestion): ProbeFact {
  const { pulls, fatal, manifest, last, notes } = answer;
  if (fatal !== undefined) return fact("cache-pulls", "no", "the cache does not start");
  if (pulls === "yes") return fact("cache-pulls", "yes", "the cache will be able to pull the image");
  if (pulls === "unknown") {
    return fact(
      "cache-pulls",
      "unknown",
      "the cache gets in; whether it may pull an image was not tried",
      "name one with --repository",
    );
  }
  if (manifest !== undefined) return fact("cache-pulls", "no", manifest);
  if (notes.lacksBasic)
    return fact("cache-pulls", "no", "the upstream wants a login by Basic, and the cache has no credential");
  const { tokenAnswer } = notes;
  if (tokenAnswer !== undefined && tokenAnswer.kind !== "token")
    return fact("cache-pulls", "no", tokenProblem(tokenAnswer));
  return fact(
    "cache-pulls",
    "no",
    lastProblem(last, image !== undefined),
    last?.kind === "reply" && last.status === 429 ? waitFor(last) : undefined,
  );
}

function tokenProblem(answer: NonNullable<CacheAnswer["notes"]["tokenAnswer"]>): string {
  if (answer.kind === "failure") return `the cache gets no token: ${answer.message}`;
  if (answer.kind === "unusable") return `the cache gets no token: ${answer.message}`;
  return answer.kind === "refused" ? `the cache gets no token: status ${answer.reply.status}` : "";
}

function lastProblem(last: Outcome | undefined, named: boolean): string {
  if (last === undefined) return "the cache gets no answer";
  if (last.kind === "failure") return `the cache gets no answer: ${last.message}`;
  return `the upstream answers the cache with status ${last.status}${named ? " for the image" : ""}`;
}
