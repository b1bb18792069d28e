import { isLaterVersion, seriesOf } from "../rotate/versions.ts";
import { readRollOutState } from "../workspace/roll-out-state.ts";
import { listAt, textAt, valueAt } from "./json-value.ts";
import { liveRollOut } from "./live-roll-out.ts";
import { secretIn, secretReferences } from "./secret-references.ts";
import type { PendingSwitch, ReadObject, SecretState, SecretUse } from "./usage.ts";
import { readWriteTimes } from "./write-times.ts";

/** A use with the Secret that it names. */
export interface NamedUse {
  readonly namespace: string;
  readonly secret: string;
  readonly use: SecretUse;
}

/** What one object says of Secrets. */
export interface UsageReport {
  readonly uses: readonly NamedUse[];
  /** The Shoot's later versions that are not rolled out; undefined for what is settled, or no Shoot. */
  readonly pending: Omit<PendingSwitch, "secret"> | undefined;
}

/** What a Shoot says of Secrets, from its JSON. One that has lost Gardener's finalizer while it is deleted counts no more. */
export function readShootUsage(shoot: unknown): UsageReport {
  const by = readObject("Shoot", shoot);
  const deleting = textAt(shoot, "metadata", "deletionTimestamp") !== "";
  if (deleting && !listAt(shoot, "metadata", "finalizers").includes("gardener"))
    return { uses: [], pending: undefined };
  const uses = secretReferences(valueAt(shoot, "spec")).map(({ secret, kind, field, users }) => {
    return { namespace: by.namespace, secret, use: { by, kind, field, users, deleting } };
  });
  const rollOut = liveRollOut(readRollOutState(shoot), readWriteTimes(shoot));
  return { uses, pending: rollOut.done ? undefined : { by, why: rollOut.why } };
}

/** What a SecretBinding or CredentialsBinding says of Secrets; the Secret may be in another namespace. */
export function readBindingUsage(kind: "SecretBinding" | "CredentialsBinding", binding: unknown): UsageReport {
  const by = readObject(kind, binding);
  const holder = kind === "SecretBinding" ? "secretRef" : "credentialsRef";
  const secret = kind === "SecretBinding" ? textAt(binding, holder, "name") : secretIn(binding, holder);
  if (secret === "") return { uses: [], pending: undefined };
  const deleting = textAt(binding, "metadata", "deletionTimestamp") !== "";
  const use = { by, kind: "binding", field: `${holder}.name`, users: [], deleting } as const;
  const namespace = textAt(binding, holder, "namespace") || by.namespace;
  return { uses: [{ namespace, secret, use }], pending: undefined };
}

/** What the template of a ManagedSeedSet says of Secrets. Gardener does not protect them before a Shoot is made of it. */
export function readTemplateUsage(set: unknown): UsageReport {
  const by = readObject("ManagedSeedSet", set);
  const deleting = textAt(set, "metadata", "deletionTimestamp") !== "";
  const spec = valueAt(set, "spec", "shootTemplate", "spec");
  const uses = secretReferences(spec, "spec.shootTemplate.spec").map(({ secret, field, users }) => {
    return { namespace: by.namespace, secret, use: { by, kind: "template", field, users, deleting } as const };
  });
  return { uses, pending: undefined };
}

/** What the metadata of a Secret says. */
export function readSecretState(secret: unknown): SecretState {
  const texts = (field: string): readonly string[] =>
    listAt(secret, "metadata", field).filter((it) => typeof it === "string");
  const owners = listAt(secret, "metadata", "ownerReferences");
  return {
    state: "present",
    object: readObject("Secret", secret),
    terminating: textAt(secret, "metadata", "deletionTimestamp") !== "",
    finalizers: texts("finalizers"),
    owners: owners.map((it) => `${textAt(it, "kind")} ${textAt(it, "name")}`),
  };
}

/** Finds the Shoots that were switched from a Secret to a later version of it, which is not rolled out. */
export type PendingSwitches = (secret: {
  readonly name: string;
  readonly namespace: string;
}) => readonly PendingSwitch[];

/** Looks through reports once, so that a garden of many Secrets does not look at every Shoot for each of them. */
export function pendingSwitches(reports: readonly UsageReport[]): PendingSwitches {
  const bySeries = new Map<string, PendingSwitch[]>();
  for (const { uses, pending } of reports) {
    if (pending === undefined) continue;
    for (const name of new Set(uses.map((it) => it.secret))) {
      const key = seriesKey({ name, namespace: pending.by.namespace });
      const others = bySeries.get(key);
      const found = { ...pending, secret: name };
      if (others === undefined) bySeries.set(key, [found]);
      else others.push(found);
    }
  }
  return (secret) =>
    (bySeries.get(seriesKey(secret)) ?? []).filter((it) => {
      return it.secret !== secret.name && isLaterVersion(secret.name, it.secret);
    });
}

/** A later version of a long name is cut at its end, so only the beginning of a series is the same in all of it. */
function seriesKey({ name, namespace }: { readonly name: string; readonly namespace: string }): string {
  return `${namespace}/${seriesOf(name).slice(0, 100)}`;
}

function readObject(kind: ReadObject["kind"], object: unknown): ReadObject {
  const text = (field: string): string => textAt(object, "metadata", field);
  return {
    kind,
    namespace: text("namespace"),
    name: text("name"),
    uid: text("uid"),
    resourceVersion: text("resourceVersion"),
  };
}
