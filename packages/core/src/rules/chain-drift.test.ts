import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { summarizeLive } from "../workspace/chain-values.ts";

interface Parts {
  readonly cache?: object;
  readonly caches?: readonly object[];
  readonly host?: object;
  readonly hosts?: readonly object[];
  readonly disabled?: boolean;
  readonly resources?: readonly object[];
  readonly extensions?: readonly object[];
}

const entry = (name: string, target: string, kind = "Secret"): object => ({
  name,
  resourceRef: { apiVersion: "v1", kind, name: target },
});

/** A whole Shoot with a cache and a mirror. */
function shoot({ cache, caches, host, hosts, disabled, resources, extensions }: Parts): string {
  const config = { kind: "RegistryConfig", apiVersion: "registry.extensions.gardener.cloud/v1alpha3" };
  const mirrors = { kind: "MirrorConfig", apiVersion: "mirror.extensions.gardener.cloud/v1alpha1" };
  const own = caches ?? [{ upstream: "quay.io", secretReferenceName: "quay", ...cache }];
  const hosted = hosts ?? [{ host: "https://m.example", ...host }];
  return JSON.stringify({
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: { name: "a", namespace: "garden-dev" },
    spec: {
      region: "r",
      cloudProfile: { name: "c" },
      kubernetes: { version: "1.33.4" },
      provider: { type: "local", workers: [{ name: "w", machine: { type: "m" }, minimum: 1, maximum: 1 }] },
      extensions: extensions ?? [
        {
          type: "registry-cache",
          ...(disabled !== undefined && { disabled }),
          providerConfig: { ...config, caches: own },
        },
        { type: "registry-mirror", providerConfig: { ...mirrors, mirrors: [{ upstream: "ghcr.io", hosts: hosted }] } },
      ],
      resources: resources ?? [entry("quay", "quay-v1"), entry("other", "x")],
    },
  });
}

function drift(live: string, manifest: string): readonly string[] {
  const [before] = readManifests("live", live).documents.flatMap((it) => it.shoots);
  if (before === undefined) throw new Error("unreachable: there is a Shoot");
  const report = inspect(readManifests("a.json", manifest), () => summarizeLive(before));
  const findings = conclude([report]).get("a.json") ?? [];
  return findings
    .filter((it) => it.code === "RC302")
    .map((it) => `${manifest.slice(it.span.start, it.span.end)}: ${it.message}`);
}

const garden = "the Shoot in the garden has";

