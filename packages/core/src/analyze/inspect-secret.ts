import type { Secret } from "../manifest/secret.ts";
import type { Policies } from "../manifest/settings.ts";
import { rules } from "../rules/index.ts";
import { flat } from "../text/flat.ts";
import type { KnownSecret, Purpose, SecretFinding } from "../workspace/workspace.ts";
import { type AliasesOf, writtenName } from "./aliases-in.ts";
import { looksLike } from "./looks-like.ts";
import { toFinding } from "./to-finding.ts";

const secretRules = rules.filter((it) => it.checkSecret !== undefined);

/** The document of a Secret, as far as it matters to what is found in the Secret. */
export interface SecretPlace {
  readonly broken: boolean;
  readonly policies: Policies;
  readonly aliasesOf: AliasesOf;
}

/** Checks one Secret for each purpose; who refers to it, and so which findings count, is not known here. */
export function inspectSecret(secret: Secret, { broken, policies, aliasesOf }: SecretPlace): KnownSecret {
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
