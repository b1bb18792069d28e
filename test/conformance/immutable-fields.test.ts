import { conclude, inspect, readManifests, type Schema, schemas, summarizePrevious } from "@registry-cache/core";
import { expect, test } from "vitest";
import { type JsonObject, writeManifest } from "./write-manifest.ts";

const whole = {
  cloudProfile: { name: "aws" },
  region: "eu-west-1",
  provider: { type: "aws" },
  kubernetes: { version: "1.33.4" },
} as const;

/** What an update of a Shoot gives: the path and the law that each finding tells. */
function update(before: JsonObject, after: JsonObject): readonly string[] {
  const [previous] = readManifests("old.yaml", shootText(before)).documents.flatMap((it) => it.shoots);
  const file = readManifests("new.yaml", shootText(after));
  const report = inspect(file, () => previous && summarizePrevious(previous));
  const findings = conclude([report]).get("new.yaml") ?? [];
  return findings.filter((it) => it.code === "RC022").map((it) => it.message);
}

function shootText(spec: JsonObject): string {
  const head = { apiVersion: "core.gardener.cloud/v1beta1", kind: "Shoot", metadata: { name: "crazy-botany" } };
  return writeManifest({ ...head, spec: { ...whole, ...spec } }, "block YAML");
}

function pool(fields: JsonObject): JsonObject {
  const worker = { name: "worker", machine: { type: "local" }, minimum: 1, maximum: 2, ...fields };
  return { provider: { type: "aws", workers: [{ name: "first" }, worker] } };
}

function was(field: string, value: string): string {
  return `"spec.${field}" was "${value}": once set, it cannot change`;
}

/** The paths of the fields that a schema calls immutable, each with its law. */
function immutableFields(schema: Schema | undefined, path: string): readonly (readonly [string, string])[] {
  if (schema === undefined) return [];
  const { immutable, properties = {}, items } = schema;
  return [
    ...(immutable === undefined ? [] : [[path, immutable] as const]),
    ...Object.entries(properties).flatMap(([name, it]) => immutableFields(it, `${path}.${name}`)),
    ...immutableFields(items, `${path}[]`),
  ];
}

const networking = { type: "calico", pods: "100.96.0.0/11" };
const tolerance = (type: string): JsonObject => ({
  controlPlane: { highAvailability: { failureTolerance: { type } } },
});

