import type { Policies } from "../manifest/settings.ts";
import { rules } from "../rules/index.ts";
import type { ReferenceDraft } from "../rules/rule.ts";
import type { Finding } from "../workspace/finding.ts";
import type { Garden } from "../workspace/garden.ts";
import type { LiveSecret, Purpose, Reference } from "../workspace/workspace.ts";
import { type PredictedFinding, type Reach, reachOf, withVerdicts } from "./admission.ts";
import type { ShootReport } from "./inspect.ts";
import { secretFindings } from "./inspect-secret.ts";
import { fromLive } from "./live-secret.ts";
import { toFinding } from "./to-finding.ts";

/** What a Shoot is judged against. */
export interface ShootContext {
  readonly garden: Garden;
  readonly policies: Policies;
}

/** The findings of a Shoot, and those of its references that their webhook gets to look at. */
export interface JudgedShoot {
  readonly findings: readonly Finding[];
  readonly open: readonly Reference[];
}

const referenceRules = rules.flatMap((rule) => {
  const { checkReference: check } = rule;
  return check === undefined ? [] : [{ rule, check }];
});
const nothing: JudgedShoot = { findings: [], open: [] };

/** Judges the references of a Shoot and settles what admission would say of the whole. */
export function judgeShoot(shoot: ShootReport, context: ShootContext): JudgedShoot {
  if (shoot.broken) return nothing;
  const predicted = [...shoot.predicted, ...shoot.references.flatMap((it) => judgeReference(it, context))];
  const reach = {
    "registry-cache": reachOf("registry-cache", predicted, shoot.unchanged["registry-cache"]),
    "registry-mirror": reachOf("registry-mirror", predicted, shoot.unchanged["registry-mirror"]),
  };
  return {
    findings: withVerdicts(predicted, reach),
    open: shoot.references.filter((it) => reachedRules(it, reach)),
  };
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
  for (const { rule, check } of referenceRules) {
    for (const draft of check(reference, garden, policies)) {
      findings.push({
        finding: toFinding(rule, { uri: reference.uri, text: "" }, draft),
        prediction: denial(reference, draft),
      });
    }
  }
  const { target, namespace } = reference;
  if (target === undefined || garden.isWritten(target.name, namespace)) return findings;
  const live = garden.live(target.name, namespace);
  return typeof live === "string" || live.data === undefined
    ? findings
    : [...findings, ...judgeLive(reference, live, policies)];
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
