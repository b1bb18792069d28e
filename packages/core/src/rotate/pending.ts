import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Span } from "../text/span.ts";
import type { Place } from "../workspace/finding.ts";
import type { SecretMention } from "../workspace/outline.ts";
import { placeOf } from "../workspace/written-name.ts";
import type { SecretId, ShootId } from "./rotation.ts";
import { byVersion, isSameSeries, type RotationStage, stageOf } from "./status.ts";
import { seriesOf } from "./versions.ts";

/** A rotation that has begun in the files of an editor and is not at its end. */
export interface PendingRotation {
  readonly namespace: string | undefined;
  readonly stage: RotationStage;
  /** The version to be left behind: the oldest that a Shoot names, or else the oldest that is left. */
  readonly from: string;
  /** The latest version. */
  readonly to: string;
  /** What is to be done next: write the new values, let the rest of the Shoots name it, or remove the old version. */
  readonly next: "fill-in" | "switch" | "finish";
  /** The Shoots that name the latest version, and those that name an older one. */
  readonly switched: readonly PendingShoot[];
  readonly left: readonly PendingShoot[];
  /** Where the manifests are; absent where there is none. */
  readonly fromPlace?: Place;
  readonly toPlace?: Place;
  /** The first value of the new Secret that is empty. */
  readonly emptyValue?: Place;
}

/** A Shoot and where it names the Secret. */
export interface PendingShoot extends ShootId {
  readonly place: Place;
}

/** The files whose texts tell whether the values of new Secrets are filled in. */
export function pendingFiles(workspace: Workspace): readonly string[] {
  return [...new Set(allSeries(workspace).flatMap((it) => toPending(workspace, it)?.toPlace?.uri ?? []))];
}

/** The rotations of a workspace in order of their names: what `rotate status -f` calls mixed or switched, and new versions that nobody names yet. */
export function pendingRotations(
  workspace: Workspace,
  textOf: (uri: string) => ManifestFile | undefined,
): readonly PendingRotation[] {
  return allSeries(workspace).flatMap((series) => {
    const pending = toPending(workspace, series);
    if (pending === undefined) return [];
    const emptyValue = findEmptyValue(pending, pending.toPlace && textOf(pending.toPlace.uri));
    return [emptyValue === undefined ? pending : { ...pending, next: "fill-in", emptyValue }];
  });
}

interface Series {
  readonly namespace: string | undefined;
  /** At least two versions, oldest first. */
  readonly names: readonly string[];
}

function allSeries(workspace: Workspace): readonly Series[] {
  return [...targetsByNamespace(workspace)]
    .flatMap(([namespace, targets]) => seriesIn(workspace, namespace, targets))
    .sort((a, b) => compare(keyOf(a), keyOf(b)));
}

/** The names that the Shoots of each namespace use. */
function targetsByNamespace({ uris, report }: Workspace): ReadonlyMap<string | undefined, ReadonlySet<string>> {
  const targets = new Map<string | undefined, Set<string>>();
  const shoots = [...uris()].flatMap((uri) => report(uri)?.shoots ?? []);
  for (const { namespace, target } of shoots.flatMap((it) => it.references)) {
    if (target !== undefined) targets.set(namespace, (targets.get(namespace) ?? new Set()).add(target.name));
  }
  return targets;
}

function seriesIn(
  { garden }: Workspace,
  namespace: string | undefined,
  targets: ReadonlySet<string>,
): readonly Series[] {
  const groups = new Map<string, Set<string>>();
  for (const name of [...garden.secretNames(namespace), ...targets]) {
    const stem = seriesOf(name);
    groups.set(stem, (groups.get(stem) ?? new Set()).add(name));
  }
  const used = new Set([...targets].map(seriesOf));
  return [...groups].flatMap(([stem, group]) => {
    const [first, ...others] = [...group].sort(byVersion);
    if (first === undefined || !used.has(stem)) return [];
    const names = [first, ...others.filter((it) => isSameSeries(first, it))];
    return names.length < 2 ? [] : [{ namespace, names }];
  });
}

interface Version {
  readonly name: string;
  readonly place: Place | undefined;
  readonly shoots: readonly PendingShoot[];
}

function toPending(workspace: Workspace, { namespace, names }: Series): PendingRotation | undefined {
  const versions = names
    .map((name) => versionOf(workspace, { name, namespace }))
    .filter((it) => it.place !== undefined || it.shoots.length > 0);
  const stage = stageOf(versions.map(({ name, shoots }) => ({ name, shoots })));
  const latest = versions.at(-1);
  const older = versions.slice(0, -1);
  const from = older.find((it) => it.shoots.length > 0) ?? older[0];
  if (latest === undefined || from === undefined || stage === "unused") return undefined;
  const left = older.flatMap((it) => it.shoots);
  return {
    namespace,
    stage,
    from: from.name,
    to: latest.name,
    next: left.length > 0 ? "switch" : "finish",
    switched: latest.shoots,
    left,
    ...(from.place && { fromPlace: from.place }),
    ...(latest.place && { toPlace: latest.place }),
  };
}

function versionOf({ garden }: Workspace, secret: SecretId): Version {
  const [manifest] = garden.manifestsOf(secret.name, secret.namespace);
  const shoots = new Map<string, PendingShoot>();
  for (const it of garden.mentionsOf(secret)) {
    const key = JSON.stringify([it.uri, it.shootName, it.namespace]);
    if (isEntry(it) && !shoots.has(key)) shoots.set(key, toShoot(it));
  }
  const place = manifest && { uri: manifest.uri, span: manifest.written ? placeOf(manifest.written) : manifest.span };
  return { name: secret.name, place, shoots: [...shoots.values()] };
}

/** Other fields of a Shoot may name a Secret, too; a rotation leaves these alone. */
function isEntry({ field }: SecretMention): boolean {
  return field.startsWith("spec.resources[");
}

function toShoot({ uri, shootName, namespace, name }: SecretMention): PendingShoot {
  return { name: shootName, namespace, place: { uri, span: placeOf(name) } };
}

function findEmptyValue({ to, namespace }: PendingRotation, file: ManifestFile | undefined): Place | undefined {
  const secrets = (file?.documents ?? []).flatMap((it) => it.secrets);
  const secret = secrets.find((it) => it.name === to && (it.namespace ?? namespace) === (namespace ?? it.namespace));
  if (file === undefined || secret?.form !== "Secret") return undefined;
  const empty = secret.entries.find((it) => it.bytes?.length === 0 && it.written !== undefined);
  const span: Span | undefined = empty?.written?.entry.value.span;
  return span && { uri: file.uri, span };
}

function keyOf({ namespace = "", names }: Series): string {
  return `${namespace}/${names[0]}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
