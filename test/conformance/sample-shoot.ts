import { type Schema, schemas } from "@registry-cache/core";
import { isObject, type Json, type JsonObject } from "./write-manifest.ts";

/** A step on the way to a field: its name, `[]` for the first item of a list, `*` for a value of a map. */
export type Steps = readonly string[];

/** What a sample holds: only what must be there, or all fields; and for which version of Kubernetes it is. */
export interface Sample {
  readonly extent: "needed" | "all";
  readonly version: string;
}

/** The key of the values of maps in samples. */
export const sampleKey = "cpu";

/** A path such as `spec.provider.workers[].labels.*` as steps. */
export function stepsOf(path: string): Steps {
  const [, parent = path, annotation] = /^(.*)\["(.+)"\]$/.exec(path) ?? [];
  const steps = parent.split(".").flatMap((it) => (it.endsWith("[]") ? [it.slice(0, -2), "[]"] : [it]));
  return annotation === undefined ? steps : [...steps, annotation];
}

/** A whole Shoot that holds the field at a path, and there what the sample asks for; elsewhere only what must be there. */
export function sampleShoot(path: string, sample: Sample): JsonObject {
  const { metadata, spec, ...root } = objectAt(schemas.shoot, stepsOf(path), sample);
  const bare = objectAt(schemas.shoot.properties?.["spec"], ["provider"], { ...sample, extent: "needed" });
  return {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    ...root,
    metadata: { name: "crazy-botany", namespace: "garden-dev", ...(isObject(metadata) ? metadata : {}) },
    spec: { cloudProfile: { name: "aws" }, ...bare, ...(isObject(spec) ? spec : {}) },
  };
}

/** A value at the end of the steps from a schema, in as many objects and lists as there are steps. */
function valueAt(schema: Schema | undefined, name: string, steps: Steps, sample: Sample): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return sampleOf(schema ?? {}, name, sample);
  return step === "[]" ? [valueAt(schema?.items, name, rest, sample)] : objectAt(schema, steps, sample);
}

function objectAt(schema: Schema = {}, [step, ...rest]: Steps, sample: Sample): JsonObject {
  const { properties = {}, additionalProperties, required = [] } = schema;
  const object: { [name: string]: Json } = {};
  const beside: Sample = step === undefined ? sample : { ...sample, extent: "needed" };
  for (const [name, inner] of Object.entries(properties)) {
    if (name === step) object[name] = valueAt(inner, name, rest, sample);
    else if (required.includes(name) || beside.extent === "all") object[name] = sampleOf(inner, name, beside);
  }
  if (typeof additionalProperties !== "object") return object;
  if (step === "*" || beside.extent === "all")
    object[sampleKey] = valueAt(additionalProperties, sampleKey, rest, sample);
  return object;
}

function sampleOf(schema: Schema, name: string, sample: Sample): Json {
  const { type, opaque, items, format } = schema;
  switch (type) {
    case "object":
      return opaque ? { apiVersion: "example.com/v1", kind: "Config", anything: true } : objectAt(schema, [], sample);
    case "array":
      return sample.extent === "all" ? [sampleOf(items ?? {}, name, sample)] : [];
    case "boolean":
      return true;
    case "integer":
      return 1;
    case "number":
      return 0.5;
    default:
      return schema.enum?.[0] ?? texts[format ?? ""] ?? (name === "version" ? sample.version : "some-text");
  }
}

const texts: { readonly [format: string]: Json } = {
  duration: "10m",
  quantity: "1Gi",
  cidr: "10.250.0.0/16",
  "time-of-day": "220000+0100",
  "date-time": "2025-03-03T10:00:00Z",
  "int-or-percent": "25%",
};
