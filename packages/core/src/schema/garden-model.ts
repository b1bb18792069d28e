/** A garden's own description of a Shoot: a part of its OpenAPI v3, as plain JSON that can be kept. */
export interface GardenModel {
  /** The name of the Shoot's component. */
  readonly root: string;
  /** It and all that it refers to. */
  readonly components: { readonly [name: string]: unknown };
}

/** The name that gardener-apiserver gives the Shoot (openapi_generated.go). */
const shootComponent = "com.github.gardener.gardener.pkg.apis.core.v1beta1.Shoot";

const pointer = "#/components/schemas/";

/** Takes from an OpenAPI v3 document what describes a Shoot; undefined where it describes none. */
export function shootModel(openApi: unknown): GardenModel | undefined {
  return modelOf(fieldsAt(openApi, "components", "schemas"), shootComponent);
}

/** Reads a model that was kept; undefined where the value is none. Only what belongs to it is taken. */
export function readGardenModel(value: unknown): GardenModel | undefined {
  const root = fieldsAt(value)?.["root"];
  return typeof root === "string" ? modelOf(fieldsAt(value, "components"), root) : undefined;
}

/** The component that a schema of OpenAPI stands for, by a reference of its own or as the only part of `allOf`. */
export function referenceOf(schema: Fields): string | undefined {
  const all = schema["allOf"];
  const reference = schema["$ref"] ?? (Array.isArray(all) && all.length === 1 ? fieldsAt(all[0])?.["$ref"] : undefined);
  return typeof reference === "string" && reference.startsWith(pointer) ? reference.slice(pointer.length) : undefined;
}

/** A map of JSON. */
export type Fields = { readonly [name: string]: unknown };

/** The map at a path of JSON; undefined where there is none. */
export function fieldsAt(value: unknown, ...path: readonly string[]): Fields | undefined {
  let found = asFields(value);
  for (const name of path)
    found = asFields(found !== undefined && Object.hasOwn(found, name) ? found[name] : undefined);
  return found;
}

function asFields(value: unknown): Fields | undefined {
  return isFields(value) ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function modelOf(all: Fields | undefined, root: string): GardenModel | undefined {
  if (fieldsAt(all, root, "properties", "spec") === undefined) return undefined;
  const components = new Map<string, unknown>();
  const open = [root];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const schema = fieldsAt(all, name);
    if (schema === undefined || components.has(name)) continue;
    components.set(name, schema);
    open.push(...referencesIn(schema));
  }
  return { root, components: Object.fromEntries(components) };
}

/** All components that a schema refers to, however deep in it; a long way down without recursion. */
function referencesIn(schema: Fields): readonly string[] {
  const found: string[] = [];
  const open: unknown[] = [schema];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) open.push(...value.filter((it) => typeof it === "object" && it !== null));
    if (!isFields(value)) continue;
    const reference = referenceOf(value);
    if (reference !== undefined) found.push(reference);
    open.push(...Object.values(value).filter((it) => typeof it === "object" && it !== null));
  }
  return found;
}
