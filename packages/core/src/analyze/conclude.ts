import type { Policies } from "../manifest/settings.ts";
import { rules } from "../rules/index.ts";
import type { ReferenceDraft } from "../rules/rule.ts";
import type { Finding } from "../workspace/finding.ts";
import { type Garden, indexGarden } from "../workspace/garden.ts";
import { isIgnored } from "../workspace/ignore.ts";
import type { Facts, LiveSecret, Purpose, Reference } from "../workspace/workspace.ts";
import { type PredictedFinding, type Reach, reachOf, withVerdicts } from "./admission.ts";
import { type FileReport, type ShootReport, secretFindings } from "./inspect.ts";
import { judgeSecret } from "./judge-secret.ts";
import { fromLive } from "./live-secret.ts";
import { toFinding } from "./to-finding.ts";

/** What all files come to: the findings of each, and how many others comments ignore. */
export interface Conclusion {
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly ignored: number;
}

const referenceRules = rules.filter((it) => it.checkReference !== undefined);

/** Joins the reports of all files: judges references and Secrets against each other and gives each file its findings in order. */
export function conclude(reports: readonly FileReport[], facts: Facts = {}): ReadonlyMap<string, readonly Finding[]> {
  return concludeCounting(reports, facts).findings;
}

/** Does what `conclude` does, and counts what comments ignore. */
export function concludeCounting(reports: readonly FileReport[], facts: Facts = {}): Conclusion {
  const all = judgeAll(reports, facts);
  let ignored = 0;
  const kept = new Map(all);
  for (const { uri, ignores } of reports) {
    if (ignores.length === 0) continue;
    const found = all.get(uri) ?? [];
    const left = found.filter((it) => !isIgnored(ignores, it));
    ignored += found.length - left.length;
    kept.set(uri, left);
  }
  return { findings: kept, ignored };
}

function judgeAll(reports: readonly FileReport[], facts: Facts): ReadonlyMap<string, readonly Finding[]> {
  const references = reports.flatMap((it) => it.shoots.flatMap((shoot) => shoot.references));
  const garden = indexGarden(
    reports.flatMap((it) => it.secrets),
    references,
    facts.cluster,
  );
  const open = new Set<Reference>();
  const anyShoot = reports.some((it) => it.shoots.length > 0);
  const findings = new Map<string, readonly Finding[]>();
  for (const { uri, findings: own, shoots, policies } of reports) {
    const context = { garden, open, policies };
    findings.set(uri, [...own, ...shoots.flatMap((it) => concludeShoot(it, context))]);
  }
  // Only now it is known which references their webhook gets to look at.
  for (const { uri, secrets } of reports) {
    const onSecrets = secrets.flatMap((it) => judgeSecret(it, { garden, open, facts, anyShoot }));
    findings.set(uri, inOrder([...(findings.get(uri) ?? []), ...onSecrets]));
  }
  return findings;
}

interface ShootContext {
  readonly garden: Garden;
  readonly open: Set<Reference>;
  readonly policies: Policies;
}

function concludeShoot(shoot: ShootReport, context: ShootContext): readonly Finding[] {
  if (shoot.broken) return [];
  const predicted = [...shoot.predicted, ...shoot.references.flatMap((it) => judgeReference(it, context))];
  const reach = {
    "registry-cache": reachOf("registry-cache", predicted, shoot.unchanged["registry-cache"]),
    "registry-mirror": reachOf("registry-mirror", predicted, shoot.unchanged["registry-mirror"]),
  };
  for (const reference of shoot.references) if (reachedRules(reference, reach)) context.open.add(reference);
  return withVerdicts(predicted, reach);
}

function reachedRules(
  { purpose }: Reference,
  reach: { readonly [webhook in "registry-cache" | "registry-mirror"]: Reach },
): boolean {
  return reach[webhookOf(purpose)] === "rules";
}

function webhookOf(purpose: Purpose): "registry-cache" | "registry-mirror" {
  return purpose === "credentials" ? "registry-cache" : "registry-mirror";
}

function judgeReference(reference: Reference, { garden, policies }: ShootContext): readonly PredictedFinding[] {
  const findings: PredictedFinding[] = [];
  for (const rule of referenceRules) {
    for (const draft of rule.checkReference?.(reference, garden, policies) ?? []) {
      findings.push({
        finding: toFinding(rule, { uri: reference.uri, text: "" }, draft),
        prediction: denial(reference, draft),
      });
    }
  }
  const { target, namespace } = reference;
  if (target === undefined || garden.manifestsOf(target.name, namespace).length > 0) return findings;
  const live = garden.live(target.name, namespace);
  return typeof live === "string" ? findings : [...findings, ...judgeLive(reference, live, policies)];
}

function denial({ purpose, field }: Reference, { denied }: ReferenceDraft): PredictedFinding["prediction"] {
  return denied ? { webhook: webhookOf(purpose), step: "lookup", type: "Denied", field } : undefined;
}

/** A Secret that only the garden has is judged by the same rules; its findings lie where the Shoot names it. */
function judgeLive(reference: Reference, live: LiveSecret, policies: Policies): readonly PredictedFinding[] {
  const { purpose, uri, field, span, target } = reference;
  const findings = secretFindings(fromLive(live, uri, target?.span ?? span), purpose, policies).filter(
    (it) => !it.ifCommitted,
  );
  return findings.map(({ finding, denied }) => {
    return {
      finding,
      prediction: denied ? { webhook: webhookOf(purpose), step: "rules", type: "Invalid", field } : undefined,
    };
  });
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const sorted = [...findings].sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compare(a.code, b.code),
  );
  return sorted.filter((it, index) => !sorted.slice(Math.max(0, index - 8), index).some((other) => isSame(it, other)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Text seen twice through an alias gives a finding each time; a person needs it once, unless admission names two fields. */
function isSame(a: Finding, b: Finding): boolean {
  return (
    a.code === b.code &&
    a.span.start === b.span.start &&
    a.message === b.message &&
    a.admission?.field === b.admission?.field &&
    a.admission?.type === b.admission?.type
  );
}
