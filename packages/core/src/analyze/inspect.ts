import type { NameAffix } from "../manifest/kustomization.ts";
import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import type { Secret } from "../manifest/secret.ts";
import type { Policies } from "../manifest/settings.ts";
import type { Shoot } from "../manifest/shoot.ts";
import { rules } from "../rules/index.ts";
import type { Webhook } from "../rules/rule.ts";
import { needsOf } from "../rules/shoot-needs.ts";
import { flat } from "../text/flat.ts";
import type { Finding } from "../workspace/finding.ts";
import type { Ignore } from "../workspace/ignore.ts";
import type { ShootOutline } from "../workspace/outline.ts";
import { canonicalConfig, type PreviousShoot } from "../workspace/previous.ts";
import type { KnownSecret, Purpose, Reference, SecretFinding } from "../workspace/workspace.ts";
import type { PredictedFinding } from "./admission.ts";
import { inspectIgnores } from "./inspect-ignores.ts";
import { looksLike } from "./looks-like.ts";
import { type AliasesOf, aliasesIn, outlineShoot, writtenName } from "./outline.ts";
import { referencesOf } from "./references.ts";
import { toFinding } from "./to-finding.ts";

/** All that is to be known of one file without the others: plain data that holds nothing of the file's text alive. */
export interface FileReport {
  readonly uri: string;
  readonly findings: readonly Finding[];
  readonly shoots: readonly ShootReport[];
  readonly secrets: readonly KnownSecret[];
  /** What kustomizations put around the names of Secrets, here or elsewhere. */
  readonly affixes: readonly NameAffix[];
  /** Its Shoots as others show them and change them; empty where nobody asks for it. */
  readonly outlines: readonly ShootOutline[];
  /** What comments of the file ignore. */
  readonly ignores: readonly Ignore[];
  /** What the settings of the file's folder ask for. */
  readonly policies: Policies;
}

const noPolicies: Policies = {};

/** A Shoot's own findings, and its references, which need the rest of the workspace to be judged. */
export interface ShootReport {
  readonly predicted: readonly PredictedFinding[];
  readonly references: readonly Reference[];
  /** The webhooks that would allow this update unseen, since it leaves their configuration as it was. */
  readonly unchanged: { readonly [webhook in Webhook]: boolean };
  /** The document cannot be read as a whole, so nothing is said of what it seems to say. */
  readonly broken: boolean;
}

/** Gives the version of a Shoot before an update, or undefined when it is new. */
export type PreviousOf = (shoot: Shoot) => PreviousShoot | undefined;

// Most rules have one check of the three: asking each rule for each costs more than many a check.
const documentRules = rules.filter((it) => it.checkDocument !== undefined);
const shootRules = rules.filter((it) => it.checkShoot !== undefined);
const secretRules = rules.filter((it) => it.checkSecret !== undefined);

/** What is found in one document of a file. */
export type DocumentReport = Pick<FileReport, "findings" | "shoots" | "secrets" | "outlines" | "affixes">;

/** Checks one file by itself. */
export function inspect(
  file: ManifestFile,
  previousOf: PreviousOf = () => undefined,
  policies: Policies = noPolicies,
): FileReport {
  const reports = file.documents.map((it) => inspectDocument(it, previousOf, policies));
  return joinDocuments(file, reports, policies);
}

/** Checks one document of a file. */
export function inspectDocument(
  document: ManifestDocument,
  previousOf: PreviousOf,
  policies: Policies,
): DocumentReport {
  const broken = isBroken(document);
  const aliasesOf = aliasesIn(document);
  return {
    findings: documentFindings(document),
    shoots: document.shoots.map((it) => inspectShoot(it, broken, previousOf(it), policies)),
    secrets: document.secrets.map((it) => inspectSecret(it, { broken, policies, aliasesOf })),
    outlines: document.shoots.map((it) => outlineShoot(it, aliasesOf)),
    affixes: document.affixes,
  };
}

/** Joins what was found in the documents of a file, and reads the comments that ignore some of it. */
export function joinDocuments(file: ManifestFile, reports: readonly DocumentReport[], policies: Policies): FileReport {
  const report = {
    uri: file.uri,
    findings: reports.flatMap((it) => it.findings),
    shoots: reports.flatMap((it) => it.shoots),
    secrets: reports.flatMap((it) => it.secrets),
    outlines: reports.flatMap((it) => it.outlines),
    affixes: reports.flatMap((it) => it.affixes),
  };
  return { ...report, ...inspectIgnores(file, report), policies };
}

/** Runs the Secret rules of a purpose on one Secret. */
export function secretFindings(secret: Secret, purpose: Purpose, policies: Policies): readonly SecretFinding[] {
  const findings: SecretFinding[] = [];
  for (const rule of secretRules) {
    for (const draft of rule.checkSecret?.(secret, purpose, policies) ?? []) {
      const finding = toFinding(rule, secret, draft);
      findings.push({ finding, denied: draft.denied === true, ifCommitted: draft.ifCommitted === true });
    }
  }
  return findings;
}

function isBroken({ problems }: ManifestDocument): boolean {
  return problems.some((it) => it.kind !== "duplicate-key");
}

function documentFindings(document: ManifestDocument): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of documentRules) {
    for (const draft of rule.checkDocument?.(document) ?? []) findings.push(toFinding(rule, document, draft));
  }
  return findings;
}

function inspectShoot(
  shoot: Shoot,
  broken: boolean,
  previous: PreviousShoot | undefined,
  policies: Policies,
): ShootReport {
  const references = referencesOf(shoot);
  const unchanged = { "registry-cache": isUnchanged(shoot, previous), "registry-mirror": false };
  if (broken) return { predicted: [], references, unchanged, broken };
  const predicted: PredictedFinding[] = [];
  const present = needsOf(shoot, previous, policies);
  for (const rule of shootRules) {
    if (rule.needs !== undefined && !present[rule.needs]) continue;
    for (const draft of rule.checkShoot?.(shoot, previous, policies) ?? []) {
      predicted.push({ finding: toFinding(rule, shoot, draft), prediction: draft.admission });
    }
  }
  return { predicted, references, unchanged, broken };
}

/** The cache's webhook allows an update that leaves its configuration equal; the mirror's has no such way out. */
function isUnchanged({ registryCache }: Shoot, previous: PreviousShoot | undefined): boolean {
  return (
    registryCache !== undefined &&
    previous?.config === "decoded" &&
    previous.canonical === canonicalConfig(registryCache)
  );
}

interface SecretPlace {
  readonly broken: boolean;
  readonly policies: Policies;
  readonly aliasesOf: AliasesOf;
}

function inspectSecret(secret: Secret, { broken, policies, aliasesOf }: SecretPlace): KnownSecret {
  const { uri, form, nameSpan, nameWritten } = secret;
  const check = (purpose: Purpose): readonly SecretFinding[] =>
    broken ? [] : secretFindings(secret, purpose, policies);
  return {
    uri,
    form,
    name: flat(secret.name),
    namespace: flat(secret.namespace),
    span: nameSpan,
    written: nameWritten && writtenName(nameWritten, aliasesOf),
    looksLike: broken ? undefined : looksLike(secret),
    findings: { credentials: check("credentials"), "ca-bundle": check("ca-bundle") },
  };
}
