import { maskCredentials } from "../rules/mask-credentials.ts";
import type { Finding, Related } from "../workspace/finding.ts";
import type { Garden } from "../workspace/garden.ts";
import { firstFew } from "../workspace/related.ts";
import type { Facts, KnownSecret, Purpose, Reference, SecretFinding } from "../workspace/workspace.ts";

/** What a Secret is judged against. */
export interface SecretContext {
  readonly garden: Garden;
  /** The first reference to a Secret that its webhook gets to look at. */
  readonly firstOpen: (secret: KnownSecret, purpose: Purpose) => Reference | undefined;
  readonly facts: Facts;
  /** Whether the workspace holds any Shoot that could use the Secret. */
  readonly anyShoot: boolean;
}

/** The findings of a Secret that count: those for what it is used for, or seems to be for while nobody uses it. */
export function judgeSecret(secret: KnownSecret, context: SecretContext): readonly Finding[] {
  const used = (["credentials", "ca-bundle"] as const).filter((it) => context.garden.countUses(secret, it) > 0);
  return used.length === 0 ? judgeUnused(secret, context) : used.flatMap((it) => judgeUsed(secret, it, context));
}

function judgeUsed(secret: KnownSecret, purpose: Purpose, context: SecretContext): readonly Finding[] {
  const { garden, firstOpen, facts } = context;
  const counted = countedFindings(secret, purpose, facts);
  if (counted.length === 0) return [];
  const users = firstFew(garden.usesOf(secret, purpose)).map(toRelated);
  const left = garden.countUses(secret, purpose) - users.length;
  const first = counted.some((it) => it.denied) ? firstOpen(secret, purpose) : undefined;
  return counted.map(({ finding, denied }) => ({
    ...finding,
    related: [...finding.related, ...users],
    ...(left > 0 ? { unlisted: left } : {}),
    ...(denied && first ? { admission: { type: "Invalid", field: first.field } as const } : {}),
  }));
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
  const what = upstream === undefined ? "an upstream" : maskCredentials(upstream);
  return { uri, span, message: `used for ${what} by Shoot ${shootName ?? "without a name"}` };
}
