import { type Mark, readMarks, type ShootLists, shootWith } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { indexLines } from "../text/line-index.ts";
import type { Finding } from "../workspace/finding.ts";
import { type PreviousShoot, summarizePrevious } from "../workspace/previous.ts";

function findingsOf(text: string, before?: ShootLists): readonly Finding[] {
  const [old] =
    before === undefined ? [] : readManifests("old.yaml", shootWith(before)).documents.flatMap((it) => it.shoots);
  const previousOf = (): PreviousShoot | undefined => old && summarizePrevious(old);
  const findings = conclude([inspect(readManifests("shoot.yaml", text), previousOf)]).get("shoot.yaml") ?? [];
  return findings.filter((it) => it.code.startsWith("RC1"));
}

function marksOf(text: string, findings: readonly Finding[]): readonly Mark[] {
  const lines = indexLines(text);
  return findings.map(({ code, span }) => {
    const { line, character } = lines.position(span.start);
    return { code, line, start: character, end: lines.position(span.end).character };
  });
}

describe("marks", () => {
  test.each<[string, ShootLists, ShootLists?]>([
    ["an upstream that is missing", { caches: "caches:\n- volume: {}\n# ^^^^^^ RC102" }],
    ["an upstream that is null", { caches: "caches:\n- volume: {}\n  upstream:\n# ^^^^^^^^ RC102" }],
    ["a cache that is null", { caches: "caches: [null]\n#        ^^^^ RC102" }],
    ["nothing of an upstream that has another type", { caches: "caches:\n- upstream: 5\n- upstream: {}" }],
    ["a mirror without hosts at its first key", { mirrors: "mirrors:\n- upstream: docker.io\n# ^^^^^^^^ RC101" }],
    ["a misspelt list of hosts", { mirrors: "mirrors:\n- upstream: docker.io\n  host: []" }],
    ["a mirror that is null", { mirrors: "mirrors: [null]\n#         ^^^^ RC101\n#         ^^^^ RC102" }],
    ["nothing of a mirror that is no map", { mirrors: "mirrors: [docker.io]" }],
    [
      "a disk of bytes, but none of a mebibyte",
      {
        caches:
          "caches:\n- upstream: a.io\n  volume: { size: 1023Ki }\n#                 ^^^^^^ RC127\n- upstream: b.io\n  volume: { size: 1Mi }",
      },
    ],
    [
      "websites of Docker Hub with a slash, but no registry",
      {
        caches:
          "caches:\n- upstream: a.io\n  remoteURL: https://docker.io/\n#            ^^^^^^^^^^^^^^^^^^ RC128\n- upstream: b.io\n  remoteURL: https://index.docker.io",
      },
    ],
    [
      "no path of a mirror that ends in v2 or has overridePath",
      {
        mirrors:
          "mirrors:\n- upstream: a.io\n  hosts:\n  - host: https://a.io/v2/b/v2/\n  - host: https://b.io/v2/b\n    overridePath: false\n  - host: https://c.io/v2/",
      },
    ],
    [
      "overridePath of a host that is only a slash",
      {
        mirrors:
          "mirrors:\n- upstream: a.io\n  hosts:\n  - host: https://a.io/\n    overridePath: true\n#                 ^^^^ RC130\n  - host: https://b.io\n    overridePath: false",
      },
    ],
    [
      "a rotation of one Secret, but no other change of resources",
      {
        caches: "caches:\n- upstream: a.io\n  secretReferenceName: a",
        resources:
          "- { name: a, resourceRef: { apiVersion: v1, kind: Secret, name: a-v2 } }\n#                                                               ^^^^ RC126\n- { name: b, resourceRef: { apiVersion: v1, kind: Secret, name: b-v2 } }",
      },
      {
        caches: "caches:\n- upstream: a.io\n  secretReferenceName: a",
        resources:
          "- { name: a, resourceRef: { apiVersion: v1, kind: Secret, name: a-v1 } }\n- { name: b, resourceRef: { apiVersion: v1, kind: Secret, name: b-v1 } }",
      },
    ],
    [
      "no rotation that changes the configuration, too",
      {
        caches: "caches:\n- upstream: a.io\n  secretReferenceName: a\n  http: { tls: false }",
        resources: "- { name: a, resourceRef: { apiVersion: v1, kind: Secret, name: a-v2 } }",
      },
      {
        caches: "caches:\n- upstream: a.io\n  secretReferenceName: a",
        resources: "- { name: a, resourceRef: { apiVersion: v1, kind: Secret, name: a-v1 } }",
      },
    ],
    [
      "no new entry of resources",
      {
        caches: "caches:\n- upstream: a.io\n  secretReferenceName: a",
        resources: "- { name: a, resourceRef: { apiVersion: v1, kind: Secret, name: a-v2 } }",
      },
      { caches: "caches:\n- upstream: a.io\n  secretReferenceName: a" },
    ],
    ["an empty list of hosts", { mirrors: "mirrors:\n- upstream: docker.io\n  hosts: []\n#        ^^ RC101" }],
    [
      "hosts without a URL, each and as the same",
      {
        mirrors:
          "mirrors:\n- upstream: docker.io\n  hosts:\n  - capabilities: [pull]\n#   ^^^^^^^^^^^^ RC104\n  - overridePath: true\n#   ^^^^^^^^^^^^ RC104\n#   ^^^^^^^^^^^^ RC119",
      },
    ],
    [
      "both proxies",
      {
        caches:
          "caches:\n- upstream: a.io\n  proxy:\n    httpProxy: proxy:80\n#              ^^^^^^^^ RC104\n    httpsProxy: http://proxy/x\n#               ^^^^^^^^^^^^^^ RC104",
      },
    ],
    [
      "a suffix that is wrong and too long",
      {
        caches: `caches:\n- upstream: a.io\n  serviceNameSuffix: ${"a".repeat(64)}\n#                    ${"^".repeat(64)} RC108\n#                    ${"^".repeat(64)} RC108`,
      },
    ],
    [
      "a suffix that is only too long",
      {
        caches: `caches:\n- upstream: a.io\n  serviceNameSuffix: ${"a".repeat(55)}\n#                    ${"^".repeat(55)} RC108`,
      },
    ],
    [
      "no collision of a suffix with a cache that has one itself",
      {
        caches:
          "caches:\n- upstream: docker.io\n  serviceNameSuffix: hub\n- upstream: ghcr.io\n  serviceNameSuffix: docker-io",
      },
    ],
    [
      "no collision of names where the upstream is the same",
      { caches: "caches:\n- upstream: docker.io\n- upstream: docker.io\n#           ^^^^^^^^^ RC103" },
    ],
    [
      "no collision of names of invalid upstreams",
      { caches: "caches:\n- upstream: a_b\n#           ^^^ RC102\n- upstream: a_b:0\n#           ^^^^^ RC102" },
    ],
    [
      "a colliding name that was cut",
      {
        caches: `caches:\n- upstream: a-${"b".repeat(30)}.io\n- upstream: a.${"b".repeat(30)}.io\n#           ${"^".repeat(35)} RC111`,
      },
    ],
    [
      "a ttl of null",
      { caches: "caches:\n- upstream: a.io\n  garbageCollection:\n# ^^^^^^^^^^^^^^^^^ RC112\n    ttl:" },
    ],
    [
      "no garbage collection that is off by a ttl",
      { caches: "caches:\n- upstream: a.io\n  garbageCollection: { ttl: 0s }\n- upstream: b.io\n  garbageCollection:" },
    ],
    [
      "no TLS that is off by tls",
      { caches: "caches:\n- upstream: a.io\n  http: { tls: false }\n- upstream: b.io\n  http:" },
    ],
    ["public ECR", { caches: "caches:\n- upstream: public.ecr.aws\n#           ^^^^^^^^^^^^^^ RC114" }],
    [
      "ECR in China and over IPv6",
      {
        caches:
          "caches:\n- upstream: 1.dkr.ecr.cn-north-1.amazonaws.com.cn\n#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC114\n- upstream: 1.dkr-ecr.eu-west-1.on.aws\n#           ^^^^^^^^^^^^^^^^^^^^^^^^^^ RC114",
      },
    ],
    [
      "no other host of Amazon, and no mirror of ECR",
      {
        caches: "caches:\n- upstream: registry.amazonaws.com",
        mirrors: "mirrors:\n- upstream: public.ecr.aws\n  hosts: [{ host: https://a.io }]",
      },
    ],
    [
      "no http URL without credentials, nor a slash",
      { caches: "caches:\n- upstream: a.io\n  remoteURL: http://a.io/" },
    ],
    [
      "an invalid URL as invalid alone",
      {
        caches:
          "caches:\n- upstream: a.io\n  secretReferenceName: a\n  remoteURL: http://a.io/b/\n#            ^^^^^^^^^^^^^^ RC104",
        resources: "- { name: a, resourceRef: { apiVersion: v1, kind: Secret, name: a-v1 } }",
      },
    ],
    [
      "an invalid upstream as invalid alone",
      { caches: `caches:\n- upstream: ${"A".repeat(64)}.io\n#           ${"^".repeat(67)} RC102` },
    ],
    [
      "Docker Hub's hosts, of mirrors, too",
      {
        mirrors:
          "mirrors:\n- upstream: registry-1.docker.io\n#           ^^^^^^^^^^^^^^^^^^^^ RC116\n  hosts: [{ host: https://a.io }]",
      },
    ],
    [
      "a long label of a remoteURL",
      {
        caches: `caches:\n- upstream: a.io\n  remoteURL: https://${"a".repeat(64)}:8443\n#            ${"^".repeat(77)} RC118`,
      },
    ],
    [
      "a mirror that is also a cache, and its repetition",
      {
        caches: "caches:\n- upstream: a.io",
        mirrors:
          "mirrors:\n- upstream: b.io\n  hosts: [{ host: https://a.io }]\n- upstream: b.io\n#           ^^^^ RC103\n#           ^^^^ RC122\n  hosts: [{ host: https://a.io }]",
      },
    ],
    [
      "a size that went back to its default",
      { caches: "caches:\n- upstream: a.io\n  volume: {}\n# ^^^^^^ RC123" },
      { caches: "caches:\n- upstream: a.io\n  volume: { size: 20Gi }" },
    ],
    [
      "a volume that went away",
      { caches: "caches:\n- upstream: a.io\n#           ^^^^ RC123\n#           ^^^^ RC123" },
      { caches: "caches:\n- upstream: a.io\n  volume: { size: 20Gi, storageClassName: a }" },
    ],
    [
      "no size that is written in another way",
      { caches: "caches:\n- upstream: a.io\n  volume: { size: 10240Mi }" },
      { caches: "caches:\n- upstream: a.io" },
    ],
    [
      "no cache that is new",
      { caches: "caches:\n- upstream: b.io\n  volume: { size: 1Gi }" },
      { caches: "caches:\n- upstream: a.io" },
    ],
    [
      "garbage collection that comes back by default",
      { caches: "caches:\n- upstream: a.io\n#           ^^^^ RC124" },
      { caches: "caches:\n- upstream: a.io\n  garbageCollection: { ttl: 0s }" },
    ],
  ])("%s", (_, config, before) => {
    const { text, marks } = readMarks(shootWith(config));
    expect(marksOf(text, findingsOf(text, before))).toEqual(marks);
  });
});

test.each<[string, ShootLists, ShootLists?]>([
  ["RC101 providerConfig", { caches: "" }],
  ["RC101 caches", { caches: "caches:" }],
  ["RC101 providerConfig", { mirrors: "" }],
  ["", { caches: "cashes:\n- upstream: a.io" }],
  ["", { caches: "caches: none" }],
  ["RC125 registry-cache", { caches: "caches:\n- upstream: a.io" }, { caches: "caches: none" }],
])("lies where there is no value: %s", (expected, config, before) => {
  const text = shootWith(config);
  const found = findingsOf(text, before).map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);
  expect(found.join(", ")).toBe(expected);
});
