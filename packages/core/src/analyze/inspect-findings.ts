import type { NameAffix } from "../manifest/kustomization.ts";
import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import type { Policies } from "../manifest/settings.ts";
import type { Shoot } from "../manifest/shoot.ts";
import { rules } from "../rules/index.ts";
import type { Webhook } from "../rules/rule.ts";
import { needsOf } from "../rules/shoot-needs.ts";
import type { Finding } from "../workspace/finding.ts";
import type { Ignore } from "../workspace/ignore.ts";
import type { ShootOutline } from "../workspace/outline.ts";
import { canonicalConfig, type PreviousShoot } from "../workspace/previous.ts";
import type { KnownSecret, Reference } from "../workspace/workspace.ts";
import type { PredictedFinding } from "./admission.ts";
import { aliasesIn } from "./aliases-in.ts";
import { inspectIgnores } from "./inspect-ignores.ts";
import { inspectSecret } from "./inspect-secret.ts";
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

/** Where no settings hold. */
export const noPolicies: Policies = {};

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
const soundDocumentRules = documentRules.filter((it) => it.needs !== "yaml-problems");
// Records of one shape: engines read the rules themselves, which have many, several times slower.
const shootRules = rules.flatMap((rule) => {
  const { needs, checkShoot: check } = rule;
  return check === undefined || needs === "yaml-problems" ? [] : [{ rule, needs, check }];
});

/** What is found in one document of a file. */
export type DocumentReport = Pick<FileReport, "findings" | "shoots" | "secrets" | "outlines" | "affixes">;

/** Checks one file by itself, for who shows and changes nothing but findings: its Shoots have no outlines. */
export function inspectFindings(
  file: ManifestFile,
  previousOf: PreviousOf,
  policies: Policies = noPolicies,
): FileReport {
  const reports = file.documents.map((it) => inspectDocument(it, previousOf, policies));
  return joinDocuments(file, reports, policies);
}

/** Checks one document of a file; its Shoots have no outlines yet. */
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
    outlines: [],
    affixes: document.affixes,
  };
}

/** Joins what was found in the documents of a file, and reads the comments that ignore some of it. */
export function joinDocuments(file: ManifestFile, reports: readonly DocumentReport[], policies: Policies): FileReport {
  const [only] = reports;
  if (only !== undefined && reports.length === 1) return withIgnores(file, { uri: file.uri, ...only }, policies);
  const report = {
    uri: file.uri,
    findings: reports.flatMap((it) => it.findings),
    shoots: reports.flatMap((it) => it.shoots),
    secrets: reports.flatMap((it) => it.secrets),
    outlines: reports.flatMap((it) => it.outlines),
    affixes: reports.flatMap((it) => it.affixes),
  };
  return withIgnores(file, report, policies);
}

function withIgnores(
  file: ManifestFile,
  report: DocumentReport & { readonly uri: string },
  policies: Policies,
): FileReport {
  const { findings, ignores } = inspectIgnores(file, report);
  const { uri, shoots, secrets, outlines, affixes } = report;
  return { uri, findings, shoots, secrets, outlines, affixes, ignores, policies };
}

function isBroken({ problems }: ManifestDocument): boolean {
  return problems.some((it) => it.kind !== "duplicate-key");
}

function documentFindings(document: ManifestDocument): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of document.problems.length === 0 ? soundDocumentRules : documentRules) {
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
  for (const { rule, needs, check } of shootRules) {
    if (needs !== undefined && !present[needs]) continue;
    for (const draft of check(shoot, previous, policies)) {
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
