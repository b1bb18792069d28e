import { readCursor, shootWith } from "@registry-cache/testkit";
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

function inCaches(list: string): string {
  return shootWith({ caches: `caches:\n${list}` });
}

function inMirrors(list: string): string {
  return shootWith({ mirrors: `mirrors:\n${list}` });
}

const cacheFields =
  "remoteURL, volume, garbageCollection, secretReferenceName, proxy, http, highAvailability, serviceNameSuffix";

const registries =
  "docker.io, ghcr.io, quay.io, registry.k8s.io, gcr.io, europe-docker.pkg.dev, us-docker.pkg.dev, asia-docker.pkg.dev, registry.gitlab.com, mcr.microsoft.com";

describe("caches", () => {
  test.each<Case>([
    ["fields of a cache", inCaches("- upstream: docker.io\n  <|>"), cacheFields],
    [
      "fields of a cache, some there above and below",
      inCaches("- upstream: docker.io\n  <|>\n  volume:\n    size: 1Gi"),
      "remoteURL, garbageCollection, secretReferenceName, proxy, http, highAvailability, serviceNameSuffix",
    ],
    ["fields of a cache whose item has only a dash", inCaches("- <|>"), `upstream, ${cacheFields}`],
    [
      "fields of a cache between others",
      inCaches("- upstream: docker.io\n- vol<|>\n- upstream: quay.io"),
      `upstream, ${cacheFields}`,
    ],
    [
      "the cursor's column decides: a new cache",
      inCaches("- upstream: docker.io\n<|>\n- upstream: quay.io"),
      "cache, cache with credentials, - upstream",
    ],
    [
      "the cursor's column decides: a field of the disk",
      inCaches("- upstream: docker.io\n  volume:\n    size: 1Gi\n    <|>"),
      "storageClassName",
    ],
    [
      "the cursor's column decides: a field of the cache",
      inCaches("- upstream: docker.io\n  volume:\n    size: 1Gi\n  <|>"),
      "remoteURL, garbageCollection, secretReferenceName, proxy, http, highAvailability, serviceNameSuffix",
    ],
    ["wrong indentation is mended", inCaches("- upstream: docker.io\n   <|>"), cacheFields],
    ["a tab is mended", inCaches("- upstream: docker.io\n\t<|>"), cacheFields],
    ["a cache in braces", inCaches("- { upstream: docker.io, <|> }"), cacheFields],
    [
      "a cache in braces that are not closed",
      inCaches("- { upstream: docker.io, vol<|>\n- { upstream: quay.io }"),
      cacheFields,
    ],
    ["fields of the disk", inCaches("- upstream: docker.io\n  volume:\n    <|>"), "size, storageClassName"],
    ["fields of the disk in braces", inCaches("- upstream: docker.io\n  volume: {<|>}"), "size, storageClassName"],
    ["fields of the disk behind the colon", inCaches("- upstream: docker.io\n  volume: <|>"), "size, storageClassName"],
    ["sizes", inCaches("- upstream: docker.io\n  volume:\n    size: <|>"), "10Gi, 25Gi, 50Gi, 100Gi"],
    ["storage classes are not known", inCaches("- upstream: docker.io\n  volume:\n    storageClassName: <|>"), ""],
    [
      "how long images stay",
      inCaches("- upstream: docker.io\n  garbageCollection:\n    ttl: <|>"),
      "168h, 336h, 720h, 0s",
    ],
    ["the field of garbage collection", inCaches("- upstream: docker.io\n  garbageCollection:\n    <|>"), "ttl"],
    ["whether TLS is on", inCaches("- upstream: docker.io\n  http:\n    tls: <|>"), "true, false"],
    ["whether TLS is on, half typed", inCaches("- upstream: docker.io\n  http: { tls: t<|> }"), "true, false"],
    [
      "whether there are two replicas",
      inCaches("- upstream: docker.io\n  highAvailability:\n    enabled: <|>"),
      "true, false",
    ],
    [
      "proxies",
      inCaches("- upstream: docker.io\n  proxy:\n    httpProxy: http://proxy.example.com\n    <|>"),
      "httpsProxy",
    ],
    ["where Docker Hub is", inCaches("- upstream: docker.io\n  remoteURL: <|>"), "https://registry-1.docker.io"],
    ["where another upstream is", inCaches('- upstream: quay.io\n  remoteURL: "ht<|>'), "https://quay.io"],
    ["without an upstream nobody knows where it is", inCaches("- remoteURL: <|>"), ""],
    ["a suffix is free", inCaches("- upstream: quay.io\n  serviceNameSuffix: <|>"), ""],
    [
      "keys of a merge are there",
      inCaches("- &base\n  upstream: docker.io\n  volume: { size: 1Gi }\n- <<: *base\n  <|>"),
      "remoteURL, garbageCollection, secretReferenceName, proxy, http, highAvailability, serviceNameSuffix",
    ],
    [
      "keys of a merge in braces are there",
      inCaches("- &base\n  upstream: docker.io\n  volume: { size: 1Gi }\n- { <<: *base, <|> }"),
      "remoteURL, garbageCollection, secretReferenceName, proxy, http, highAvailability, serviceNameSuffix",
    ],
    [
      "keys of a merge in a broken document are there",
      inCaches('- &base\n  upstream: docker.io\n- <<: *base\n  <|>\n- upstream: "quay.io'),
      cacheFields,
    ],
    ["no keys in a comment", inCaches("- upstream: docker.io\n  # <|>"), ""],
    ["no keys behind a value", inCaches("- upstream: docker.io <|>"), ""],
    ["no keys within a block of text", inCaches("- upstream: |\n    docker<|>"), ""],
  ])("%s", (_, marked, expected) => {
    expect(labels(marked)).toBe(expected);
  });
});

