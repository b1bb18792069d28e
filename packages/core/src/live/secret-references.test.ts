import { expect, test } from "vitest";
import { secretReferences } from "./secret-references.ts";

const secret = (name: string): object => ({ apiVersion: "v1", kind: "Secret", name });

test("every field of a Shoot that names a Secret is a reference, and no other is", () => {
  const spec = {
    resources: [
      { name: "quay", resourceRef: secret("quay-v1") },
      { name: "map", resourceRef: { apiVersion: "v1", kind: "ConfigMap", name: "m" } },
      {
        name: "identity",
        resourceRef: { apiVersion: "security.gardener.cloud/v1alpha1", kind: "WorkloadIdentity", name: "w" },
      },
      { name: "ca", resourceRef: secret("ca-v1") },
    ],
    extensions: [
      { type: "registry-cache", providerConfig: { caches: [{ upstream: "quay.io", secretReferenceName: "quay" }] } },
      {
        type: "registry-mirror",
        providerConfig: { mirrors: [{ upstream: "docker.io", hosts: [{ caBundleSecretReferenceName: "ca" }] }] },
      },
    ],
    dns: {
      providers: [
        { credentialsRef: secret("dns-1") },
        { credentialsRef: { apiVersion: "security.gardener.cloud/v1alpha1", kind: "WorkloadIdentity", name: "w" } },
        { secretName: "dns-2" },
      ],
    },
    kubernetes: {
      kubeAPIServer: {
        admissionPlugins: [{ name: "a", kubeconfigSecretName: "plugin" }, { name: "b" }],
        structuredAuthorization: { configMapName: "m", kubeconfigs: [{ secretName: "webhook" }] },
        auditConfig: { auditPolicy: { configMapRef: { name: "m" } } },
      },
    },
  };
  expect(secretReferences(spec)).toEqual([
    { kind: "resource", field: "spec.resources[0].resourceRef.name", secret: "quay-v1", users: ["cache quay.io"] },
    { kind: "resource", field: "spec.resources[3].resourceRef.name", secret: "ca-v1", users: ["mirror docker.io"] },
    { kind: "dns-provider", field: "spec.dns.providers[0].credentialsRef.name", secret: "dns-1", users: [] },
    { kind: "dns-provider", field: "spec.dns.providers[2].secretName", secret: "dns-2", users: [] },
    {
      kind: "admission-plugin",
      field: "spec.kubernetes.kubeAPIServer.admissionPlugins[0].kubeconfigSecretName",
      secret: "plugin",
      users: [],
    },
    {
      kind: "authorization-webhook",
      field: "spec.kubernetes.kubeAPIServer.structuredAuthorization.kubeconfigs[0].secretName",
      secret: "webhook",
      users: [],
    },
  ]);
});

test.each([undefined, null, 1, [], { resources: {}, dns: [], extensions: [null, { type: "registry-cache" }] }])(
  "%j names no Secret",
  (spec) => {
    expect(secretReferences(spec)).toEqual([]);
  },
);
