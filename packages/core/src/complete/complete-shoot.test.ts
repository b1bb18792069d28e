import { readCursor } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import type { CompletionWorkspace } from "./completion.ts";
import { complete } from "./index.ts";

type Case = readonly [name: string, marked: string, labels: string];

const workspace: CompletionWorkspace = {
  garden: { manifestsOf: () => [], secretNames: () => [] },
  findingsOf: () => [],
};

/** The labels at the cursor, best first. */
function labels(marked: string, uri = "file:///a/shoot.yaml"): string {
  const { text, offset } = readCursor(marked);
  return complete(readManifests(uri, text), offset, workspace)
    .map((it) => it.label)
    .join(", ");
}

function inShoot(spec: string): string {
  const lines = spec.split("\n").map((it) => (it === "" ? it : `  ${it}`));
  return `apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nspec:\n${lines.join("\n")}`;
}

describe("documents", () => {
  test.each<Case>([
    [
      "an empty file can become any document that we know",
      "<|>",
      "Shoot with a registry cache, Secret with upstream credentials, apiVersion, kind",
    ],
    [
      "behind a marker a new document begins",
      "a: 1\n---\n<|>\n",
      "Shoot with a registry cache, Secret with upstream credentials, apiVersion, kind",
    ],
    ["in a document that has begun no other is proposed", "metadata:\n  name: a\n<|>", "apiVersion, kind"],
    ["a file that looks like no manifest is left alone", "on: push\njobs: {}\n<|>", ""],
    ["a document in JSON begins with its head", "{ <|> }", "apiVersion, kind"],
    ["kinds", "kind: <|>", "Shoot, Secret, RegistryConfig, MirrorConfig"],
    ["the kinds of an apiVersion", "apiVersion: v1\nkind: <|>", "Secret"],
    [
      "the apiVersions",
      "apiVersion: <|>",
      "core.gardener.cloud/v1beta1, v1, registry.extensions.gardener.cloud/v1alpha3, mirror.extensions.gardener.cloud/v1alpha1",
    ],
    ["the apiVersion of a kind", "apiVersion: <|>\nkind: Shoot", "core.gardener.cloud/v1beta1"],
    ["a Shoot has one apiVersion only", "kind: Shoot\napiVersion: core<|>\n", "core.gardener.cloud/v1beta1"],
    ["an unknown kind has no keys of ours", "apiVersion: apps/v1\nkind: Deployment\n<|>", ""],
    ["a Shoot of a foreign group is none", "apiVersion: example.com/v1\nkind: Shoot\n<|>", ""],
    ["fields at the root of a Shoot", "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\n<|>", "metadata, spec"],
    ["the group alone says that it is a Shoot", "apiVersion: core.gardener.cloud/v1beta1\n<|>", "kind, metadata, spec"],
    [
      "the configuration of an extension in a list",
      "kind: List\nitems:\n- kind: Shoot\n  spec:\n    extensions:\n    - type: registry-mirror\n      providerConfig:\n        <|>\n",
      "apiVersion, kind, mirrors",
    ],
    ["fields of a Shoot in a list", "kind: List\nitems:\n- kind: Shoot\n  <|>\n", "apiVersion, metadata, spec"],
    [
      "fields of a Shoot's spec in a list",
      "kind: List\nitems:\n- kind: Shoot\n  spec:\n    maintenance:\n      <|>\n",
      "autoUpdate, timeWindow, confineSpecUpdateRollout, autoRotation",
    ],
    [
      "fields of a RegistryConfig that stands for itself",
      "apiVersion: registry.extensions.gardener.cloud/v1alpha3\nkind: RegistryConfig\n<|>",
      "caches",
    ],
    [
      "fields of a MirrorConfig that stands for itself",
      "apiVersion: mirror.extensions.gardener.cloud/v1alpha1\n<|>",
      "kind, mirrors",
    ],
    [
      "the second document counts, not the first",
      "kind: Secret\n---\nkind: Shoot\nmetadata:\n  name: a\n<|>",
      "apiVersion, spec",
    ],
    [
      "a template is completed by its layout",
      "kind: Shoot\nspec:\n  {{- if .Values.hibernate }}\n  hibernation:\n    <|>\n  {{- end }}\n",
      "enabled, schedules",
    ],
  ])("%s", (_, marked, expected) => {
    expect(labels(marked)).toBe(expected);
  });
});

