import { describeField, type Schema, schemas } from "@registry-cache/core";
import { expect, test } from "vitest";
import { flattenSchema, type SchemaField } from "./flatten-schema.ts";
import { type ShootFact, shootFacts } from "./shoot-facts.ts";

/** Fields of every Kubernetes object that manifests from a cluster carry; the facts leave them out. */
const beyondFacts = ["metadata.managedFields", "metadata.selfLink", "metadata.deletionGracePeriodSeconds"];
const fields = flattenSchema(schemas.shoot).filter((it) => !beyondFacts.includes(it.path));

test("the schema of a Shoot has exactly the fields that Gardener has", () => {
  expect(fields.map((it) => it.path).sort()).toEqual(shootFacts.map((it) => it.path).sort());
});

test.each<readonly [string, (field: SchemaField) => unknown, (fact: ShootFact) => unknown]>([
  ["types", typeOf, (it) => it.type],
  ["supported values", (it) => it.schema.enum, (it) => it.enum],
  ["required fields", (it) => it.required, (it) => it.required],
  ["formats", formatOf, formatOfFact],
  ["defaults", (it) => it.schema.default, (it) => (isComputed(it) ? undefined : it.default)],
  ["fields whose default is computed", (it) => it.schema.computed !== undefined, isComputed],
  ["deprecated fields", (it) => it.schema.deprecated !== undefined, (it) => it.deprecated === true],
  ["immutable fields", (it) => it.schema.immutable, (it) => it.immutableWhen && immutabilities[it.immutableWhen]],
  ["fields that need a Kubernetes version", (it) => it.schema.since, (it) => it.k8s?.from],
  ["fields that Kubernetes versions refuse", (it) => it.schema.until, (it) => it.k8s?.forbiddenFrom],
  ["fields of the server", (it) => it.readOnly, (it) => it.readOnly === true],
  ["opaque fields", (it) => it.schema.opaque === true, (it) => it.opaque === true],
  ["references", (it) => it.schema.reference !== undefined, (it) => it.ref !== undefined],
  ["merged lists", (it) => it.schema.mergeKey, (it) => it.mergeKey],
  ["examples", (it) => it.schema.examples, (it) => it.examples],
])("its %s are Gardener's", (_, ofField, ofFact) => {
  expect(tableOf(fields, ofField)).toEqual(tableOf(shootFacts, ofFact));
});

test("every field has a description of its own, in plain sentences", () => {
  for (const { path, schema } of fields) {
    expect(schema.description, path).toMatch(/^[A-Z].*\.$/);
    expect(describeField(schema).split(/\.\s/).length, path).toBeLessThanOrEqual(6);
  }
});

test("two fields have the same description only where one type is used twice", () => {
  const seen = new Map<string, SchemaField>();
  for (const field of fields) {
    const { description = "" } = field.schema;
    const other = seen.get(description);
    seen.set(description, field);
    if (other === undefined) continue;
    expect(lastOf(field.path), `${field.path} and ${other.path}`).toBe(lastOf(other.path));
    expect(withoutDefault(field), `${field.path} and ${other.path}`).toEqual(withoutDefault(other));
  }
});

test("a description tells the default, the versions and whether the field can change", () => {
  const told = (path: string): string => describeField(fieldAt(path));
  expect(told("spec.region")).toBe("The region of the infrastructure. It cannot change.");
  expect(told("spec.kubernetes.kubeScheduler.profile")).toBe(
    "How pods are placed: spread over the nodes, or packed onto few of them. Default: balanced.",
  );
  expect(told("spec.cloudProfileName")).toBe(
    "The name of the CloudProfile. Deprecated: use cloudProfile. Kubernetes 1.34 and newer refuse it.",
  );
  expect(told("spec.kubernetes.kubelet.preloadedImagesVerificationAllowlist")).toBe(
    "The images that need no proof, with the policy NeverVerifyAllowlistedImages. It needs Kubernetes 1.35 or newer.",
  );
});

/** Our names for when a field may not change. */
const immutabilities: { readonly [when: string]: Schema["immutable"] } = {
  always: "always",
  "once-set": "once-set",
  "cannot-be-removed": "kept",
  "cannot-be-unset": "kept",
  "no-downgrade": "no-downgrade",
  "no-downgrade-no-minor-skip": "upgrade",
  "managed-seeds-only": "managed-seed",
  "only-IPv4<->IPv4,IPv6": "ip-families",
  "no-switch-between-rolling-and-in-place": "update-strategy",
  "except-removal-when-credentialsBindingName-set": "binding",
  "only-via-shoots/binding-subresource": "seed",
  "once-set-and-scheduled": "scheduled",
  "except-extension-on-zone-HA-upgrade": "zones-added",
};

function tableOf<T extends { readonly path: string }>(
  rows: readonly T[],
  read: (row: T) => unknown,
): { readonly [path: string]: unknown } {
  return Object.fromEntries(rows.map((it) => [it.path, read(it)]));
}

function typeOf({ schema: { type, format, additionalProperties } }: SchemaField): string {
  if (typeof type === "object") return type.join("|");
  if (format === "quantity") return "string|number";
  return type === "object" && typeof additionalProperties === "object" ? "map" : (type ?? "any");
}

/** The facts call provider configurations and lists of operations formats; we say so by fields of their own. */
function formatOfFact({ format }: ShootFact): string | undefined {
  return format === "double" || format === "raw-extension" || format?.startsWith("semicolon") ? undefined : format;
}

/** Two formats are beyond the facts: networks and the maintenance window, which the server reads later. */
function formatOf({ schema: { format } }: SchemaField): string | undefined {
  return format === "cidr" || format === "time-of-day" ? undefined : format;
}

/** The facts write a default that depends on others in words. */
function isComputed(fact: ShootFact): boolean {
  const { path, default: value, type } = fact;
  // Gardener fills in the newest version; the facts do not count it as a default.
  if (path === "spec.kubernetes.version") return true;
  return typeof value === "string" && (type !== "string" || value.startsWith("="));
}

/** The kubelet has defaults for the cluster, and none for a worker pool. */
function withoutDefault({ schema }: SchemaField): Schema {
  const { default: _, computed: __, ...rest } = schema;
  return rest;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function fieldAt(path: string): Schema {
  return fields.find((it) => it.path === path)?.schema ?? {};
}
