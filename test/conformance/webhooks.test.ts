import { conclude, type Finding, inspect, readManifests } from "@registry-cache/core";
import { expect, test } from "vitest";
import { asShoot, namespace, resource } from "./build-shoot.ts";
import { type Json, type JsonObject, writeManifest } from "./write-manifest.ts";

const registry = { apiVersion: "registry.extensions.gardener.cloud/v1alpha3", kind: "RegistryConfig" };
const mirror = { apiVersion: "mirror.extensions.gardener.cloud/v1alpha1", kind: "MirrorConfig" };
const badMirrors = { ...mirror, mirrors: [{ upstream: "A", hosts: [] }] };

/** What both webhooks together say of a Shoot with these extensions. */
function verdicts(extensions: readonly JsonObject[], resources: readonly Json[] = []): readonly string[] {
  const spec = { extensions, provider: { workers: [{ cri: { name: "containerd" } }] }, resources };
  const text = writeManifest(asShoot({ metadata: { name: "crazy-botany", namespace }, spec }), "block YAML");
  const facts = { cluster: { namespaces: [namespace], secrets: [] } };
  const findings: readonly Finding[] =
    conclude([inspect(readManifests("shoot.yaml", text))], facts).get("shoot.yaml") ?? [];
  return findings.flatMap(({ admission }) => (admission ? [`${admission.type} ${admission.field}`] : []));
}

// No recorded case has these: they follow pkg/admission/validator/{cache,mirror}/shoot.go.
test.each<[string, readonly JsonObject[], readonly string[]]>([
  [
    "caches that do not decode silence the rules of the mirrors",
    [
      { type: "registry-mirror", providerConfig: badMirrors },
      { type: "registry-cache", providerConfig: { ...registry, cache: [] } },
    ],
    ["Decode spec.extensions[1].providerConfig.cache"],
  ],
  [
    "caches without providerConfig do, too",
    [{ type: "registry-mirror", providerConfig: badMirrors }, { type: "registry-cache" }],
    ["Denied spec.extensions[1].providerConfig", "Required spec.extensions[1].providerConfig"],
  ],
  [
    "mirrors that do not decode leave the rules of the caches alone",
    [
      { type: "registry-mirror", providerConfig: { ...mirror, mirror: [] } },
      { type: "registry-cache", providerConfig: { ...registry, caches: [] } },
    ],
    ["Decode spec.extensions[0].providerConfig.mirror", "Required spec.extensions[1].providerConfig.caches"],
  ],
  [
    "an empty providerConfig decodes, and has no caches",
    [{ type: "registry-cache", providerConfig: {} }],
    ["Required spec.extensions[0].providerConfig.caches"],
  ],
  [
    "of two extensions of a type the first counts",
    [{ type: "registry-cache", providerConfig: { ...registry, caches: [] } }, { type: "registry-cache" }],
    ["Required spec.extensions[0].providerConfig.caches"],
  ],
  [
    "a null among the mirrors is one without anything",
    [{ type: "registry-mirror", providerConfig: { ...mirror, mirrors: [null] } }],
    [
      "Required spec.extensions[0].providerConfig.mirrors[0].hosts",
      "Invalid spec.extensions[0].providerConfig.mirrors[0].upstream",
    ],
  ],
])("%s", (_, extensions, expected) => {
  expect(verdicts(extensions)).toEqual(expected);
});

test("a missing Secret silences all other rules of its webhook", () => {
  const caches = [{ upstream: "A", secretReferenceName: "ref" }];
  const extensions = [{ type: "registry-cache", providerConfig: { ...registry, caches } }];
  expect(verdicts(extensions, [resource("ref", "gone")])).toEqual([
    "Denied spec.extensions[0].providerConfig.caches[0].secretReferenceName",
  ]);
});