test.each<readonly [string, Parts, Parts, readonly string[]]>([
  ["the same", {}, {}, []],
  [
    "a default that is written out",
    {
      cache: {
        remoteURL: "https://quay.io",
        http: { tls: true },
        garbageCollection: { ttl: "168h" },
        highAvailability: { enabled: false },
      },
    },
    {},
    [],
  ],
  [
    "a duration in other words",
    { cache: { garbageCollection: { ttl: "7200s" } } },
    { cache: { garbageCollection: { ttl: "2h" } } },
    [],
  ],
  [
    "another order of capabilities",
    { host: { capabilities: ["pull", "resolve"] } },
    { host: { capabilities: ["resolve", "pull"] } },
    [],
  ],
  [
    "the default of capabilities",
    { host: { capabilities: ["pull"] } },
    { host: { capabilities: null, overridePath: false } },
    [],
  ],
  [
    "the order of caches and entries",
    { caches: [{ upstream: "a.io" }, { upstream: "b.io" }], resources: [entry("x", "x"), entry("y", "y")] },
    { caches: [{ upstream: "b.io" }, { upstream: "a.io" }], resources: [entry("y", "y"), entry("x", "x")] },
    [],
  ],
  [
    "a remote URL",
    { cache: { remoteURL: "https://mirror.example" } },
    {},
    [`"quay.io": ${garden} remoteURL "https://mirror.example" for cache "quay.io", not "https://quay.io"`],
  ],
  [
    "a reference",
    { cache: { secretReferenceName: "other" } },
    {},
    [`"quay": ${garden} secretReferenceName "other" for cache "quay.io", not "quay"`],
  ],
  [
    "no reference",
    { cache: { secretReferenceName: null } },
    {},
    [`"quay": ${garden} secretReferenceName unset for cache "quay.io", not "quay"`],
  ],
  [
    "a suffix",
    { cache: { serviceNameSuffix: "old" } },
    { cache: { serviceNameSuffix: "new" } },
    [`"new": ${garden} serviceNameSuffix "old" for cache "quay.io", not "new"`],
  ],
  [
    "TLS",
    { cache: { http: { tls: false } } },
    { cache: { http: { tls: true } } },
    [`true: ${garden} http.tls "false" for cache "quay.io", not "true"`],
  ],
  ["TLS that an empty object turns off", { cache: { http: {} } }, { cache: { http: { tls: false } } }, []],
  [
    "high availability",
    { cache: { highAvailability: { enabled: true } } },
    { cache: { highAvailability: { enabled: false } } },
    [`false: ${garden} highAvailability.enabled "true" for cache "quay.io", not "false"`],
  ],
  [
    "garbage collection",
    { cache: { garbageCollection: { ttl: "24h" } } },
    { cache: { garbageCollection: { ttl: "0s" } } },
    [`"0s": ${garden} garbageCollection.ttl "24h" for cache "quay.io", not "0s"`],
  ],
  [
    "a proxy, whose address may hold a password",
    { cache: { proxy: { httpsProxy: "http://u:secret@p" } } },
    { cache: { proxy: { httpsProxy: "http://u:other@p" } } },
    [`"http://u:other@p": ${garden} another proxy.httpsProxy for cache "quay.io" than the manifest`],
  ],
  ["a cache that the garden lacks", { caches: [] }, {}, [`"quay.io": the Shoot in the garden has no cache "quay.io"`]],
  [
    "a cache that the manifest lacks",
    {},
    { caches: [{ upstream: "ghcr.io" }] },
    [
      `"registry-cache": the manifest leaves out cache "quay.io", which the Shoot in the garden has`,
      `"ghcr.io": the Shoot in the garden has no cache "ghcr.io"`,
    ],
  ],
  [
    "an extension that is off",
    { disabled: true },
    {},
    [`"registry-cache": ${garden} disabled "true" for extension registry-cache, not "false"`],
  ],
  [
    "capabilities",
    { host: { capabilities: ["pull", "resolve"] } },
    { host: { capabilities: ["pull"] } },
    [
      `"pull": ${garden} capabilities "pull, resolve" for host "https://m.example" of the mirror of "ghcr.io", not "pull"`,
    ],
  ],
  [
    "a CA bundle",
    { host: { caBundleSecretReferenceName: "other" } },
    { host: { caBundleSecretReferenceName: "quay" } },
    [
      `"quay": ${garden} caBundleSecretReferenceName "other" for host "https://m.example" of the mirror of "ghcr.io", not "quay"`,
    ],
  ],
  [
    "a path",
    { host: { overridePath: true } },
    { host: { overridePath: false } },
    [`false: ${garden} overridePath "true" for host "https://m.example" of the mirror of "ghcr.io", not "false"`],
  ],
  [
    "the order of hosts",
    { hosts: [{ host: "https://a" }, { host: "https://b" }] },
    { hosts: [{ host: "https://b" }, { host: "https://a" }] },
    [`"ghcr.io": ${garden} hosts "https://a, https://b" for mirror of "ghcr.io", not "https://b, https://a"`],
  ],
  [
    "an entry that no cache uses",
    { resources: [entry("quay", "quay-v1"), entry("other", "y", "ConfigMap")] },
    {},
    [`"x": ${garden} resourceRef ConfigMap "y" of v1 for entry "other" of spec.resources, not Secret "x" of v1`],
  ],
  [
    "an entry that a cache uses, of which RC301 tells",
    { resources: [entry("quay", "quay-v2"), entry("other", "x")] },
    {},
    [],
  ],
  [
    "entries that one of both lacks",
    { resources: [entry("quay", "quay-v1"), entry("gone", "x")] },
    {},
    [
      `"quay": the manifest leaves out entry "gone" of spec.resources, which the Shoot in the garden has`,
      `"other": the Shoot in the garden has no entry "other" of spec.resources`,
    ],
  ],
])("%s", (_, live, manifest, expected) => {
  expect(drift(shoot(live), shoot(manifest)).toSorted()).toEqual(expected.toSorted());
});

test("a whole manifest without the extensions leaves them out, a part of one leaves them to others", () => {
  const text = shoot({ extensions: [], resources: [] });
  expect(drift(shoot({}), text)).toEqual([
    '"a": the manifest leaves out extension registry-cache, which the Shoot in the garden has',
    '"a": the manifest leaves out extension registry-mirror, which the Shoot in the garden has',
    '"a": the manifest leaves out entry "quay" of spec.resources, which the Shoot in the garden has',
    '"a": the manifest leaves out entry "other" of spec.resources, which the Shoot in the garden has',
  ]);
  const part = JSON.stringify({ kind: "Shoot", metadata: { name: "a" }, spec: { purpose: "testing" } });
  expect(drift(shoot({}), part)).toEqual([]);
});
