import type { PlainMap, PlainValue } from "@registry-cache/core";

/** Thrown while a kubeconfig is read; says which field is wrong, never what is in it. */
export class FieldProblem extends Error {}

/** Reads the fields of one map of a kubeconfig by type. A field that is absent or null is empty. */
export interface FieldReader {
  text(name: string): string;
  flag(name: string): boolean;
  value(name: string): PlainValue | undefined;
  /** The readers of a list's items. */
  list(name: string): readonly FieldReader[];
  texts(name: string): readonly string[];
  /** The reader of a map; undefined where there is none. */
  map(name: string): FieldReader | undefined;
  /** The names of a map's fields. */
  readonly names: readonly string[];
}

/** Reads a map at a path of the file, which errors name. */
export function readFields(value: PlainValue, path: string): FieldReader {
  if (!isMap(value)) throw new FieldProblem(`${path === "" ? "the file" : path} must be a map`);
  const pathOf = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const field = (name: string): PlainValue | undefined => value[name] ?? undefined;
  const items = (name: string): readonly PlainValue[] => {
    const list = field(name) ?? [];
    if (!isList(list)) throw new FieldProblem(`${pathOf(name)} must be a list`);
    return list;
  };
  return {
    names: Object.keys(value),
    value: field,
    text: (name) => textOf(field(name) ?? "", pathOf(name)),
    texts: (name) => items(name).map((it, index) => textOf(it, `${pathOf(name)}[${index}]`)),
    list: (name) => items(name).map((it, index) => readFields(it, `${pathOf(name)}[${index}]`)),
    map(name) {
      const map = field(name);
      return map === undefined ? undefined : readFields(map, pathOf(name));
    },
    flag(name) {
      const flag = field(name) ?? false;
      if (typeof flag !== "boolean") throw new FieldProblem(`${pathOf(name)} must be true or false`);
      return flag;
    },
  };
}

function textOf(value: PlainValue, path: string): string {
  if (typeof value !== "string") throw new FieldProblem(`${path} must be text; put it in quotes`);
  return value;
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function isMap(value: PlainValue): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