describe("the Shoot", () => {
  test.each<Case>([
    [
      "what a worker pool needs comes first",
      inShoot("provider:\n  type: aws\n  workers:\n  - <|>"),
      "name, machine, maximum, minimum, annotations, caBundle, cri, kubernetes, labels, maxSurge, maxUnavailable, providerConfig, taints, volume, dataVolumes, kubeletDataVolumeName, zones, systemComponents, machineControllerManager, sysctls, clusterAutoscaler, priority, updateStrategy, controlPlane",
    ],
    [
      "fields of a map",
      inShoot("maintenance:\n  <|>"),
      "autoUpdate, timeWindow, confineSpecUpdateRollout, autoRotation",
    ],
    [
      "fields that are there are not proposed again",
      inShoot("maintenance:\n  timeWindow: {}\n  <|>\n  autoUpdate: {}"),
      "confineSpecUpdateRollout, autoRotation",
    ],
    [
      "fields of an inner map",
      inShoot("maintenance:\n  autoUpdate:\n    <|>"),
      "kubernetesVersion, machineImageVersion",
    ],
    [
      "a word may begin anywhere in the name",
      inShoot("maintenance:\n  upd<|>"),
      "autoUpdate, timeWindow, confineSpecUpdateRollout, autoRotation",
    ],
    [
      "a field is renamed to one that is not there",
      inShoot("maintenance:\n  timeWindow: {}\n  auto<|>Updat:\n    kubernetesVersion: true"),
      "autoUpdate, confineSpecUpdateRollout, autoRotation",
    ],
    [
      "a bare word above its children",
      inShoot("maintenance:\n  auto<|>\n    kubernetesVersion: true"),
      "autoUpdate, timeWindow, confineSpecUpdateRollout, autoRotation",
    ],
    [
      "in flow style",
      inShoot("maintenance: { <|> }"),
      "autoUpdate, timeWindow, confineSpecUpdateRollout, autoRotation",
    ],
    [
      "in flow style beside others",
      inShoot("maintenance: { timeWindow: { begin: 220000+0100 }, <|> }"),
      "autoUpdate, confineSpecUpdateRollout, autoRotation",
    ],
    [
      "values of an enumeration",
      inShoot("purpose: <|>"),
      "evaluation, testing, development, production, infrastructure",
    ],
    [
      "values of an enumeration, quoted",
      inShoot('purpose: "prod<|>"'),
      "evaluation, testing, development, production, infrastructure",
    ],
    [
      "values of an enumeration, with a quote that is not closed",
      inShoot("purpose: 'prod<|>"),
      "evaluation, testing, development, production, infrastructure",
    ],
    [
      "values of an enumeration on the next line",
      inShoot("purpose:\n  <|>"),
      "evaluation, testing, development, production, infrastructure",
    ],
    [
      "values of an enumeration in flow style",
      inShoot("tolerations: []\ncloudProfile: { kind: <|>, name: aws }"),
      "CloudProfile, NamespacedCloudProfile",
    ],
    ["true and false", inShoot("hibernation:\n  enabled: <|>"), "true, false"],
    ["a default", inShoot("provider:\n  workers:\n  - maxSurge: <|>"), "1"],
    ["the architectures", inShoot("provider:\n  workers:\n  - machine:\n      architecture: <|>"), "amd64, arm64"],
    ["the only container runtime", inShoot("provider:\n  workers:\n  - cri:\n      name: <|>"), "containerd"],
    [
      "effects of a taint in a list in a list",
      inShoot("provider:\n  workers:\n  - name: a\n    taints:\n    - key: a\n      effect: <|>"),
      "NoSchedule, PreferNoSchedule, NoExecute",
    ],
    [
      "orders for Gardener",
      "kind: Shoot\nmetadata:\n  annotations:\n    <|>",
      "gardener.cloud/operation, maintenance.gardener.cloud/operation, confirmation.gardener.cloud/deletion",
    ],
    [
      "values of an order",
      "kind: Shoot\nmetadata:\n  annotations:\n    confirmation.gardener.cloud/deletion: <|>",
      "true",
    ],
    [
      "metadata without what the server sets",
      "kind: Shoot\nmetadata:\n  <|>",
      "name, generateName, namespace, labels, annotations, ownerReferences, finalizers",
    ],
    ["a free map has no keys of ours", "kind: Shoot\nmetadata:\n  labels:\n    <|>", ""],
    [
      "the configuration of a foreign extension is not ours",
      inShoot("extensions:\n- type: shoot-dns-service\n  providerConfig:\n    <|>"),
      "",
    ],
    ["a field that no schema knows has none below", inShoot("unknown:\n  <|>"), ""],
    ["no field inherits what objects have", inShoot("constructor:\n  <|>"), ""],
  ])("%s", (_, marked, expected) => {
    expect(labels(marked)).toBe(expected);
  });
});

