import { fullName, type ResourceDefinition } from "./resource.ts";
import type { ObjectKey } from "./store.ts";

/** What a path below /api or /apis means. */
export interface Route {
  readonly definition: ResourceDefinition;
  /** `name` is empty for the collection; `namespace` for all, or where there is none. */
  readonly key: ObjectKey;
  readonly subresource: string;
  /** The path below a sub-resource that has one. */
  readonly rest: string;
}

/** Finds what a path means among the resources that there are; undefined where it means none of them. */
export function routeOf(path: string, resources: readonly ResourceDefinition[]): Route | undefined {
  const parts = path.split("/").slice(1).map(decodeURIComponent);
  const [group, version, ...rest] = parts[0] === "api" ? ["", ...parts.slice(1)] : parts.slice(1);
  const find = (plural: string | undefined): ResourceDefinition | undefined =>
    resources.find((it) => it.group === group && it.version === version && it.plural === plural);
  const inNamespace = rest[0] === "namespaces" && find(rest[2])?.namespaced === true;
  const [plural, name = "", subresource = "", ...more] = inNamespace ? rest.slice(2) : rest;
  const definition = find(plural);
  if (definition === undefined) return undefined;
  if (more.length > 0 && definition.texts?.[subresource] === undefined) return undefined;
  // What there is not in a namespace is no part of the namespace itself.
  if (definition.plural === "namespaces" && !["", "status", "finalize"].includes(subresource)) return undefined;
  const namespace = inNamespace ? (rest[1] ?? "") : "";
  return { definition, key: { resource: fullName(definition), namespace, name }, subresource, rest: more.join("/") };
}
