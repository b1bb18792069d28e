import type { ApiObject, Keep } from "@registry-cache/garden";

/** What tells whether a Shoot's spec is rolled out. */
const rollOutStatus: Keep = {
  observedGeneration: true,
  hibernated: true,
  seedName: true,
  lastOperation: true,
  lastMaintenance: true,
};

const metadata: Keep = {
  name: true,
  namespace: true,
  uid: true,
  resourceVersion: true,
  generation: true,
  creationTimestamp: true,
  deletionTimestamp: true,
  finalizers: true,
  // Who wrote the chain, and when; the rest is half of a Shoot.
  managedFields: {
    time: true,
    subresource: true,
    fieldsV1: { "f:spec": { "f:extensions": "sought", "f:resources": "sought" } },
  },
  annotations: { "shoot.gardener.cloud/ignore": true },
};

const rollOutSpec: Keep = { maintenance: true, hibernation: true, seedName: true };

/** What of a Shoot the state of its caches is made of. */
export const statusFields: Keep = {
  metadata,
  spec: { ...rollOutSpec, extensions: true, resources: true },
  status: rollOutStatus,
};

/** What of a Shoot may name a Secret, and whether it is rolled out. */
export const usageFields: Keep = {
  metadata,
  spec: {
    ...rollOutSpec,
    extensions: true,
    resources: true,
    dns: { providers: true },
    kubernetes: { kubeAPIServer: { admissionPlugins: true, structuredAuthorization: { kubeconfigs: true } } },
  },
  status: rollOutStatus,
};

/** What of a Shoot a rotation needs: who manages it, and the chain with its roll-out. */
export const rotationFields: Keep = { ...usageFields, metadata: true, status: { ...rollOutStatus, conditions: true } };

/** What of the metadata of a Secret counts. */
export const secretFields: Keep = {
  metadata: {
    name: true,
    namespace: true,
    uid: true,
    resourceVersion: true,
    creationTimestamp: true,
    deletionTimestamp: true,
    finalizers: true,
    ownerReferences: true,
  },
};

/** A Shoot as manifests are read: lists leave out what all items have in common. */
export function asManifest(shoot: ApiObject): ApiObject {
  return { ...shoot, apiVersion: "core.gardener.cloud/v1beta1", kind: "Shoot" };
}
