import { shootWith } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import { inlayHints } from "./inlay-hints.ts";

/** The lines that have hints, each hint in «» where it is shown. */
function shown(text: string, span = { start: 0, end: text.length }): readonly string[] {
  const hints = inlayHints(readManifests("a.yaml", text), span);
  const marked = hints.toReversed().reduce((it, { offset, label }) => {
    return `${it.slice(0, offset)}«${label}»${it.slice(offset)}`;
  }, text);
  return marked.split("\n").flatMap((it) => (it.includes("«") ? [it.trim()] : []));
}

const resources = [
  "- { name: hub, resourceRef: { apiVersion: v1, kind: Secret, name: ro-docker-v1 } }",
  "- { name: same, resourceRef: { apiVersion: v1, kind: Secret, name: same } }",
  "- { name: map, resourceRef: { apiVersion: v1, kind: ConfigMap, name: other } }",
].join("\n");

function cacheWith(reference: string): string {
  return `- { upstream: a, volume: { size: 1Gi }, garbageCollection: { ttl: 0s }, secretReferenceName: ${reference} }`;
}

test.each<readonly [string, string, readonly string[]]>([
  [
    "a cache that says nothing",
    shootWith({ caches: "caches:\n- upstream: quay.io" }),
    ["- upstream: quay.io« volume.size: 10Gi, garbageCollection.ttl: 168h»"],
  ],
  [
    "where Docker Hub is",
    shootWith({ caches: "caches:\n- upstream: docker.io\n  volume: { size: 1Gi }\n  garbageCollection: { ttl: 1h }" }),
    ["- upstream: docker.io« = https://registry-1.docker.io»"],
  ],
  [
    "objects that lack the field for which they are there",
    shootWith({
      caches:
        "caches:\n- upstream: a\n  volume:\n    storageClassName: b\n  garbageCollection: {}\n  http: { }\n- upstream: c\n  volume: { storageClassName: b }\n  garbageCollection: { ttl: 1h }",
    }),
    [
      "volume:« size: 10Gi»",
      "garbageCollection: {« ttl: 0s »}",
      "http: {« tls: false » }",
      "volume: {« size: 10Gi,» storageClassName: b }",
    ],
  ],
  [
    "a time in days",
    shootWith({ caches: "caches:\n- upstream: a\n  volume: { size: 1Gi }\n  garbageCollection:\n    ttl: 336h" }),
    ["ttl: 336h« = 14 days»"],
  ],
  [
    "one day",
    shootWith({ caches: "caches:\n- upstream: a\n  volume: { size: 1Gi }\n  garbageCollection: { ttl: 24h }" }),
    ["garbageCollection: { ttl: 24h« = 1 day» }"],
  ],
  [
    "the Secret behind a name, where it is called otherwise",
    shootWith({
      caches: `caches:\n${["hub", "same", "map", "none"].map(cacheWith).join("\n")}`,
      resources,
    }),
    [
      "- { upstream: a, volume: { size: 1Gi }, garbageCollection: { ttl: 0s }, secretReferenceName: hub« = Secret ro-docker-v1» }",
    ],
  ],
  [
    "a mirror",
    shootWith({
      mirrors:
        "mirrors:\n- upstream: a\n  hosts:\n  - host: https://b\n    caBundleSecretReferenceName: hub\n  - host: https://c\n    capabilities: [resolve]",
      resources,
    }),
    ["- host: https://b« capabilities: [pull]»", "caBundleSecretReferenceName: hub« = Secret ro-docker-v1»"],
  ],
  [
    "a Secret",
    "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { username: a, password: b }\n",
    ["kind: Secret« type: Opaque, immutable: false»"],
  ],
  [
    "a Secret that says all",
    "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ntype: Opaque\nimmutable: true\n",
    [],
  ],
  [
    "what caches share is told once",
    shootWith({ caches: "caches:\n- &a\n  upstream: a\n  volume: { size: 1Gi }\n- <<: *a\n  serviceNameSuffix: b" }),
    ["upstream: a« garbageCollection.ttl: 168h»"],
  ],
  [
    "an object behind an alias is told of where it is written",
    shootWith({
      caches:
        "caches:\n- upstream: a\n  volume: &v\n    storageClassName: b\n  garbageCollection: { ttl: 0s }\n- upstream: c\n  volume: *v\n  garbageCollection: { ttl: 0s }",
    }),
    ["volume:« size: 10Gi» &v"],
  ],
  ["nothing in a broken document", `${shootWith({ caches: "caches:\n- upstream: quay.io" })}"`, []],
])("%s", (_, text, expected) => {
  expect(shown(text)).toEqual(expected);
});

test("only what lies within the span is told", () => {
  const text = shootWith({ caches: "caches:\n- upstream: a\n- upstream: b" });
  const start = text.indexOf("- upstream: b");
  expect(shown(text, { start, end: start + 20 })).toEqual([
    "- upstream: b« volume.size: 10Gi, garbageCollection.ttl: 168h»",
  ]);
});
