import type { LiveObstacle } from "./live-roll-out.ts";
import type { ReferenceKind } from "./secret-references.ts";

/** Whether a Secret may go. Only `safe-to-delete` is a promise; everything else is a reason to leave it. */
export type Verdict = "in-use" | "rolling-out" | "safe-to-delete" | "terminating" | "unknown";

/** An object of the garden at the moment when it was read. */
export interface ReadObject {
  readonly kind: "Shoot" | "ManagedSeedSet" | "SecretBinding" | "CredentialsBinding" | "Secret";
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

/** A place that names the Secret. */
export interface SecretUse {
  readonly by: ReadObject;
  readonly kind: ReferenceKind | "binding" | "template";
  /** The path of the field from the object's root. */
  readonly field: string;
  /** What uses the entry in turn, such as `cache quay.io`. */
  readonly users: readonly string[];
  /** The object is being deleted; it counts until it has lost Gardener's finalizer. */
  readonly deleting: boolean;
}

/** A Shoot that was switched to a later version, which is not rolled out, or may not be. */
export interface PendingSwitch {
  readonly by: ReadObject;
  /** The later version. */
  readonly secret: string;
  readonly why: LiveObstacle;
}

/** What the garden has under the name. Values are never read. */
export type SecretState =
  | { readonly state: "missing" }
  | { readonly state: "unreadable" }
  | {
      readonly state: "present";
      readonly object: ReadObject;
      readonly terminating: boolean;
      readonly finalizers: readonly string[];
      /** Kind and name of what owns it, such as `Shoot a`. */
      readonly owners: readonly string[];
    };

/** All that the verdict is made of. */
export interface UsageEvidence {
  readonly name: string;
  readonly namespace: string;
  readonly secret: SecretState;
  readonly uses: readonly SecretUse[];
  readonly pending: readonly PendingSwitch[];
  /** What might name it and could not be read, in words such as `shoots in namespace garden-dev: forbidden`. */
  readonly unread: readonly string[];
}

/** The verdict on a Secret, and why, the weightiest reason first. */
export interface UsageVerdict {
  readonly verdict: Verdict;
  readonly why: readonly string[];
}

/** The finalizer by which Gardener protects what Shoots name. (gardener: pkg/controller/reference/reconciler.go) */
const protection = "gardener.cloud/reference-protection";

/** Where other controllers refer to Secrets that nothing here looks for: Seeds, ControllerDeployments, BackupBuckets. */
const gardenNamespace = "garden";

/** Decides whether a Secret may go. It promises that only where all was read that could name it, and nothing does. */
export function judgeUsage(evidence: UsageEvidence): UsageVerdict {
  const { secret, uses, pending, unread } = evidence;
  const named = uses.map(describeUse);
  if (secret.state === "present" && secret.terminating) return { verdict: "terminating", why: terminating(named) };
  if (named.length > 0) return { verdict: "in-use", why: secret.state === "missing" ? [gone, ...named] : named };
  if (pending.length > 0) return { verdict: "rolling-out", why: pending.map(describePending) };
  const doubts = [...doubtsOf(evidence), ...unread.map((it) => `could not read ${it}`)];
  return doubts.length > 0 ? { verdict: "unknown", why: doubts } : { verdict: "safe-to-delete", why: [nothing] };
}

const gone = "it does not exist";
const nothing = "nothing names it";

function terminating(named: readonly string[]): readonly string[] {
  const rest = named.length > 0 ? "it vanishes when the last of these is gone" : "its finalizers are being removed";
  return [`it is being deleted, ${rest}`, ...named];
}

function doubtsOf({ secret, namespace }: UsageEvidence): readonly string[] {
  if (secret.state === "missing") return [gone];
  if (secret.state === "unreadable") return ["the Secret itself could not be read"];
  return [
    ...secret.owners.map((it) => `it belongs to ${it}, which makes it anew`),
    ...secret.finalizers.map(describeFinalizer),
    ...(namespace === gardenNamespace ? ["Seeds and others may name Secrets of namespace garden"] : []),
  ];
}

function describeFinalizer(finalizer: string): string {
  if (finalizer === protection) return "Gardener still protects it, though no Shoot names it: look again in a moment";
  return `finalizer ${finalizer} says that somebody needs it`;
}

function describeUse({ by, field, users, deleting }: SecretUse): string {
  const used = users.length > 0 ? ` for ${users.join(", ")}` : "";
  const where = by.kind === "Shoot" ? by.name : `${by.namespace}/${by.name}`;
  return `${by.kind} ${where}${deleting ? ", being deleted," : ""} names it in ${field}${used}`;
}

function describePending({ by, secret, why }: PendingSwitch): string {
  return `Shoot ${by.name} uses ${secret} now, ${obstacleTexts[why]}`;
}

/** Why a change is not rolled out, as the end of a sentence. */
export const obstacleTexts: { readonly [why in LiveObstacle]: string } = {
  running: "its reconcile is running",
  retrying: "its last reconcile failed and is tried again",
  "not-started": "its reconcile has not started",
  migrating: "it is moving to another seed",
  deleting: "it is being deleted",
  hibernated: "it is hibernated, so its cache changes when it wakes up",
  failed: "its last reconcile failed for good",
  ignored: "its annotation asks that it is left alone",
  confined: "the change waits for the maintenance window",
  unproven: "nothing shows that the last reconcile has seen the change",
};
