import {
  conclude,
  type Facts,
  inspect,
  inspectSettings,
  type KnownSecret,
  type PreviousShoot,
  type Rule,
  readManifests,
  readSettings,
  rules,
  summarizeLive,
  summarizePrevious,
} from "@registry-cache/core";

/** A rule as a list of rules shows it. */
export interface RuleDescription {
  readonly code: string;
  readonly name: string;
  readonly severity: string;
  /** Whether --fix mends it, a person must choose, or neither. */
  readonly fix: "yes" | "choice" | "no";
  readonly summary: string;
}

/** Describes every rule, in the order of their codes. */
export function describeRules(): readonly RuleDescription[] {
  return rules.map(describeRule);
}

/** Describes one rule. */
export function describeRule(rule: Rule): RuleDescription {
  const { code, name, severity, docs } = rule;
  return { code, name, severity, fix: fixOf(rule), summary: docs.summary };
}

/** Only the rule's example knows: it is checked like any file, with Shoots that use its Secrets. */
function fixOf({ code, example }: Rule): RuleDescription["fix"] {
  const uri = "example.yaml";
  const previous = example.previous === undefined ? undefined : readPreviousShoot(example.previous, example.live);
  const { policies } = readSettings("settings.yaml", example.settings ?? "").settings;
  const report = example.isSettings
    ? inspectSettings(readSettings(uri, example.bad))
    : inspect(readManifests(uri, example.bad), () => previous, policies);
  const users = report.secrets.map((it) => inspect(readManifests("user.yaml", userOf(it))));
  const facts: Facts = {
    ...(example.garden === undefined ? {} : { cluster: example.garden }),
    ...(example.committed ? { committed: new Set([uri]) } : {}),
  };
  const findings = conclude([report, ...users], facts).get(uri) ?? [];
  const fixes = findings.filter((it) => it.code === code).flatMap((it) => it.fixes);
  if (fixes.some((it) => it.safe)) return "yes";
  return fixes.length > 0 ? "choice" : "no";
}

/** A Shoot that uses a Secret for what it looks like: what nobody uses is not mended blind. */
function userOf({ name, looksLike }: KnownSecret): string {
  const [type, config] =
    looksLike === "ca-bundle"
      ? ["registry-mirror", { mirrors: [{ upstream: "quay.io", hosts: [{ caBundleSecretReferenceName: "a" }] }] }]
      : ["registry-cache", { caches: [{ upstream: "quay.io", secretReferenceName: "a" }] }];
  const resources = [{ name: "a", resourceRef: { apiVersion: "v1", kind: "Secret", name } }];
  return JSON.stringify({ kind: "Shoot", spec: { extensions: [{ type, providerConfig: config }], resources } });
}

function readPreviousShoot(text: string, live: boolean | undefined): PreviousShoot | undefined {
  const [shoot] = readManifests("previous.yaml", text).documents.flatMap((it) => it.shoots);
  return shoot && (live ? summarizeLive : summarizePrevious)(shoot);
}