describe("upstreams", () => {
  test.each<Case>([
    ["registries", inCaches("- upstream: <|>"), registries],
    [
      "registries that no other cache has",
      inCaches("- upstream: docker.io\n- upstream: quay.io\n- upstream: <|>"),
      "ghcr.io, registry.k8s.io, gcr.io, europe-docker.pkg.dev, us-docker.pkg.dev, asia-docker.pkg.dev, registry.gitlab.com, mcr.microsoft.com",
    ],
    [
      "the own registry stays",
      inCaches("- upstream: dock<|>er.io\n- upstream: quay.io"),
      "docker.io, ghcr.io, registry.k8s.io, gcr.io, europe-docker.pkg.dev, us-docker.pkg.dev, asia-docker.pkg.dev, registry.gitlab.com, mcr.microsoft.com",
    ],
    [
      "registries of an unfinished document",
      inCaches('- upstream: quay.io\n- upstream: "<|>'),
      "docker.io, ghcr.io, registry.k8s.io, gcr.io, europe-docker.pkg.dev, us-docker.pkg.dev, asia-docker.pkg.dev, registry.gitlab.com, mcr.microsoft.com",
    ],
    ["registries in braces", inCaches("- {upstream: <|>}"), registries],
    ["registries of a mirror, Amazon's among them", inMirrors("- upstream: <|>"), `${registries}, public.ecr.aws`],
    [
      "registries of a mirror but for those that have one",
      inMirrors("- upstream: docker.io\n- upstream: public.ecr.aws\n- upstream: <|>"),
      "ghcr.io, quay.io, registry.k8s.io, gcr.io, europe-docker.pkg.dev, us-docker.pkg.dev, asia-docker.pkg.dev, registry.gitlab.com, mcr.microsoft.com",
    ],
  ])("%s", (_, marked, expected) => {
    expect(labels(marked)).toBe(expected);
  });
});

