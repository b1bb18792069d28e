import { growthOf, inStep } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { nextName } from "../rotate/versions.ts";
import { pendingSwitches, readBindingUsage, readSecretState, readShootUsage, readTemplateUsage } from "./read-usage.ts";

const metadata = { namespace: "garden-dev", name: "a", uid: "u", resourceVersion: "7" };
const by = (kind: string): object => ({ kind, ...metadata });
const named = (name: string): object => ({ name: "quay", resourceRef: { apiVersion: "v1", kind: "Secret", name } });
const spec = { resources: [named("quay-v2")] };
const field = "spec.resources[0].resourceRef.name";

test("a Shoot's uses carry the Shoot as it was read", () => {
  const use = { by: by("Shoot"), kind: "resource", field, users: [], deleting: false };
  expect(readShootUsage({ metadata, spec })).toEqual({
    uses: [{ namespace: "garden-dev", secret: "quay-v2", use }],
    pending: { by: by("Shoot"), why: "not-started" },
  });
});

test("a Shoot counts while it is deleted, until it has lost Gardener's finalizer", () => {
  const deleted = { ...metadata, deletionTimestamp: "2030-01-01T00:00:00Z" };
  const held = readShootUsage({ metadata: { ...deleted, finalizers: ["gardener"] }, spec });
  expect(held.uses.map((it) => [it.secret, it.use.deleting])).toEqual([["quay-v2", true]]);
  const free = { metadata: { ...deleted, finalizers: ["gardener.cloud/reference-protection"] }, spec };
  expect(readShootUsage(free)).toEqual({ uses: [], pending: undefined });
});

test("bindings name Secrets of other namespaces, too", () => {
  const use = { by: by("SecretBinding"), kind: "binding", field: "secretRef.name", users: [], deleting: false };
  const uses = (kind: "SecretBinding" | "CredentialsBinding", more: object) =>
    readBindingUsage(kind, { metadata, ...more }).uses;
  expect(uses("SecretBinding", { secretRef: { name: "x", namespace: "garden-other" } })).toEqual([
    { namespace: "garden-other", secret: "x", use },
  ]);
  expect(uses("SecretBinding", { secretRef: { name: "x" } }).map((it) => it.namespace)).toEqual(["garden-dev"]);
  const ref = { apiVersion: "v1", kind: "Secret", name: "x", namespace: "garden-other" };
  expect(uses("CredentialsBinding", { credentialsRef: ref }).map((it) => [it.secret, it.use.field])).toEqual([
    ["x", "credentialsRef.name"],
  ]);
  const identity = { ...ref, apiVersion: "security.gardener.cloud/v1alpha1", kind: "WorkloadIdentity" };
  expect(uses("CredentialsBinding", { credentialsRef: identity })).toEqual([]);
});

test("the template of a ManagedSeedSet names Secrets of its own namespace", () => {
  const uses = readTemplateUsage({ metadata, spec: { shootTemplate: { spec } } }).uses;
  const use = {
    by: by("ManagedSeedSet"),
    kind: "template",
    field: `spec.shootTemplate.${field}`,
    users: [],
    deleting: false,
  };
  expect(uses).toEqual([{ namespace: "garden-dev", secret: "quay-v2", use }]);
});

test("what a Secret's metadata says", () => {
  const ownerReferences = [{ kind: "Shoot", name: "a" }];
  expect(readSecretState({ metadata: { ...metadata, finalizers: ["x", 1], ownerReferences } })).toEqual({
    state: "present",
    object: by("Secret"),
    terminating: false,
    finalizers: ["x"],
    owners: ["Shoot a"],
  });
});

test("a switch to a later version counts for the versions before it, in its own namespace, until it is rolled out", () => {
  const lastOperation = { type: "Reconcile", state: "Succeeded", lastUpdateTime: "2030-01-01T00:00:00Z" };
  const settled = { metadata, spec, status: { lastOperation } };
  const reports = [readShootUsage({ metadata, spec })];
  const pending = { by: by("Shoot"), why: "not-started", secret: "quay-v2" };
  const switches = (name: string, namespace = "garden-dev", from = reports) =>
    pendingSwitches(from)({ name, namespace });
  expect(switches("quay-v1")).toEqual([pending]);
  expect(["quay-v2", "quay-v3", "other-v1"].map((it) => switches(it))).toEqual([[], [], []]);
  expect(switches("quay-v1", "garden-other")).toEqual([]);
  const longest = "a".repeat(249);
  const long = readShootUsage({ metadata, spec: { resources: [named(nextName(longest, new Set()))] } });
  expect(switches(longest, "garden-dev", [long]).map((it) => it.secret)).toEqual([`${"a".repeat(246)}-v2`]);
  expect(
    switches("quay-v1", "garden-dev", [readShootUsage({ ...settled, metadata: { ...metadata, generation: 0 } })]),
  ).toEqual([]);
});

test("the work for all Secrets of a garden grows in step with it", () => {
  const work = (size: number): void => {
    const reports = Array.from({ length: size }, (_, at) =>
      readShootUsage({ metadata: { ...metadata, namespace: `garden-${at}` }, spec }),
    );
    const find = pendingSwitches(reports);
    for (const { uses } of reports) for (const { namespace } of uses) find({ namespace, name: "quay-v1" });
  };
  expect(growthOf(work, 2000)).toBeLessThan(inStep);
});
