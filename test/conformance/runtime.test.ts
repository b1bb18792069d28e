import { readManifests, type ShootView } from "@registry-cache/core";
import {
  cacheHosts,
  certificateSpecs,
  contentHash,
  endpointOf,
  type KubernetesObject,
  mirrorHosts,
  type RuntimeCache,
  readRuntimeCaches,
  renderCaches,
  renderConfigFile,
  renderHostsToml,
  renderShared,
} from "@registry-cache/runtime";
import { expect, test } from "vitest";
import { parse } from "yaml";
import configCases from "./cases/cache-config.json" with { type: "json" };
import runtimeCases from "./cases/runtime-cases.json" with { type: "json" };

test.each(configCases)(
  "config.yml of $id is as recorded",
  ({ upstream, ttl, tls, username, password, remoteurl, configYmlParsed }) => {
    const [cache] = cachesOf([{ upstream, remoteURL: remoteurl, garbageCollection: { ttl }, http: { tls } }]);
    const credentials = username === "" ? undefined : { username, password };
    expect(cache && parse(renderConfigFile(cache, credentials).text)).toEqual(configYmlParsed);
  },
);

const dockerHub = { upstream: "docker.io", garbageCollection: { ttl: "336h" } };
const artifacts = { upstream: "europe-docker.pkg.dev", garbageCollection: { ttl: "0s" }, http: { tls: false } };

test.each([
  { name: "docker.io with TLS", written: dockerHub, hash: "0e975e1d" },
  { name: "europe-docker.pkg.dev without TLS", written: artifacts, hash: "82e4af49" },
  { name: "docker.io without TLS", written: { ...dockerHub, http: { tls: false } }, hash: "06d5bbea" },
  {
    name: "docker.io with a login",
    written: dockerHub,
    credentials: { username: "docker-user", password: "It's12o'clock" },
    hash: "fe6b8135",
  },
  {
    name: "europe-docker.pkg.dev with a login",
    written: artifacts,
    credentials: { username: "ar-user", password: '{"foo":"bar"}' },
    hash: "a135c965",
  },
])("the config Secret of $name ends in the extension's hash", ({ written, credentials, hash }) => {
  const [cache] = cachesOf([written]);
  expect(cache && contentHash({ "config.yml": renderConfigFile(cache, credentials).text })).toBe(hash);
});

test.each(runtimeCases.defaulting.filter((it) => it.id.startsWith("default-reg")))(
  "$id: absent fields get the extension's defaults",
  ({ input, expected }) => {
    const [cache] = cachesOf((input.caches ?? []).map((it) => ({ upstream: "docker.io", ...it })));
    const [want] = expected.caches ?? [];
    expect({ size: cache?.size, ttl: cache?.ttl, tls: cache?.tls }).toEqual({
      size: want?.volume.size,
      ttl: want?.garbageCollection.ttl,
      tls: want?.http.tls,
    });
  },
);

test("the Services are those of the Go test", () => {
  const [recorded] = runtimeCases.services;
  const objects = render(recorded?.caches ?? []).filter((it) => it.kind === "Service");
  expect(objects.map(({ metadata, spec }) => ({ metadata, spec }))).toEqual(recorded?.expected);
});

test("the status names endpoint and remote URL of each Service, IPv6 in brackets", () => {
  const recorded = runtimeCases.providerStatus.find((it) => it.id === "status-003");
  const endpoints = (recorded?.services ?? []).map(({ metadata, spec }) =>
    endpointOf({ tls: metadata.annotations.scheme === "https" }, spec.clusterIP),
  );
  expect(endpoints).toEqual(recorded?.expected.caches?.map((it) => it.endpoint));
});

test("a node gets the registries that the cache's ensurer adds", () => {
  const recorded = runtimeCases.cacheEnsurer.EnsureCRIConfig.find((it) => it.id === "oscc-007");
  const hosts = (recorded?.statusCaches ?? []).map((it) =>
    cacheHosts({ upstream: it.upstream, remoteUrl: it.remoteURL }, it.endpoint),
  );
  expect(hosts).toEqual(recorded?.expectedRegistries);
});

test.each(runtimeCases.mirrorEnsurer.EnsureCRIConfig.filter((it) => it.mirrors !== undefined))(
  "$id: a node gets the registries that the mirror's ensurer adds",
  (recorded) => {
    const registries = mirrorsOf(recorded.mirrors ?? []).map(mirrorHosts);
    if (recorded.expectedRegistries !== undefined)
      expect(registries.map(({ readinessProbe: _, ...it }) => it)).toEqual(recorded.expectedRegistries);
    const [host] = registries[0]?.hosts ?? [];
    if (recorded.expectedCaCert !== undefined) expect(host?.caCerts).toEqual([recorded.expectedCaCert]);
    if (recorded.expectedCapabilities !== undefined) expect(host?.capabilities).toEqual(recorded.expectedCapabilities);
  },
);

test.each(runtimeCases.certificateConfigs)(
  "$id: certificates are asked for as the extension does",
  ({ services, expected }) => {
    const caches = cachesOf(services.map((it) => ({ upstream: it.upstream, http: { tls: it.scheme === "https" } })));
    const specs = certificateSpecs(
      caches,
      ({ upstream }) => services.find((it) => it.upstream === upstream)?.clusterIP,
    );
    expect(
      specs.map(({ name, commonName, type, dnsNames, ipAddresses, validityDays }) => ({
        name,
        commonName,
        certType: type,
        validity: `${validityDays * 24}h (${validityDays} days)`,
        ...(type === "server" ? { dnsNames, ipAddresses, skipPublishingCACertificate: true } : {}),
      })),
    ).toEqual(expected);
  },
);

