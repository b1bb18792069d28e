import { type Mark, readMarks } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { dedent } from "../text/dedent.ts";
import { applyEdits } from "../text/edit.ts";
import { indexLines } from "../text/line-index.ts";
import type { Finding } from "../workspace/finding.ts";
import { type PreviousShoot, summarizePrevious } from "../workspace/previous.ts";

/** The lists of a Shoot's two configurations, with marks. */
interface Config {
  readonly caches?: string;
  readonly mirrors?: string;
  readonly resources?: string;
}

const cacheHead = ["apiVersion: registry.extensions.gardener.cloud/v1alpha3", "kind: RegistryConfig"];
const mirrorHead = ["apiVersion: mirror.extensions.gardener.cloud/v1alpha1", "kind: MirrorConfig"];
const cacheRules = /^RC1/;

function shootOf({ caches, mirrors, resources }: Config): string {
  return [
    "apiVersion: core.gardener.cloud/v1beta1",
    "kind: Shoot",
    "metadata: { name: crazy-botany }",
    "spec:",
    "  extensions:",
    ...(caches === undefined
      ? []
      : ["  - type: registry-cache", "    providerConfig:", ...indented([...cacheHead, caches], 6)]),
    ...(mirrors === undefined
      ? []
      : ["  - type: registry-mirror", "    providerConfig:", ...indented([...mirrorHead, mirrors], 6)]),
    ...(resources === undefined ? [] : ["  resources:", ...indented([resources], 2)]),
    "",
  ].join("\n");
}

function indented(texts: readonly string[], columns: number): readonly string[] {
  const lines = texts.flatMap((it) => dedent(it).trimEnd().split("\n"));
  return lines.map((line) => (line === "" ? "" : " ".repeat(columns) + line));
}

function findingsOf(text: string, before?: Config): readonly Finding[] {
  const [old] =
    before === undefined ? [] : readManifests("old.yaml", shootOf(before)).documents.flatMap((it) => it.shoots);
  const previousOf = (): PreviousShoot | undefined => old && summarizePrevious(old);
  const findings = conclude([inspect(readManifests("shoot.yaml", text), previousOf)]).get("shoot.yaml") ?? [];
  return findings.filter((it) => cacheRules.test(it.code));
}

function marksOf(text: string, findings: readonly Finding[]): readonly Mark[] {
  const lines = indexLines(text);
  return findings.map(({ code, span }) => {
    const { line, character } = lines.position(span.start);
    return { code, line, start: character, end: lines.position(span.end).character };
  });
}

/** The changed lines that each fix of the first finding leaves, under its title; a safe fix has an exclamation mark. */
function fixesOf(config: Config, before?: Config): { readonly [title: string]: readonly string[] } {
  const { text } = readMarks(shootOf(config));
  const [finding] = findingsOf(text, before);
  const entries = (finding?.fixes ?? []).map(({ title, safe, edits }) => {
    const fixed = applyEdits(
      text,
      edits.flatMap((it) => it.edits),
    ).split("\n");
    const changed = fixed.filter((line) => !text.split("\n").includes(line)).map((line) => line.trim());
    return [`${safe ? "!" : ""}${title}`, changed] as const;
  });
  return Object.fromEntries(entries);
}

describe("marks", () => {
  test.each<[string, Config, Config?]>([
    ["an upstream that is missing", { caches: "caches:\n- volume: {}\n# ^^^^^^ RC102" }],
    ["an upstream that is null", { caches: "caches:\n- volume: {}\n  upstream:\n# ^^^^^^^^ RC102" }],
    ["a cache that is null", { caches: "caches: [null]\n#        ^^^^ RC102" }],
    ["nothing of an upstream that has another type", { caches: "caches:\n- upstream: 5\n- upstream: {}" }],
    ["a mirror without hosts at its first key", { mirrors: "mirrors:\n- upstream: docker.io\n# ^^^^^^^^ RC101" }],
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
    const { text, marks } = readMarks(shootOf(config));
    expect(marksOf(text, findingsOf(text, before))).toEqual(marks);
  });
});

test.each<[string, Config, Config?]>([
  ["RC101 providerConfig", { caches: "" }],
  ["RC101 caches", { caches: "caches:" }],
  ["RC101 providerConfig", { mirrors: "" }],
  ["", { caches: "cashes:\n- upstream: a.io" }],
  ["", { caches: "caches: none" }],
  ["RC125 registry-cache", { caches: "caches:\n- upstream: a.io" }, { caches: "caches: none" }],
])("lies where there is no value: %s", (expected, config, before) => {
  const text = shootOf(config);
  const found = findingsOf(text, before).map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);
  expect(found.join(", ")).toBe(expected);
});

