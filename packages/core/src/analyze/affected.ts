import { isNear } from "../text/distance.ts";
import { type NamespacedName, sameNamespace } from "../workspace/name-index.ts";
import type { KnownSecret, Reference } from "../workspace/workspace.ts";
import type { FileReport } from "./inspect.ts";
import type { Judge } from "./judge.ts";

/** What a change of one file may change elsewhere, gathered in two looks: before the change and after it. */
export interface Change {
  readonly before: FileReport | undefined;
  readonly after: FileReport | undefined;
  readonly openBefore: ReadonlySet<Reference>;
  readonly anyShootBefore: boolean;
}

/** The files whose Shoots have to be judged anew, the changed one apart: those that refer to a Secret that came, went or moved, or look for one. */
export function affectedShoots(judge: Judge, { before, after }: Change): ReadonlySet<string> {
  const changed = changedSecrets(before?.secrets ?? [], after?.secrets ?? []);
  const uris = new Set<string>();
  for (const [name, namespaces] of changed) {
    for (const reference of referencesTo(judge, name)) {
      const comesOrGoes = namespaces.some((it) => sameNamespace(it, reference.namespace));
      // Where no Secret of the namespace has the name, those of others are told of, with their places.
      if (comesOrGoes || !judge.garden.isWritten(name, reference.namespace)) uris.add(reference.uri);
    }
  }
  if ((before?.affixes.length ?? 0) !== (after?.affixes.length ?? 0))
    for (const uri of searchingAny(judge)) uris.add(uri);
  const came = namesThatCameOrWent(judge, before?.secrets ?? [], after?.secrets ?? []);
  if (came.length > 0) for (const uri of searching(judge, came)) uris.add(uri);
  return uris;
}

/** The files whose Secrets have to be judged anew, since references to them have changed or are looked at by their webhook now. */
export function affectedSecrets(judge: Judge, change: Change, shoots: ReadonlySet<string>): ReadonlySet<string> {
  const { before, after, openBefore, anyShootBefore } = change;
  const uris = new Set<string>();
  const old = referenceMarks(before, openBefore);
  const now = referenceMarks(after, after === undefined ? new Set() : judge.openOf(after.uri));
  for (const [key, { secret, mark }] of [...old, ...now]) {
    if (old.get(key)?.mark !== mark || now.get(key)?.mark !== mark) addSecrets(judge, secret, uris);
  }
  // Without a garden no Secret can be missing for certain, so what webhooks look at does not depend on Secrets.
  if (judge.facts.cluster !== undefined) for (const uri of shoots) addReferred(judge, uri, uris);
  if (anyShootBefore !== judge.anyShoot) for (const uri of unusedSecrets(judge)) uris.add(uri);
  return uris;
}

function referencesTo({ garden }: Judge, name: string): readonly Reference[] {
  return garden.referencesTo({ name, namespace: undefined });
}

/** The names whose Secrets differ, each with the namespaces where one came or went. */
function changedSecrets(
  before: readonly KnownSecret[],
  after: readonly KnownSecret[],
): ReadonlyMap<string, readonly (string | undefined)[]> {
  const changed = new Map<string, readonly (string | undefined)[]>();
  for (const name of new Set([...before, ...after].map((it) => it.name))) {
    const [old, now] = [before, after].map((secrets) => secrets.filter((it) => it.name === name));
    if (placesOf(old) === placesOf(now)) continue;
    const [left, right] = [old, now].map((secrets) => (secrets ?? []).map((it) => it.namespace).sort());
    const same = JSON.stringify(left?.map(orNull)) === JSON.stringify(right?.map(orNull));
    changed.set(name, same ? [] : [...(left ?? []), ...(right ?? [])]);
  }
  return changed;
}

function orNull(namespace: string | undefined): string | null {
  return namespace ?? null;
}

function placesOf(secrets: readonly KnownSecret[] | undefined): string {
  return JSON.stringify(secrets?.map(({ namespace, span }) => [orNull(namespace), span.start, span.end]));
}