test.each(runtimeCases.hostsToml)(
  "$id: hosts.toml says what the end-to-end test reads",
  ({ upstream, server, hosts }) => {
    const text = renderHostsToml({
      upstream,
      server,
      readinessProbe: false,
      hosts: hosts.map(({ override_path, ...it }) => ({
        ...it,
        ...(override_path === undefined ? {} : { overridePath: override_path }),
      })),
    });
    const expected = hosts.map(
      (it) =>
        `[host."${it.url}"]\n  capabilities = ${JSON.stringify(it.capabilities)}\n${it.override_path ? "  override_path = true\n" : ""}`,
    );
    expect(text).toBe(
      ["# Rendered by kubectl registry-cache.", `server = "${server}"`, "", expected.join("\n")].join("\n"),
    );
  },
);

interface Context {
  readonly name: string;
  readonly caches?: readonly object[];
  readonly verticalPodAutoscaling?: boolean;
  readonly expected: readonly string[];
}

const base = [
  { upstream: "docker.io", volume: { size: "10Gi" }, garbageCollection: { ttl: "336h" } },
  {
    upstream: "europe-docker.pkg.dev",
    volume: { size: "20Gi", storageClassName: "premium" },
    garbageCollection: { ttl: "0s" },
    http: { tls: false },
  },
];
const cacheA = [
  "Service registry-docker-io",
  "Secret registry-docker-io-config",
  "Secret registry-docker-io-tls",
  "StatefulSet registry-docker-io",
];
const cacheB = [
  "Service registry-europe-docker-pkg-dev",
  "Secret registry-europe-docker-pkg-dev-config",
  "StatefulSet registry-europe-docker-pkg-dev",
];
const vpaA = "VerticalPodAutoscaler registry-docker-io";
const vpaB = "VerticalPodAutoscaler registry-europe-docker-pkg-dev";
const policy = "NetworkPolicy gardener.cloud--allow-registry-cache";

const contexts: readonly Context[] = [
  { name: "VPA enabled", expected: [...cacheA, vpaA, ...cacheB, vpaB, policy] },
  { name: "VPA disabled", verticalPodAutoscaling: false, expected: [...cacheA, ...cacheB, policy] },
  {
    name: "HA enabled",
    caches: base.map((it) => ({ ...it, highAvailability: { enabled: true } })),
    expected: [
      ...cacheA,
      "PodDisruptionBudget registry-docker-io",
      vpaA,
      ...cacheB,
      "PodDisruptionBudget registry-europe-docker-pkg-dev",
      vpaB,
      policy,
    ],
  },
  {
    name: "no TLS anywhere",
    caches: base.map((it) => ({ ...it, http: { tls: false } })),
    expected: [...cacheA.filter((it) => !it.endsWith("-tls")), vpaA, ...cacheB, vpaB, policy],
  },
];

test.each(contexts)(
  "$name gives exactly the objects of the Go test",
  ({ caches, verticalPodAutoscaling, expected }) => {
    const objects = [...render(caches ?? base, verticalPodAutoscaling), ...renderShared()];
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name.replace(/-[0-9a-f]{8}$/, "")}`);
    expect(names).toEqual(expected);
  },
);

test("the objects of highly available caches behind a proxy have every field of the Go test", async () => {
  const proxy = { httpProxy: "http://127.0.0.1", httpsProxy: "http://127.0.0.1" };
  const objects = render(base.map((it) => ({ ...it, proxy, highAvailability: { enabled: true } })));
  await expect(
    `${JSON.stringify(
      objects.filter((it) => it.kind !== "Secret"),
      undefined,
      2,
    )}\n`,
  ).toMatchFileSnapshot("cases/runtime-objects.json");
});

function render(caches: readonly object[], verticalPodAutoscaling = true): readonly KubernetesObject[] {
  return renderCaches(cachesOf(caches), {
    image: "some-image:some-tag",
    verticalPodAutoscaling,
    credentialsOf: () => undefined,
    certificateOf: () => ({ certificate: "crt", key: "key" }),
  }).flatMap((it) => it.objects);
}

function cachesOf(caches: readonly object[]): readonly RuntimeCache[] {
  const config = { apiVersion: "registry.extensions.gardener.cloud/v1alpha3", kind: "RegistryConfig", caches };
  const read = readRuntimeCaches(shootWith({ type: "registry-cache", providerConfig: config }));
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

function mirrorsOf(mirrors: readonly object[]): NonNullable<ShootView["registryMirror"]>["mirrors"] {
  const config = { apiVersion: "mirror.extensions.gardener.cloud/v1alpha1", kind: "MirrorConfig", mirrors };
  return shootWith({ type: "registry-mirror", providerConfig: config }).registryMirror?.mirrors ?? [];
}

function shootWith(extension: object): ShootView {
  const shoot = { apiVersion: "core.gardener.cloud/v1beta1", kind: "Shoot", spec: { extensions: [extension] } };
  const view = readManifests("shoot.json", JSON.stringify(shoot)).documents[0]?.shoots[0];
  if (view === undefined) throw new Error("no Shoot was read");
  return view;
}
