/** A value of JSON. A field of `undefined` is left out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** An object of the Kubernetes API as plain JSON, its fields in the order in which people expect to read them. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: Json | undefined;
}

/** What all objects carry. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
  readonly [field: string]: Json | undefined;
}

/** Leaves out the fields of an object that are undefined, in depth. */
export function withoutAbsentFields(object: KubernetesObject): KubernetesObject {
  const fields = Object.entries(object).flatMap(([key, value]) => {
    return value === undefined ? [] : [[key, withoutAbsent(value)] as const];
  });
  return { ...object, ...Object.fromEntries(fields) };
}

function withoutAbsent(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).flatMap(([key, field]) => {
    return field === undefined ? [] : [[key, withoutAbsent(field)] as const];
  });
  return Object.fromEntries(fields);
}