/** The names that no other file has in their namespace. */
function namesThatCameOrWent(
  { garden }: Judge,
  before: readonly KnownSecret[],
  after: readonly KnownSecret[],
): readonly NamespacedName[] {
  return [...before, ...after].filter((secret) => {
    const count = (secrets: readonly KnownSecret[]): number =>
      secrets.filter((it) => it.name === secret.name && it.namespace === secret.namespace).length;
    const now = garden.countExactly(secret);
    return now === 0 || now - count(after) + count(before) === 0;
  });
}

/** The files that name a Secret which nobody has, and to which one of these names may be, or may have been, the nearest; or the only one. */
function searching(judge: Judge, names: readonly NamespacedName[]): ReadonlySet<string> {
  const { garden } = judge;
  const alone = new Map<string | undefined, boolean>();
  const changed = new Set(names.map((it) => it.name));
  const isAlone = (namespace: string | undefined): boolean => {
    const known = alone.get(namespace) ?? isSubset(garden.writtenNames(namespace), changed);
    alone.set(namespace, known);
    return known;
  };
  const uris = new Set<string>();
  for (const wanted of garden.wantedNames()) {
    if (garden.isWritten(wanted, undefined)) continue;
    const near = names.filter((it) => isNear(wanted, it.name));
    for (const { uri, namespace } of referencesTo(judge, wanted)) {
      const among = isAlone(namespace) ? names : near;
      if (among.some((it) => sameNamespace(it.namespace, namespace))) uris.add(uri);
    }
  }
  return uris;
}

/** The files that name a Secret which nobody has, where a similar name may have been offered. */
function* searchingAny(judge: Judge): Iterable<string> {
  for (const wanted of judge.garden.wantedNames()) {
    for (const { uri, namespace } of referencesTo(judge, wanted)) {
      if (judge.garden.isWritten(wanted, namespace)) continue;
      if (judge.garden.similarName(wanted, namespace) !== undefined) yield uri;
    }
  }
}

function isSubset(names: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return names.size <= others.size && [...names].every((it) => others.has(it));
}

interface Marked {
  readonly secret: NamespacedName;
  /** All that the references of a file say of the Secret to its findings. */
  readonly mark: string;
}

function referenceMarks(report: FileReport | undefined, open: ReadonlySet<Reference>): ReadonlyMap<string, Marked> {
  const marks = new Map<string, Marked>();
  for (const reference of report?.shoots.flatMap((it) => it.references) ?? []) {
    const { target, namespace, purpose, span, shootName, upstream, field } = reference;
    if (target === undefined) continue;
    const secret = { name: target.name, namespace };
    const key = JSON.stringify([target.name, orNull(namespace)]);
    const mark = JSON.stringify([purpose, span, shootName, upstream, field, open.has(reference)]);
    marks.set(key, { secret, mark: `${marks.get(key)?.mark ?? ""}${mark}` });
  }
  return marks;
}

function addSecrets({ garden }: Judge, { name, namespace }: NamespacedName, uris: Set<string>): void {
  for (const { uri } of garden.manifestsOf(name, namespace)) uris.add(uri);
}

function addReferred(judge: Judge, uri: string, uris: Set<string>): void {
  for (const { references } of judge.files.get(uri)?.report.shoots ?? []) {
    for (const { target, namespace } of references) {
      if (target !== undefined) addSecrets(judge, { name: target.name, namespace }, uris);
    }
  }
}

/** The files with Secrets that nobody uses: how severe their findings are depends on whether there is any Shoot at all. */
function* unusedSecrets({ files, garden }: Judge): Iterable<string> {
  for (const [uri, { report }] of files) {
    const isUnused = (it: KnownSecret): boolean =>
      it.looksLike !== undefined && garden.countUses(it, "credentials") + garden.countUses(it, "ca-bundle") === 0;
    if (report.secrets.some(isUnused)) yield uri;
  }
}