describe("mends", () => {
  test.each<[string, Config, { readonly [title: string]: readonly string[] }, Config?]>([
    [
      "an upstream by its host",
      { caches: "caches:\n- upstream: https://A.io/" },
      { '!Change to "a.io"': ["- upstream: a.io"] },
    ],
    [
      "an upstream blindly only where it stays the only one",
      { caches: "caches:\n- upstream: A.io\n- upstream: a.io" },
      { 'Change to "a.io"': [] },
    ],
    [
      "an http upstream by a remoteURL",
      { caches: "caches:\n- upstream: http://a.io:5000" },
      {
        'Change to "a.io:5000" and pull from "http://a.io:5000"': [
          "- upstream: a.io:5000",
          "remoteURL: http://a.io:5000",
        ],
        'Change to "a.io:5000"': ["- upstream: a.io:5000"],
      },
    ],
    [
      "an http upstream of a mirror by its host alone",
      { mirrors: "mirrors:\n- upstream: http://a.io\n  hosts: [{ host: https://b.io }]" },
      { 'Change to "a.io"': ["- upstream: a.io"] },
    ],
    ["no IPv6 upstream", { caches: 'caches:\n- upstream: "[::1]:5000"' }, {}],
    [
      "a repeated cache blindly where it is the same",
      { caches: "caches:\n- upstream: a.io\n- upstream: a.io" },
      { "!Remove this cache": [] },
    ],
    [
      "a URL by either scheme",
      { caches: "caches:\n- upstream: a.io\n  remoteURL: b.io:80" },
      {
        'Change to "https://b.io:80"': ["remoteURL: https://b.io:80"],
        'Change to "http://b.io:80"': ["remoteURL: http://b.io:80"],
      },
    ],
    [
      "a URL with capitals blindly",
      { caches: "caches:\n- upstream: a.io\n  remoteURL: HTTPS://B.io" },
      { '!Change to "https://b.io"': ["remoteURL: https://b.io"] },
    ],
    [
      "an empty suffix by its removal",
      { caches: 'caches:\n- upstream: a.io\n  serviceNameSuffix: ""' },
      { "!Remove serviceNameSuffix": [] },
    ],
    [
      "garbage collection that is off already by saying so",
      { caches: "caches:\n- upstream: a.io\n  garbageCollection: {}" },
      { "Say that it is off by a ttl of 0s": ["garbageCollection: { ttl: 0s }"] },
      { caches: "caches:\n- upstream: a.io\n  garbageCollection: {}\n  http: {}" },
    ],
    [
      "Docker Hub's host blindly where no image can have it",
      { caches: "caches:\n- upstream: index.docker.io" },
      { '!Change to "docker.io"': ["- upstream: docker.io"] },
    ],
    [
      "another host of Docker Hub not blindly",
      { caches: "caches:\n- upstream: registry-1.docker.io" },
      { 'Change to "docker.io"': ["- upstream: docker.io"] },
    ],
    [
      "a cache that exists not blindly",
      { caches: "caches:\n- upstream: index.docker.io" },
      { 'Change to "docker.io"': ["- upstream: docker.io"] },
      { caches: "caches:\n- upstream: index.docker.io\n  http: {}" },
    ],
    [
      "no host of Docker Hub beside docker.io",
      { caches: "caches:\n- upstream: index.docker.io\n- upstream: docker.io" },
      {},
    ],
    [
      "a capability by its removal where the meant one is there",
      { mirrors: "mirrors:\n- upstream: a.io\n  hosts:\n  - host: https://b.io\n    capabilities: [pull, Pull]" },
      { 'Remove "Pull"': ["capabilities: [pull]"] },
    ],
    [
      "a size by the one before",
      { caches: "caches:\n- upstream: a.io" },
      { 'Change back to "20Gi"': ["volume:", "size: 20Gi"] },
      { caches: "caches:\n- upstream: a.io\n  volume: { size: 20Gi }" },
    ],
    [
      "a new StorageClass by its removal",
      { caches: "caches:\n- upstream: a.io\n  volume: { storageClassName: a }" },
      { "Remove storageClassName again": ["volume: {}"] },
      { caches: "caches:\n- upstream: a.io" },
    ],
  ])("%s", (_, config, fixes, before) => {
    expect(fixesOf(config, before)).toEqual(fixes);
  });
});

describe("shows no credentials", () => {
  test.each<[Config]>([
    [{ caches: "caches:\n- upstream: user:hunter2@a.io" }],
    [{ caches: "caches:\n- upstream: https://user:hun/ter2@a.io/?token=hunter2" }],
    [{ caches: "caches:\n- upstream: a.io\n  remoteURL: https://user:hunter2@a.io" }],
    [{ caches: "caches:\n- upstream: a.io\n  remoteURL: user:hunter2@a.io" }],
    [{ caches: "caches:\n- upstream: a.io\n  remoteURL: https://a.io?token=hunter2" }],
    [{ caches: "caches:\n- upstream: u:hunter2@a.io\n- upstream: u:hunter2@a.io" }],
    [
      {
        mirrors:
          "mirrors:\n- upstream: a.io\n  hosts:\n  - host: https://u:hunter2@b.io\n  - host: https://u:hunter2@b.io",
      },
    ],
  ])("%j", (config) => {
    const { text } = readMarks(shootOf(config));
    const said = findingsOf(text).map(({ message, fixes }) => [message, ...fixes.map((it) => it.title)]);
    expect(JSON.stringify(said)).not.toMatch(/hun\/?ter2/);
  });
});
