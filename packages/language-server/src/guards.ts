/** Tells whether a value that a client sent has the form of a `T`. */
export type Guard<T> = (value: unknown) => value is T;

/** An object of which nothing is known yet. */
export interface Properties {
  readonly [name: string]: unknown;
}

export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isString(value: unknown): value is string {
  return typeof value === "string";
}

/** A number as the protocol has it for lines, characters and versions. */
export function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

/** Takes anything, for what is checked later or not at all. */
export function isAnything(_value: unknown): _value is unknown {
  return true;
}

/** Takes what is left out, too; clients write null for that as well. */
export function optional<T>(guard: Guard<T>): Guard<T | undefined | null> {
  return (value): value is T | undefined | null => value === undefined || value === null || guard(value);
}

export function listOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

interface Fields {
  readonly [name: string]: Guard<unknown>;
}

type Guarded<G> = G extends Guard<infer T> ? T : never;

/** What takes undefined may be left out. */
type Shape<F extends Fields> = {
  readonly [K in keyof F as undefined extends Guarded<F[K]> ? never : K]: Guarded<F[K]>;
} & { readonly [K in keyof F as undefined extends Guarded<F[K]> ? K : never]?: Guarded<F[K]> };

/** Takes an object whose fields have these forms; other fields may be there. */
export function shape<F extends Fields>(fields: F): Guard<Shape<F>> {
  const entries = Object.entries(fields);
  return (value): value is Shape<F> => isObject(value) && entries.every(([name, guard]) => guard(value[name]));
}

/** What an object holds at the end of a path of names; undefined where it leads nowhere. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), value);
}
