import { ApiFailure } from "./failure.ts";
import { type ApiObject, type Fields, isFields, isSameJson } from "./object.ts";

/** Who writes a field: a manager that applies, or one that writes by any other way. */
export interface FieldManager {
  readonly name: string;
  readonly applies: boolean;
}

/** Which manager wrote which field last, for every object: what a real server keeps in `managedFields`. */
export interface FieldOwners {
  /** Takes note of a write that was no apply. */
  wrote(manager: string, old: ApiObject | undefined, now: ApiObject): void;
  /** What an apply makes of an object; fails with 409 where another manager's field would change. */
  apply(manager: string, old: ApiObject | undefined, body: ApiObject, force: boolean): ApiObject;
  /** Takes note of an apply that was stored. */
  applied(manager: string, now: ApiObject, body: ApiObject): void;
}

type Owned = Map<string, { readonly manager: FieldManager; readonly paths: Set<string> }>;

/** No field has an owner yet. */
export function createFieldOwners(): FieldOwners {
  const all = new Map<string, Owned>();
  const of = ({ metadata }: ApiObject): Owned => {
    const key = metadata.uid ?? "";
    const owned = all.get(key) ?? new Map();
    all.set(key, owned);
    return owned;
  };
  return {
    wrote(name, old, now) {
      const before = old === undefined ? new Map<string, unknown>() : leaves(old);
      const changed = [...leaves(now)].filter(
        ([path, value]) => !before.has(path) || !isSameJson(before.get(path), value),
      );
      take(
        of(now),
        { name, applies: false },
        changed.map(([path]) => path),
      );
    },
    apply(name, old, body, force) {
      if (old === undefined) return body;
      const owned = of(old);
      const wanted = leaves(body);
      const there = leaves(old);
      const changed = [...wanted].filter(([path, value]) => there.has(path) && !isSameJson(there.get(path), value));
      if (!force)
        refuseConflicts(
          owned,
          name,
          changed.map(([path]) => path),
          old,
        );
      const mine = owned.get(keyOf({ name, applies: true }))?.paths ?? new Set<string>();
      const others = [...owned.values()].filter((it) => it.manager.name !== name || !it.manager.applies);
      const given = [...mine].filter((path) => !wanted.has(path) && !others.some((it) => it.paths.has(path)));
      return given.reduce(without, merge(old, body));
    },
    applied(name, now, body) {
      const manager = { name, applies: true };
      of(now).delete(keyOf(manager));
      take(of(now), manager, [...leaves(body).keys()]);
    },
  };
}

function take(owned: Owned, manager: FieldManager, paths: readonly string[]): void {
  for (const it of owned.values()) for (const path of paths) it.paths.delete(path);
  const own = owned.get(keyOf(manager)) ?? { manager, paths: new Set<string>() };
  for (const path of paths) own.paths.add(path);
  owned.set(keyOf(manager), own);
}

function keyOf({ name, applies }: FieldManager): string {
  return `${applies ? "apply" : "update"} ${name}`;
}

function refuseConflicts(owned: Owned, name: string, paths: readonly string[], { apiVersion }: ApiObject): void {
  const found = paths.flatMap((path) =>
    [...owned.values()]
      .filter((it) => it.paths.has(path) && !(it.manager.applies && it.manager.name === name))
      .map(({ manager }) => ({ path, who: `"${manager.name}"${manager.applies ? "" : ` using ${apiVersion}`}` })),
  );
  const [first] = found;
  if (first === undefined) return;
  const count = found.length === 1 ? "1 conflict" : `${found.length} conflicts`;
  const causes = found.map(({ path, who }) => ({
    reason: "FieldManagerConflict",
    message: `conflict with ${who}`,
    field: path,
  }));
  const told = found.map(({ path, who }) => `conflict with ${who}: ${path}`).join("\n");
  throw new ApiFailure({
    code: 409,
    reason: "Conflict",
    message: `Apply failed with ${count}: ${told}`,
    details: { causes },
  });
}

/** The fields that a manager can own, by their paths; lists count as a whole. */
function leaves({ apiVersion: _, kind: __, metadata, ...object }: ApiObject): ReadonlyMap<string, unknown> {
  const { labels, annotations, finalizers, ownerReferences } = metadata;
  const found = new Map<string, unknown>();
  collect({ ...object, metadata: { labels, annotations, finalizers, ownerReferences } }, "", found);
  return found;
}

function collect(value: unknown, path: string, found: Map<string, unknown>): void {
  if (value === undefined) return;
  if (!isFields(value)) found.set(path, value);
  else for (const [name, it] of Object.entries(value)) collect(it, `${path}.${name}`, found);
}

function merge(old: ApiObject, body: ApiObject): ApiObject {
  const { labels, annotations, finalizers, ownerReferences } = body.metadata;
  const kept = { ...old.metadata };
  const meta = mergeFields(kept, { labels, annotations, finalizers, ownerReferences });
  const { apiVersion: _, kind: __, metadata: ___, ...rest } = body;
  return { ...old, ...mergeFields(old, rest), metadata: { ...old.metadata, ...meta } };
}

function mergeFields(old: Fields, body: Fields): Fields {
  const merged: Record<string, unknown> = { ...old };
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue;
    const there = merged[name];
    merged[name] = isFields(value) && isFields(there) ? mergeFields(there, value) : value;
  }
  return merged;
}

function without(object: ApiObject, path: string): ApiObject {
  const names = path.split(".").slice(1);
  return { ...object, ...drop(object, names) };
}

function drop(value: Fields, [name = "", ...rest]: readonly string[]): Fields {
  const { [name]: inner, ...others } = value;
  if (rest.length === 0 || !isFields(inner)) return others;
  return { ...value, [name]: drop(inner, rest) };
}