describe("extensions", () => {
  test.each<Case>([
    [
      "a new item of the list",
      inShoot("extensions:\n<|>"),
      "registry-cache, registry-mirror, provider, region, dns, hibernation, kubernetes, networking, maintenance, monitoring, purpose, seedName, seedSelector, resources, tolerations, exposureClassName, systemComponents, controlPlane, schedulerName, cloudProfile, credentialsBindingName, accessRestrictions, - type, addons, cloudProfileName, secretBindingName",
    ],
    [
      "a new item beside one that is there",
      inShoot("extensions:\n- type: registry-cache\n<|>"),
      "registry-mirror, provider, region, dns, hibernation, kubernetes, networking, maintenance, monitoring, purpose, seedName, seedSelector, resources, tolerations, exposureClassName, systemComponents, controlPlane, schedulerName, cloudProfile, credentialsBindingName, accessRestrictions, - type, addons, cloudProfileName, secretBindingName",
    ],
    [
      "a new item where dashes are indented",
      inShoot("extensions:\n  - type: registry-cache\n  <|>\n  - type: registry-mirror"),
      "- type",
    ],
    ["behind the dash", inShoot("extensions:\n- <|>"), "type, providerConfig, disabled"],
    ["behind the dash without a blank", inShoot("extensions:\n-<|>"), "type, providerConfig, disabled"],
    ["behind the colon", inShoot("extensions: <|>"), "registry-cache, registry-mirror, - type"],
    ["in brackets", inShoot("extensions: [ <|> ]"), "registry-cache, registry-mirror, - type, {}"],
    [
      "types",
      inShoot("extensions:\n- type: <|>"),
      "registry-cache, registry-mirror, shoot-dns-service, shoot-cert-service, shoot-oidc-service, shoot-networking-filter, shoot-networking-problemdetector",
    ],
    ["a type as the item itself", inShoot("extensions:\n- ty<|>"), "type, providerConfig, disabled"],
    ["fields of an extension", inShoot("extensions:\n- type: registry-cache\n  <|>"), "providerConfig, disabled"],
    [
      "fields of a configuration whose type follows",
      inShoot("extensions:\n- providerConfig:\n    <|>\n  type: registry-cache"),
      "apiVersion, kind, caches",
    ],
    [
      "fields of a configuration by its own kind",
      inShoot("extensions:\n- providerConfig:\n    kind: MirrorConfig\n    <|>"),
      "apiVersion, mirrors",
    ],
    ["nothing when the configuration's type is not known", inShoot("extensions:\n- providerConfig:\n    <|>"), ""],
    [
      "the apiVersion of a configuration",
      inShoot("extensions:\n- type: registry-cache\n  providerConfig:\n    apiVersion: <|>"),
      "registry.extensions.gardener.cloud/v1alpha3",
    ],
    [
      "the kind of a configuration",
      inShoot("extensions:\n- type: registry-mirror\n  providerConfig:\n    kind: <|>"),
      "MirrorConfig",
    ],
  ])("%s", (_, marked, expected) => {
    expect(labels(marked)).toBe(expected);
  });
});
