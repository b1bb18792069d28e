import { printable } from "@registry-cache/core";
import type { CacheProbe } from "./probe.ts";
import { withoutLogins } from "./without-logins.ts";

/** How words of a probe are marked. */
export interface ProbePaint {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

const same = (text: string): string => text;

/** Marks nothing. */
export const plainPaint: ProbePaint = { red: same, green: same, yellow: same, bold: same, dim: same };

type Report = CacheProbe["report"];
type Fact = Report["facts"][number];

/** What a probe found, one line for each fact, with what to do below it and the verdict last. `toBeSure` says how to prove more. */
export function renderProbe(
  probe: CacheProbe,
  paint: ProbePaint,
  toBeSure = "Name an image with --repository to be sure.",
): string {
  const { upstream, remoteURL, shoot, credential, image, report } = probe;
  const about = [
    `remote URL ${withoutLogins(remoteURL)}`,
    `credential: ${credential}`,
    ...(shoot ? [`Shoot ${shoot}`] : []),
    ...(image ? [`image ${image}`] : []),
  ];
  return [
    `${paint.bold(printable(upstream))} (${printable(about.join(", "))})`,
    ...report.facts.flatMap((it) => renderFact(it, paint)),
    `${verdictText(report, paint, toBeSure)}\n`,
  ].join("\n");
}

/** Some facts, one line for each. */
export function renderFacts(facts: readonly Fact[], paint: ProbePaint): string {
  return facts.flatMap((it) => renderFact(it, paint).map((line) => `${line}\n`)).join("");
}

const questions: { readonly [id in Fact["id"]]: string } = {
  reachable: "reachable",
  registry: "is a registry",
  login: "login accepted",
  pull: "may pull",
  "cache-starts": "cache starts",
  "cache-sends": "cache sends it",
  "cache-pulls": "cache can pull",
  kind: "kind",
  expiry: "expiry",
  "rate-limit": "rate limit",
  symptom: "what you would see",
  "measured-from": "measured from",
};
const width = Math.max(...Object.values(questions).map((it) => it.length));

function renderFact({ id, status, evidence, next }: Fact, paint: ProbePaint): readonly string[] {
  const words = { yes: paint.green("yes"), no: paint.red("no "), unknown: paint.yellow("?  "), info: "-  " };
  const line = `  ${words[status]}  ${questions[id].padEnd(width)}  ${printable(evidence)}`;
  return next === undefined ? [line] : [line, `       ${" ".repeat(width)}  ${paint.dim(`next: ${printable(next)}`)}`];
}

function verdictText({ verdict }: Report, paint: ProbePaint, toBeSure: string): string {
  switch (verdict) {
    case "can-pull":
      return paint.green("The cache will be able to pull.");
    case "unknown":
      return paint.green(`Nothing speaks against it. ${toBeSure}`);
    case "cannot-pull":
      return paint.red("The cache will not be able to pull.");
    case "unreachable":
      return paint.red("The upstream cannot be reached from here.");
  }
}
