import { type Schema, schemas } from "@registry-cache/core";

/** How a garden's Shoot differs from the one that this program knows. */
export interface OpenApiChanges {
  /** Fields that only the garden has, by their paths, such as `spec.provider.workers[].newField`. */
  readonly newer?: { readonly [path: string]: Schema };
  /** Paths of fields that it does not have. */
  readonly without?: readonly string[];
}

/**
 * The OpenAPI v3 document of core.gardener.cloud/v1beta1 as gardener-apiserver serves it, as far as it is about Shoots: a
 * component for each type of Go, joined by references, with the defaults of kube-openapi and without enums, formats of
 * quantities and durations, or a word on unknown fields. (gardener pkg/apiserver/openapi)
 */
export function gardenerOpenApi(changes: OpenApiChanges = {}): object {
  const components = new Map<string, object>(Object.entries(machinery));
  const root = `${types}Shoot`;
  components.set(root, {
    ...objectOf(schemas.shoot, { components, changes, path: "", name: "Shoot" }),
    "x-kubernetes-group-version-kind": [kind],
  });
  const reference = { "application/json": { schema: { $ref: `#/components/schemas/${root}` } } };
  return {
    openapi: "3.0.0",
    info: { title: "Gardener", version: "v1.150.0" },
    paths: {
      "/apis/core.gardener.cloud/v1beta1/namespaces/{namespace}/shoots/{name}": {
        get: {
          responses: { "200": { description: "OK", content: reference } },
          "x-kubernetes-action": "get",
          "x-kubernetes-group-version-kind": kind,
        },
      },
    },
    components: { schemas: Object.fromEntries(components) },
  };
}

const kind = { group: "core.gardener.cloud", kind: "Shoot", version: "v1beta1" };
const types = "com.github.gardener.gardener.pkg.apis.core.v1beta1.";
const apimachinery = "io.k8s.apimachinery.pkg.";

const special = {
  quantity: `${apimachinery}api.resource.Quantity`,
  duration: `${apimachinery}apis.meta.v1.Duration`,
  time: `${apimachinery}apis.meta.v1.Time`,
  intOrString: `${apimachinery}util.intstr.IntOrString`,
  raw: `${apimachinery}runtime.RawExtension`,
} as const;

/** Types that kube-openapi describes by how they are written, and no further. */
const machinery: { readonly [name: string]: object } = {
  [special.quantity]: { description: "Quantity is a number.", oneOf: [{ type: "string" }, { type: "number" }] },
  [special.duration]: { description: "Duration is a wrapper around time.Duration.", type: "string" },
  [special.time]: { description: "Time is a wrapper around time.Time.", type: "string", format: "date-time" },
  [special.intOrString]: { format: "int-or-string", oneOf: [{ type: "integer" }, { type: "string" }] },
  [special.raw]: { description: "RawExtension is used to hold extensions.", type: "object" },
};

interface Walk {
  readonly components: Map<string, object>;
  readonly changes: OpenApiChanges;
  readonly path: string;
  /** What a type at this place would be called in Go. */
  readonly name: string;
}

function objectOf({ description, properties = {}, required = [] }: Schema, walk: Walk): object {
  const known = Object.entries({ ...properties, ...newerAt(walk) }).filter(([name]) => !isWithout(walk, name));
  const fields = known.map(([name, field]) => [name, propertyOf(field, inner(walk, name))] as const);
  const needed = required.filter((it) => known.some(([name]) => name === it));
  return {
    ...(description !== undefined && { description }),
    type: "object",
    ...(needed.length > 0 && { required: needed }),
    properties: Object.fromEntries(fields),
  };
}

function propertyOf(field: Schema, walk: Walk): object {
  const { description, type, format, items, additionalProperties, properties, opaque } = field;
  const about = description === undefined ? {} : { description };
  if (opaque) return { ...about, allOf: [refTo(special.raw)] };
  if (typeof type === "object") return { ...about, allOf: [refTo(special.intOrString)] };
  if (items !== undefined) {
    const item = { ...walk, path: `${walk.path}[]`, name: singular(walk.name) };
    return { ...about, type: "array", items: { default: {}, ...propertyOf(items, item) } };
  }
  if (additionalProperties) {
    const values = propertyOf(additionalProperties, { ...walk, path: `${walk.path}.*` });
    return { ...about, type: "object", additionalProperties: { default: "", ...values } };
  }
  if (properties !== undefined) return { ...about, default: {}, allOf: [refTo(componentOf(field, walk))] };
  if (format === "quantity" || format === "duration") return { ...about, allOf: [refTo(special[format])] };
  if (format === "date-time") return { ...about, allOf: [refTo(special.time)] };
  return { ...about, type, ...(format === "int32" || format === "int64" ? { format } : {}) };
}

function componentOf(schema: Schema, walk: Walk): string {
  const name = walk.path === "metadata" ? `${apimachinery}apis.meta.v1.ObjectMeta` : `${types}${walk.name}`;
  walk.components.set(name, objectOf(schema, walk));
  return name;
}

function refTo(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

function inner({ path, name, ...walk }: Walk, field: string): Walk {
  const word = field.slice(0, 1).toUpperCase() + field.slice(1);
  return { ...walk, path: path === "" ? field : `${path}.${field}`, name: `${name}${word}` };
}

function newerAt({ changes: { newer = {} }, path }: Walk): { readonly [name: string]: Schema } {
  const here = Object.entries(newer).filter(([it]) => it.slice(0, Math.max(0, it.lastIndexOf("."))) === path);
  return Object.fromEntries(here.map(([it, schema]) => [it.slice(it.lastIndexOf(".") + 1), schema]));
}

function isWithout({ changes: { without = [] }, path }: Walk, name: string): boolean {
  return without.includes(path === "" ? name : `${path}.${name}`);
}

function singular(name: string): string {
  return name.replace(/s$/, "");
}
