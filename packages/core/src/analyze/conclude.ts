import { decodeBase64 } from "../encoding/base64.ts";
import type { Secret } from "../manifest/secret.ts";
import { rules } from "../rules/index.ts";
import type { ReferenceDraft } from "../rules/rule.ts";
import type { Finding, Related } from "../workspace/finding.ts";
import { type Garden, indexGarden } from "../workspace/garden.ts";
import type { Facts, KnownSecret, LiveSecret, Purpose, Reference } from "../workspace/workspace.ts";
import { emptyMap } from "../yaml/node.ts";
import { type PredictedFinding, type Reach, reachOf, withVerdicts } from "./admission.ts";
import { type FileReport, type ShootReport, secretFindings, toFinding } from "./inspect.ts";

/** Joins the reports of all files: judges references and Secrets against each other and gives each file its findings in order. */
export function conclude(reports: readonly FileReport[], facts: Facts = {}): ReadonlyMap<string, readonly Finding[]> {
  const references = reports.flatMap((it) => it.shoots.flatMap((shoot) => shoot.references));
  const garden = indexGarden(
    reports.flatMap((it) => it.secrets),
    references,
    facts.cluster,
  );
  const open = new Set<Reference>();
  const findings = new Map<string, readonly Finding[]>();
  for (const { uri, findings: own, shoots } of reports) {
    findings.set(uri, [...own, ...shoots.flatMap((it) => concludeShoot(it, garden, open))]);
  }
  // Only now it is known which references their webhook gets to look at.
  for (const { uri, secrets } of reports) {
    const onSecrets = secrets.flatMap((it) => concludeSecret(it, { garden, open, facts }));
    findings.set(uri, inOrder([...(findings.get(uri) ?? []), ...onSecrets]));
  }
  return findings;
}

function concludeShoot(shoot: ShootReport, garden: Garden, open: Set<Reference>): readonly Finding[] {
  if (shoot.broken) return [];
  const predicted = [...shoot.predicted, ...shoot.references.flatMap((it) => judgeReference(it, garden))];
  const reach = {
    "registry-cache": reachOf("registry-cache", predicted, shoot.unchanged["registry-cache"]),
    "registry-mirror": reachOf("registry-mirror", predicted, shoot.unchanged["registry-mirror"]),
  };
  for (const reference of shoot.references) if (reachedRules(reference, reach)) open.add(reference);
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

function judgeReference(reference: Reference, garden: Garden): readonly PredictedFinding[] {
  const findings: PredictedFinding[] = [];
  for (const rule of rules) {
    for (const draft of rule.checkReference?.(reference, garden) ?? []) {
      findings.push({
        finding: toFinding(rule, { uri: reference.uri, text: "" }, draft),
        prediction: denial(reference, draft),
      });
    }
  }
  const { target, namespace } = reference;
  if (target === undefined || garden.manifestsOf(target.name, namespace).length > 0) return findings;
  const live = garden.live(target.name, namespace);
  return typeof live === "string" ? findings : [...findings, ...judgeLive(reference, live, target.span)];
}

function denial({ purpose, field }: Reference, { denied }: ReferenceDraft): PredictedFinding["prediction"] {
  return denied ? { webhook: webhookOf(purpose), step: "lookup", type: "Denied", field } : undefined;
}

/** A Secret that only the garden has is judged by the same rules; its findings lie where the Shoot names it. */
function judgeLive(reference: Reference, live: LiveSecret, span: Reference["span"]): readonly PredictedFinding[] {
  const { purpose, uri, field } = reference;
  const findings = secretFindings(fromLive(live, uri, span), purpose).filter((it) => !it.ifCommitted);
  return findings.map(({ finding, denied }) => {
    return {
      finding,
      prediction: denied ? { webhook: webhookOf(purpose), step: "rules", type: "Invalid", field } : undefined,
    };
  });
}

function fromLive(
  { name, namespace, immutable, type, data }: LiveSecret,
  uri: string,
  span: Reference["span"],
): Secret {
  const place = { span, path: "", node: { type: "scalar", span, style: "empty", text: "", value: null } } as const;
  return {
    uri,
    text: "",
    form: "Secret",
    root: emptyMap,
    name,
    nameSpan: span,
    namespace,
    type: type === undefined ? undefined : { ...place, value: type },
    immutable: immutable === undefined ? undefined : { ...place, value: immutable },
    own: emptyMap,
    immutablePath: undefined,
    nameSuffixHash: false,
    entries: Object.entries(data).map(([key, value]) => ({
      key,
      keySpan: span,
      from: "data",
      bytes: decodeBase64(value),
      written: undefined,
    })),
    keysKnown: true,
    schemaProblems: [],
  };
}

interface SecretContext {
  readonly garden: Garden;
  readonly open: ReadonlySet<Reference>;
  readonly facts: Facts;
}

function concludeSecret(secret: KnownSecret, { garden, open, facts }: SecretContext): readonly Finding[] {
  const references = garden.referencesTo(secret);
  const purposes: readonly (Purpose | undefined)[] =
    references.length > 0 ? [...new Set(references.map((it) => it.purpose))] : [secret.looksLike];
  return purposes.flatMap((purpose) => {
    if (purpose === undefined) return [];
    const users = references.filter((it) => it.purpose === purpose);
    const first = users.find((it) => open.has(it));
    const counted = secret.findings[purpose].filter(
      (it) => !it.ifCommitted || facts.committed?.has(secret.uri) === true,
    );
    return counted.map(({ finding, denied }) => {
      const related = [...finding.related, ...users.map(toRelated)];
      const admission = denied && first ? { admission: { type: "Invalid", field: first.field } as const } : {};
      return { ...finding, related, ...admission };
    });
  });
}

function toRelated({ uri, span, upstream, shootName }: Reference): Related {
  return { uri, span, message: `used for ${upstream ?? "an upstream"} by Shoot ${shootName ?? "without a name"}` };
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
