/** An object of the API, as its JSON has it. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** What every object has. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly finalizers?: readonly string[];
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  readonly [field: string]: unknown;
}

/** Anything that is a map. */
export type Fields = { readonly [name: string]: unknown };

/** Tells whether a value is a map. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The field of a value, or undefined where it is no map or null. */
export function fieldIn(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) found = isFields(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found ?? undefined;
}

/** The items of a list; none when it is no list. */
export function listIn(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = fieldIn(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The text of a field, or undefined when it is no text. */
export function textIn(value: unknown, ...path: readonly string[]): string | undefined {
  const found = fieldIn(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** Tells whether two values are the same JSON, whatever the order of their keys. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((it, index) => isSameJson(it, b[index]));
  if (!isFields(a) || !isFields(b)) return false;
  const names = Object.keys(a).filter((it) => a[it] !== undefined);
  const others = Object.keys(b).filter((it) => b[it] !== undefined);
  return names.length === others.length && names.every((it) => Object.hasOwn(b, it) && isSameJson(a[it], b[it]));
}
