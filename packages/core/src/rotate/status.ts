import { fail, type Result, succeed } from "../text/result.ts";
import type { Place } from "../workspace/finding.ts";
import { entriesOf } from "./chain.ts";
import { findNamespace, manifestsIn } from "./find-secret.ts";
import type { RotationFiles } from "./request.ts";
import type { Blocker, ShootId } from "./rotation.ts";
import { isLaterVersion } from "./versions.ts";

/** How far a rotation is: which versions of a Secret there are, and who uses which. */
export interface RotationStatus {
  readonly namespace: string | undefined;
  readonly stage: RotationStage;
  /** Oldest first. */
  readonly versions: readonly VersionStatus[];
}

/**
 * unused: no Shoot names any version. single: all name one, and no other is there. begun: all name one, and a later one is
 * there. mixed: some name an older one. switched: all name one, and older ones are left.
 */
export type RotationStage = "unused" | "single" | "begun" | "mixed" | "switched";

/** One version of a Secret. */
export interface VersionStatus {
  readonly name: string;
  /** Where its manifest is; absent where none is in the files. */
  readonly place?: Place;
  /** The Shoots that name it. */
  readonly shoots: readonly ShootId[];
}

/** Says which versions of a Secret the files hold and which Shoots name them. */
export function rotationStatus(request: RotationFiles): Result<RotationStatus, readonly Blocker[]> {
  const namespace = findNamespace(request);
  if (!namespace.ok) return fail([namespace.error]);
  const { files, secret } = request;
  const manifests = manifestsIn(files, namespace.value);
  const entries = entriesOf(files, namespace.value);
  const names = [...manifests.map((it) => it.secret.name), ...entries.map((it) => it.entry.target?.value ?? "")];
  const series = [...new Set(names)]
    .filter((it) => it === secret.name || isSameSeries(secret.name, it))
    .sort(byVersion);
  const versions = series.map((name): VersionStatus => {
    const manifest = manifests.find((it) => it.secret.name === name);
    const shoots = new Set(entries.filter((it) => it.entry.target?.value === name).map((it) => it.shoot));
    return {
      name,
      ...(manifest && { place: { uri: manifest.file.uri, span: manifest.secret.nameSpan } }),
      shoots: [...shoots].map((it) => ({ name: it.name?.value, namespace: it.namespace?.value })),
    };
  });
  if (versions.length === 0) {
    return fail([{ kind: "unknown-secret", message: `there is no Secret "${secret.name}" in these files` }]);
  }
  return succeed({ namespace: namespace.value, stage: stageOf(versions), versions });
}

/** Tells whether one of two names is a later version of the other. */
export function isSameSeries(one: string, other: string): boolean {
  return isLaterVersion(one, other) || isLaterVersion(other, one);
}

/** Orders versions, oldest first. */
export function byVersion(a: string, b: string): number {
  return isLaterVersion(a, b) ? -1 : 1;
}

/** How far a rotation is, by its versions, oldest first. */
export function stageOf(versions: readonly VersionStatus[]): RotationStage {
  const used = versions.filter((it) => it.shoots.length > 0);
  const [first] = used;
  if (first === undefined) return "unused";
  if (used.length > 1) return "mixed";
  if (versions.some((it) => isLaterVersion(first.name, it.name))) return "begun";
  return versions.some((it) => isLaterVersion(it.name, first.name)) ? "switched" : "single";
}
