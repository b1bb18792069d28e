import { listAt, textAt, valueAt } from "../live/json-value.ts";
import { secretIn, secretReferences } from "../live/secret-references.ts";
import { readWriteTimes, type WriteTimes } from "../live/write-times.ts";
import { type RollOutState, readRollOutState } from "../workspace/roll-out-state.ts";
import type { Purpose } from "../workspace/workspace.ts";

/** An entry of spec.resources that names a Secret. */
export interface LiveEntry {
  readonly index: number;
  readonly name: string;
  readonly secret: string;
  /** What uses it, such as `cache quay.io`; empty for what is neither cache nor mirror. */
  readonly users: readonly string[];
}

/** What of a Shoot counts in a rotation. Plain data. */
export interface LiveShoot {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly entries: readonly LiveEntry[];
  /** Other places of the spec that name a Secret; a rotation leaves them alone. */
  readonly others: readonly { readonly field: string; readonly secret: string }[];
  readonly rollOut: RollOutState;
  readonly times: WriteTimes;
  /** The operation that waits in its annotation, which must not be overwritten. */
  readonly operation: string | undefined;
  readonly hasAnnotations: boolean;
  /** The tool that would take a change back, such as `Flux`. */
  readonly gitops: string | undefined;
  /** Begin and end of its maintenance window, as they are written. */
  readonly window: { readonly begin: string; readonly end: string };
  /** When its hibernation ends by schedule, such as `0 6 * * 1-5 (Europe/Berlin)`. */
  readonly wakeUps: readonly string[];
  /** The conditions of it that are False. */
  readonly unhealthy: readonly string[];
  /** The upstreams of its caches that have one replica. */
  readonly singleCaches: readonly string[];
}

/** Reads a Shoot from its JSON; what is missing or of another type counts as absent. */
export function readLiveShoot(shoot: unknown): LiveShoot {
  const spec = valueAt(shoot, "spec");
  const references = secretReferences(spec);
  const annotations = valueAt(shoot, "metadata", "annotations");
  const entries = listAt(spec, "resources").flatMap((entry, index): readonly LiveEntry[] => {
    const secret = secretIn(entry, "resourceRef");
    const field = `spec.resources[${index}].resourceRef.name`;
    const users = references.find((it) => it.field === field)?.users ?? [];
    return secret === "" ? [] : [{ index, name: textAt(entry, "name"), secret, users }];
  });
  const window = (field: string): string => textAt(spec, "maintenance", "timeWindow", field);
  return {
    name: textAt(shoot, "metadata", "name"),
    uid: textAt(shoot, "metadata", "uid"),
    resourceVersion: textAt(shoot, "metadata", "resourceVersion"),
    entries,
    others: references.filter((it) => it.kind !== "resource"),
    rollOut: readRollOutState(shoot),
    times: readWriteTimes(shoot),
    operation: textAt(annotations, "gardener.cloud/operation") || undefined,
    hasAnnotations: annotations !== undefined && annotations !== null,
    gitops: gitopsTool(shoot),
    window: { begin: window("begin"), end: window("end") },
    wakeUps: wakeUpsOf(spec),
    unhealthy: listAt(shoot, "status", "conditions").flatMap((it) =>
      textAt(it, "status") === "False" ? textAt(it, "type") : [],
    ),
    singleCaches: singleCachesOf(spec),
  };
}

/** The times of `end` are cron's, in the time zone of their schedule, which is UTC unless told. */
function wakeUpsOf(spec: unknown): readonly string[] {
  return listAt(spec, "hibernation", "schedules").flatMap((it) => {
    const [end, zone] = [textAt(it, "end"), textAt(it, "location") || "UTC"];
    return end === "" ? [] : [`${end} (${zone})`];
  });
}

function singleCachesOf(spec: unknown): readonly string[] {
  const caches = listAt(spec, "extensions").flatMap((it) =>
    textAt(it, "type") === "registry-cache" ? listAt(it, "providerConfig", "caches") : [],
  );
  return caches.filter((it) => valueAt(it, "highAvailability", "enabled") !== true).map((it) => textAt(it, "upstream"));
}

/** What the caches and mirrors take from a Secret; undefined where none uses it, or both kinds do. */
export function purposeOfUsers(users: readonly string[]): Purpose | undefined {
  const kinds = new Set(users.map((it) => (it.startsWith("mirror ") ? "ca-bundle" : "credentials")));
  const [purpose] = kinds;
  return kinds.size === 1 ? purpose : undefined;
}

/** What controllers of Git write on the objects that they hold to their sources. */
function gitopsTool(shoot: unknown): string | undefined {
  const managers = listAt(shoot, "metadata", "managedFields").map((it) => textAt(it, "manager"));
  const marked = (field: string, name: string): boolean => textAt(shoot, "metadata", field, name) !== "";
  const flux = ["kustomize-controller", "helm-controller"].some((it) => managers.includes(it));
  if (flux || marked("labels", "kustomize.toolkit.fluxcd.io/name") || marked("labels", "helm.toolkit.fluxcd.io/name"))
    return "Flux";
  const argo = managers.some((it) => it.startsWith("argocd-"));
  const tracked = marked("annotations", "argocd.argoproj.io/tracking-id");
  return argo || tracked || marked("labels", "argocd.argoproj.io/instance") ? "Argo CD" : undefined;
}

/** The path of a cache's `secretReferenceName` in a JSON patch, and the entry that it names. */
export interface CachePath {
  readonly path: string;
  readonly entry: string;
}

/** The caches of a Shoot that get their credential by some entries. */
export function cachePaths(shoot: unknown, entries: readonly string[]): readonly CachePath[] {
  return listAt(shoot, "spec", "extensions").flatMap((extension, at) => {
    if (textAt(extension, "type") !== "registry-cache") return [];
    return listAt(extension, "providerConfig", "caches").flatMap((cache, index) => {
      const entry = textAt(cache, "secretReferenceName");
      const path = `/spec/extensions/${at}/providerConfig/caches/${index}/secretReferenceName`;
      return entries.includes(entry) ? [{ path, entry }] : [];
    });
  });
}
