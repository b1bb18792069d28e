import type { Finding, Related } from "../workspace/finding.ts";
import type { Garden } from "../workspace/garden.ts";
import type { Facts, KnownSecret, Purpose, Reference, SecretFinding } from "../workspace/workspace.ts";

/** What a Secret is judged against. `open` are the references that their webhook gets to look at. */
export interface SecretContext {
  readonly garden: Garden;
  readonly open: ReadonlySet<Reference>;
  readonly facts: Facts;
  /** Whether the workspace holds any Shoot that could use the Secret. */
  readonly anyShoot: boolean;
}

/** The findings of a Secret that count: those for what it is used for, or seems to be for while nobody uses it. */
export function judgeSecret(secret: KnownSecret, context: SecretContext): readonly Finding[] {
  const { garden, open, facts } = context;
  const references = garden.referencesTo(secret);
  if (references.length === 0) return judgeUnused(secret, context);
  return [...new Set(references.map((it) => it.purpose))].flatMap((purpose) => {
    const users = references.filter((it) => it.purpose === purpose);
    const first = users.find((it) => open.has(it));
    return countedFindings(secret, purpose, facts).map(({ finding, denied }) => {
      const related = [...finding.related, ...users.map(toRelated)];
      const admission = denied && first ? { admission: { type: "Invalid", field: first.field } as const } : {};
      return { ...finding, related, ...admission };
    });
  });
}

/**
 * What a Secret is for that nobody uses can only be guessed, so nothing in it is changed blind. Where there are Shoots
 * that could use it and do not, nothing breaks yet: it may be the next version, and what is wrong with it is a warning.
 */
function judgeUnused(secret: KnownSecret, { facts, anyShoot }: SecretContext): readonly Finding[] {
  if (secret.looksLike === undefined) return [];
  return countedFindings(secret, secret.looksLike, facts).map(({ finding }) => ({
    ...finding,
    severity: anyShoot && finding.severity === "error" ? "warning" : finding.severity,
    fixes: finding.fixes.map((it) => ({ ...it, safe: false })),
  }));
}

function countedFindings(secret: KnownSecret, purpose: Purpose, { committed }: Facts): readonly SecretFinding[] {
  return secret.findings[purpose].filter((it) => !it.ifCommitted || committed?.has(secret.uri) === true);
}

function toRelated({ uri, span, upstream, shootName }: Reference): Related {
  return { uri, span, message: `used for ${upstream ?? "an upstream"} by Shoot ${shootName ?? "without a name"}` };
}
