/** A name in a namespace. A manifest may leave its namespace to `kubectl -n`, so an absent one matches any. */
export interface NamespacedName {
  readonly name: string;
  readonly namespace: string | undefined;
}

/** Things of many files by name and namespace, always in the order of the files. Nothing here walks over more than it gives out. */
export interface NameIndex<T> {
  /** Puts what a file holds in place of what it held. */
  replace(order: number, before: readonly T[], after: readonly T[]): void;
  /** The things of a name that match a namespace, one by one. */
  each(wanted: NamespacedName): Iterable<T>;
  /** How many `each` gives; known without counting. */
  count(wanted: NamespacedName): number;
  /** The things of a name in exactly this namespace, or without one where it is absent. */
  eachExactly(wanted: NamespacedName): Iterable<T>;
  /** How many `eachExactly` gives; known without counting. */
  countExactly(wanted: NamespacedName): number;
  /** All names there are. */
  names(): Iterable<string>;
  /** The names of the things that match a namespace. */
  namesIn(namespace: string | undefined): ReadonlySet<string>;
}

/** Makes an empty index; things without a name are left out of it. */
export function createNameIndex<T>(nameOf: (item: T) => NamespacedName | undefined): NameIndex<T> {
  const buckets = new Map<string, Bucket<T>>();
  const namesBySpace = new Map<string | undefined, Set<string>>();
  const change = (item: T, apply: (slot: Slot<T>) => void): void => {
    const name = nameOf(item);
    if (name === undefined) return;
    const bucket = buckets.get(name.name) ?? { all: [], spaces: new Map() };
    const space = bucket.spaces.get(name.namespace) ?? [];
    apply(bucket.all);
    apply(space);
    keep(bucket.spaces, name.namespace, space, space.length > 0);
    keep(buckets, name.name, bucket, bucket.all.length > 0);
    const names = namesBySpace.get(name.namespace) ?? new Set();
    if (space.length > 0) names.add(name.name);
    else names.delete(name.name);
    keep(namesBySpace, name.namespace, names, names.size > 0);
  };
  return {
    replace(order, before, after) {
      if (before.length === 0 && after.length === 0) return;
      for (const item of before) change(item, (slot) => removeAll(slot, order));
      for (const [at, item] of after.entries()) change(item, (slot) => insert(slot, { order, at, item }));
    },
    *each({ name, namespace }) {
      const bucket = buckets.get(name);
      if (bucket === undefined) return;
      if (namespace === undefined) for (const it of bucket.all) yield it.item;
      else yield* merge(bucket.spaces.get(namespace) ?? [], bucket.spaces.get(undefined) ?? []);
    },
    count({ name, namespace }) {
      const bucket = buckets.get(name);
      if (bucket === undefined || namespace === undefined) return bucket?.all.length ?? 0;
      return (bucket.spaces.get(namespace)?.length ?? 0) + (bucket.spaces.get(undefined)?.length ?? 0);
    },
    *eachExactly({ name, namespace }) {
      for (const it of buckets.get(name)?.spaces.get(namespace) ?? []) yield it.item;
    },
    countExactly: ({ name, namespace }) => buckets.get(name)?.spaces.get(namespace)?.length ?? 0,
    names: () => buckets.keys(),
    namesIn(namespace) {
      if (namespace === undefined) return new Set(buckets.keys());
      return new Set([...(namesBySpace.get(namespace) ?? []), ...(namesBySpace.get(undefined) ?? [])]);
    },
  };
}

/** Tells whether two namespaces may be the same. */
export function sameNamespace(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

interface Placed<T> {
  readonly order: number;
  /** The place within its file. */
  readonly at: number;
  readonly item: T;
}

type Slot<T> = Placed<T>[];

interface Bucket<T> {
  readonly all: Slot<T>;
  readonly spaces: Map<string | undefined, Slot<T>>;
}

function keep<K, V>(map: Map<K, V>, key: K, value: V, kept: boolean): void {
  if (kept) map.set(key, value);
  else map.delete(key);
}

function insert<T>(slot: Slot<T>, placed: Placed<T>): void {
  const last = slot.at(-1);
  if (last === undefined || last.order <= placed.order) slot.push(placed);
  else slot.splice(firstNotBefore(slot, placed.order + 1), 0, placed);
}

function removeAll<T>(slot: Slot<T>, order: number): void {
  const start = firstNotBefore(slot, order);
  let end = start;
  while (slot[end]?.order === order) end += 1;
  slot.splice(start, end - start);
}

function firstNotBefore<T>(slot: Slot<T>, order: number): number {
  let low = 0;
  let high = slot.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slot[middle]?.order ?? 0) < order) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* merge<T>(left: Slot<T>, right: Slot<T>): Iterable<T> {
  let [at, other] = [0, 0];
  while (at < left.length || other < right.length) {
    const a = left[at];
    const b = right[other];
    if (a !== undefined && (b === undefined || a.order < b.order || (a.order === b.order && a.at < b.at))) {
      yield a.item;
      at += 1;
    } else if (b !== undefined) {
      yield b.item;
      other += 1;
    }
  }
}