describe("mirrors", () => {
  test.each<Case>([
    ["fields of a mirror", inMirrors("- upstream: docker.io\n  <|>"), "hosts"],
    ["a new mirror", inMirrors("- upstream: docker.io\n<|>"), "mirror, - upstream"],
    ["a new host", inMirrors("- upstream: docker.io\n  hosts:\n  <|>"), "- host"],
    [
      "fields of a host",
      inMirrors("- upstream: docker.io\n  hosts:\n  - host: https://a.example.com\n    <|>"),
      "capabilities, caBundleSecretReferenceName, overridePath",
    ],
    ["a host's URL is free", inMirrors("- upstream: docker.io\n  hosts:\n  - host: <|>"), ""],
    ["capabilities in brackets", inMirrors("- hosts:\n  - capabilities: [<|>]"), "pull, resolve"],
    [
      "capabilities in brackets that are not closed",
      inMirrors("- hosts:\n  - capabilities: [pull, <|>"),
      "pull, resolve",
    ],
    ["capabilities in a list", inMirrors("- hosts:\n  - capabilities:\n    - <|>"), "pull, resolve"],
    [
      "capabilities on a line without a dash",
      inMirrors("- hosts:\n  - capabilities:\n    <|>"),
      "host, pull, resolve, caBundleSecretReferenceName, overridePath",
    ],
    ["whether the path is overridden", inMirrors("- hosts:\n  - overridePath: <|>"), "true, false"],
  ])("%s", (_, marked, expected) => {
    expect(labels(marked)).toBe(expected);
  });
});

describe("Secrets", () => {
  test.each<Case>([
    ["fields of a Secret", "apiVersion: v1\nkind: Secret\n<|>", "metadata, immutable, type, data, stringData"],
    [
      "fields of a Secret beside others",
      "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n<|>\ndata:\n  username: YQ==\n",
      "immutable, type, stringData",
    ],
    ["metadata of a Secret", "apiVersion: v1\nkind: Secret\nmetadata:\n  <|>", "name, namespace, labels, annotations"],
    ["whether it is immutable", "kind: Secret\nimmutable: <|>", "true, false"],
    ["its type", "kind: Secret\ntype: <|>", "Opaque"],
    ["keys of the data", "kind: Secret\ndata:\n  <|>", "username, password, bundle.crt"],
    ["keys of the plain data", "kind: Secret\nstringData: { <|> }", "username, password, bundle.crt"],
    ["the other key", "kind: Secret\ndata:\n  username: YQ==\n  <|>", "password"],
    ["beside a CA bundle nothing may stand", "kind: Secret\ndata:\n  bundle.crt: YQ==\n  <|>", ""],
    [
      "a foreign key says nothing of the others",
      "kind: Secret\ndata:\n  constructor: YQ==\n  <|>",
      "username, password, bundle.crt",
    ],
    ["values of the data are nobody's business", "kind: Secret\ndata:\n  password: <|>", ""],
    ["nothing within a plain value", "kind: Secret\nstringData:\n  password: |\n    <|>", ""],
    ["a SealedSecret has no schema of ours", "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\n<|>", ""],
    ["a Secret in JSON", '{"apiVersion": "v1", "kind": "Secret", <|>}', "metadata, immutable, type, data, stringData"],
    ["a value in JSON", '{"apiVersion": "v1", "kind": "Secret", "immutable": <|>}', "true, false"],
  ])("%s", (_, marked, expected) => {
    expect(labels(marked)).toBe(expected);
  });
});

describe("settings", () => {
  test.each<Case>([
    ["an empty file can become a whole one", "<|>", "settings, severities, ignores, policies"],
    ["fields", "severities: {}\n<|>", "ignores, policies"],
    ["fields of a list's item", "ignores:\n- paths: [a]\n  <|>", "codes"],
    ["policies", "policies:\n  secretNames: a\n  <|>", "requiredCredentials, allowedUpstreams, maximumVolumeSize"],
    ["an example", "policies:\n  maximumVolumeSize: <|>", "100Gi"],
    ["registries of a policy", "policies:\n  requiredCredentials:\n  - <|>", registries],
    ["severities", "severities:\n  RC204: <|>", "error, warning, info, off"],
  ])("%s", (_, marked, expected) => {
    expect(labels(marked, "file:///a/.registry-cache.yaml")).toBe(expected);
  });
});