const updates: readonly (readonly [string, JsonObject, JsonObject, readonly string[]])[] = [
  ["nothing", {}, {}, []],
  ["the region", {}, { region: "eu-west-2" }, ['"spec.region" was "eu-west-1": it cannot change']],
  ["the provider", {}, { provider: { type: "gcp" } }, ['"spec.provider.type" was "aws": it cannot change']],
  ["a version to the next minor", {}, { kubernetes: { version: "1.34.0" } }, []],
  ["a version to the newest patch", {}, { kubernetes: { version: "1.33" } }, []],
  [
    "a version over a minor",
    {},
    { kubernetes: { version: "1.35.0" } },
    ['"spec.kubernetes.version" was "1.33.4": it cannot go back, and can only move to the next minor version'],
  ],
  [
    "a version back",
    {},
    { kubernetes: { version: "1.33.3" } },
    ['"spec.kubernetes.version" was "1.33.4": it cannot go back, and can only move to the next minor version'],
  ],
  [
    "a network",
    { networking },
    { networking: { ...networking, pods: "10.0.0.0/8" } },
    ['"spec.networking.pods" was "100.96.0.0/11": once set, it cannot change'],
  ],
  ["a network that was not set", { networking: { type: "calico" } }, { networking }, []],
  ["networking taken away", { networking }, {}, ['"spec.networking" was set: once set, it cannot be removed']],
  ["the network of nodes", { networking: { nodes: "10.0.0.0/16" } }, { networking: { nodes: "10.1.0.0/16" } }, []],
  ["to both families", { networking }, { networking: { ...networking, ipFamilies: ["IPv4", "IPv6"] } }, []],
  [
    "to another family",
    { networking },
    { networking: { ...networking, ipFamilies: ["IPv6"] } },
    ['"spec.networking.ipFamilies" was "IPv4": it can only change between IPv4 and both families'],
  ],
  ["a mask taken away", { kubernetes: { version: "1.33.4", kubeControllerManager: { nodeCIDRMaskSize: 24 } } }, {}, []],
  [
    "a mask",
    { kubernetes: { version: "1.33.4", kubeControllerManager: { nodeCIDRMaskSize: 24 } } },
    { kubernetes: { version: "1.33.4", kubeControllerManager: { nodeCIDRMaskSize: 23 } } },
    ['"spec.kubernetes.kubeControllerManager.nodeCIDRMaskSize" was "24": it cannot change'],
  ],
  ["the default scheduler written", {}, { schedulerName: "default-scheduler" }, []],
  [
    "the scheduler",
    {},
    { schedulerName: "other" },
    ['"spec.schedulerName" was "default-scheduler": once set, it cannot change'],
  ],
  ["from one binding to the other", { secretBindingName: "a" }, { credentialsBindingName: "a" }, []],
  [
    "a binding taken away",
    { secretBindingName: "a" },
    {},
    ['"spec.secretBindingName" was "a": it cannot change; it can be removed when credentialsBindingName is set'],
  ],
  ["credentials", { credentialsBindingName: "a" }, { credentialsBindingName: "b" }, []],
  [
    "credentials taken away",
    { credentialsBindingName: "a" },
    {},
    ['"spec.credentialsBindingName" was "a": once set, it cannot be removed'],
  ],
  [
    "the seed",
    { seedName: "a" },
    { seedName: "b" },
    ['"spec.seedName" was "a": once set, it changes only through the subresource shoots/binding'],
  ],
  ["the seed left out", { seedName: "a" }, {}, []],
  [
    "the failure tolerance",
    tolerance("node"),
    tolerance("zone"),
    ['"spec.controlPlane.highAvailability.failureTolerance.type" was "node": once set and scheduled, it cannot change'],
  ],
  [
    "the failure tolerance taken away",
    tolerance("node"),
    {},
    ['"spec.controlPlane.highAvailability.failureTolerance.type" was "node": once set and scheduled, it cannot change'],
  ],
  ["a zone more", { controlPlane: { zones: ["a"] } }, { controlPlane: { zones: ["a", "b"] } }, []],
  [
    "a zone less",
    { controlPlane: { zones: ["a", "b"] } },
    { controlPlane: { zones: ["b"] } },
    ['"spec.controlPlane.zones" was "a,b": zones can only be added, and only when the failure tolerance becomes zone'],
  ],
  [
    "a pool's version back",
    pool({ kubernetes: { version: "1.33.4" } }),
    pool({ kubernetes: { version: "1.32.4" } }),
    ['"spec.provider.workers[1].kubernetes.version" was "1.33.4": it cannot go back'],
  ],
  [
    "a pool's strategy among those in place",
    pool({ updateStrategy: "AutoInPlaceUpdate" }),
    pool({ updateStrategy: "ManualInPlaceUpdate" }),
    [],
  ],
  [
    "a pool's strategy",
    pool({}),
    pool({ updateStrategy: "AutoInPlaceUpdate" }),
    [
      '"spec.provider.workers[1].updateStrategy" was "AutoRollingUpdate": it cannot change between rolling and in-place updates',
    ],
  ],
  ["a new pool", {}, pool({ updateStrategy: "AutoInPlaceUpdate" }), []],
  [
    "a backup",
    pool({ controlPlane: { backup: { provider: "aws" } } }),
    pool({ controlPlane: { backup: { provider: "gcp" } } }),
    ['"spec.provider.workers[1].controlPlane.backup.provider" was "aws": it cannot change'],
  ],
  [
    "a backup taken away",
    pool({ controlPlane: { backup: { provider: "aws" } } }),
    pool({}),
    ['"spec.provider.workers[1].controlPlane.backup" was set: once set, it cannot be removed'],
  ],
  ["the domain", { dns: { domain: "a.example" } }, { dns: { domain: "b.example" } }, [was("dns.domain", "a.example")]],
  [
    "the domain's settings taken away",
    { dns: { domain: "a.example" } },
    {},
    ['"spec.dns" was set: once set, it cannot be removed'],
  ],
  [
    "the type of the network",
    { networking },
    { networking: { ...networking, type: "cilium" } },
    ['"spec.networking.type" was "calico": it cannot change'],
  ],
  [
    "the network of Services",
    { networking: { services: "100.64.0.0/13" } },
    { networking: { services: "10.0.0.0/13" } },
    [was("networking.services", "100.64.0.0/13")],
  ],
  [
    "a mask for IPv6",
    { kubernetes: { version: "1.33.4", kubeControllerManager: { nodeCIDRMaskSizeIPv6: 64 } } },
    { kubernetes: { version: "1.33.4", kubeControllerManager: { nodeCIDRMaskSizeIPv6: 80 } } },
    [was("kubernetes.kubeControllerManager.nodeCIDRMaskSizeIPv6", "64")],
  ],
  [
    "a backup's region",
    pool({ controlPlane: { backup: { provider: "aws", region: "a" } } }),
    pool({ controlPlane: { backup: { provider: "aws", region: "b" } } }),
    ['"spec.provider.workers[1].controlPlane.backup.region" was "a": it cannot change'],
  ],
];

test.each(updates)("an update that changes %s", (_, before, after, expected) => {
  expect(update(before, after)).toEqual(expected);
});

test("every field that cannot change has such an update", () => {
  const refused = updates.flatMap(([, , , told]) => told.map((it) => it.split('"')[1]?.replace(/\[\d+\]/g, "[]")));
  const laws = immutableFields(schemas.shoot.properties?.["spec"], "spec");
  // Whether a cluster is a seed is not to be seen in its manifest.
  const expected = laws.filter(([, law]) => law !== "managed-seed").map(([path]) => path);
  expect([...new Set(refused)].sort()).toEqual(expected.sort());
});

test("a patch takes nothing away", () => {
  const patch = { cloudProfile: undefined, region: undefined, kubernetes: undefined };
  expect(update({ networking, dns: { domain: "example.com" } }, patch)).toEqual([]);
});
