import { type ShootLists, shootWith } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { applyEdits } from "../text/edit.ts";
import type { Finding } from "../workspace/finding.ts";
import { type PreviousShoot, summarizePrevious } from "../workspace/previous.ts";

function findingsOf(text: string, before?: ShootLists): readonly Finding[] {
  const [old] =
    before === undefined ? [] : readManifests("old.yaml", shootWith(before)).documents.flatMap((it) => it.shoots);
  const previousOf = (): PreviousShoot | undefined => old && summarizePrevious(old);
  const findings = conclude([inspect(readManifests("shoot.yaml", text), previousOf)]).get("shoot.yaml") ?? [];
  return findings.filter((it) => it.code.startsWith("RC1"));
}

/** The changed lines that each fix of the first finding leaves, under its title; a safe fix has an exclamation mark. */
function fixesOf(config: ShootLists, before?: ShootLists): { readonly [title: string]: readonly string[] } {
  const text = shootWith(config);
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

test.each<[string, ShootLists, { readonly [title: string]: readonly string[] }, ShootLists?]>([
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
    "two spellings of an upstream not blindly",
    { caches: "caches:\n- upstream: A.io\n- upstream: https://a.io" },
    { 'Change to "a.io"': ["- upstream: a.io"] },
  ],
  [
    "a cache blindly beside a mirror",
    { caches: "caches:\n- upstream: A.io", mirrors: "mirrors:\n- upstream: a.io\n  hosts: [{ host: https://b.io }]" },
    { '!Change to "a.io"': [] },
  ],
  [
    "an upstream in capitals by a remoteURL",
    { caches: "caches:\n- upstream: HTTP://A.IO" },
    {
      'Change to "a.io" and pull from "http://a.io"': ["- upstream: a.io", "remoteURL: http://a.io"],
      'Change to "a.io"': ["- upstream: a.io"],
    },
  ],
  [
    "an http upstream beside a remoteURL by its host alone",
    { caches: "caches:\n- upstream: http://a.io\n  remoteURL: http://b.io" },
    { 'Change to "a.io"': ["- upstream: a.io"] },
  ],
  [
    "an upstream with a path not blindly",
    { caches: "caches:\n- upstream: a.io/b" },
    { 'Change to "a.io"': ["- upstream: a.io"] },
  ],
  [
    "an upstream with a user not blindly",
    { caches: "caches:\n- upstream: u@a.io" },
    { 'Change to "a.io"': ["- upstream: a.io"] },
  ],
  [
    "an upstream of Docker Hub by docker.io",
    { caches: "caches:\n- upstream: https://index.docker.io/v1/" },
    { 'Change to "docker.io"': ["- upstream: docker.io"] },
  ],
  [
    "an upstream with blanks and dots around it not blindly",
    { caches: 'caches:\n- upstream: " a.io. "' },
    { 'Change to "a.io"': ['- upstream: "a.io"'] },
  ],
  [
    "a port with zeros not blindly",
    { caches: "caches:\n- upstream: a.io:0443" },
    { 'Change to "a.io:443"': ["- upstream: a.io:443"] },
  ],
  [
    "a repeated cache with a comment not blindly",
    {
      caches:
        "caches:\n- upstream: a.io\n  http: # see a\n    tls: true\n- upstream: a.io\n  http: # see a\n    tls: true",
    },
    { "Remove this cache": [] },
  ],
  [
    "a repeated cache that says more not blindly",
    { caches: "caches:\n- upstream: a.io\n- upstream: a.io\n  http: { tls: true }" },
    { "Remove this cache": [] },
  ],
  [
    "a StorageClass with blanks by what is left",
    { caches: 'caches:\n- upstream: a.io\n  volume: { storageClassName: " A" }' },
    { 'Change to "a"': ['volume: { storageClassName: "a" }'], "Remove storageClassName": ["volume: {}"] },
  ],
  [
    "a StorageClass that is no name by its removal",
    { caches: "caches:\n- upstream: a.io\n  volume: { storageClassName: a_b }" },
    { "Remove storageClassName": ["volume: {}"] },
  ],
  [
    "a suffix by what a name may hold of it",
    { caches: `caches:\n- upstream: a.io\n  serviceNameSuffix: _Hub.${"a".repeat(60)}_` },
    { [`Change to "hub-${"a".repeat(49)}"`]: [`serviceNameSuffix: hub-${"a".repeat(49)}`] },
  ],
  ["no suffix without letters", { caches: "caches:\n- upstream: a.io\n  serviceNameSuffix: __" }, {}],
  [
    "a mirror host's URL with its path, without its query",
    { mirrors: "mirrors:\n- upstream: a.io\n  hosts:\n  - host: //A.io/B?c" },
    {
      'Change to "https://a.io/B"': ["- host: https://a.io/B"],
      'Change to "http://a.io/B"': ["- host: http://a.io/B"],
    },
  ],
  [
    "a mirror host's URL with capitals in its path blindly",
    { mirrors: "mirrors:\n- upstream: a.io\n  hosts:\n  - host: ' HTTPS://B.io/C'" },
    { '!Change to "https://b.io/C"': ["- host: 'https://b.io/C'"] },
  ],
  [
    "a proxy with a user not blindly",
    { caches: "caches:\n- upstream: a.io\n  proxy: { httpProxy: 'http://u:p@b.io/c' }" },
    { 'Change to "http://b.io"': ["proxy: { httpProxy: 'http://b.io' }"] },
  ],
  ["no remoteURL of another scheme", { caches: "caches:\n- upstream: a.io\n  remoteURL: ftp://b.io" }, {}],
  ["no size without an amount", { caches: "caches:\n- upstream: a.io\n  volume: { size: 0.5 }" }, {}],
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
    "garbage collection that was on by its default first",
    { caches: "caches:\n- upstream: a.io\n  garbageCollection: {}" },
    {
      "Remove garbageCollection, so that the ttl is 168h": [],
      "Say that it is off by a ttl of 0s": ["garbageCollection: { ttl: 0s }"],
    },
    { caches: "caches:\n- upstream: a.io\n- upstream: b.io\n  garbageCollection: { ttl: 0s }" },
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
    "two hosts of Docker Hub not blindly",
    { caches: "caches:\n- upstream: index.docker.io\n- upstream: hub.docker.com" },
    { 'Change to "docker.io"': ["- upstream: docker.io"] },
  ],
  [
    "a new cache blindly beside old ones",
    { caches: "caches:\n- upstream: index.docker.io" },
    { '!Change to "docker.io"': ["- upstream: docker.io"] },
    { caches: "caches:\n- upstream: a.io" },
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
    "a capability by the likely one not blindly",
    { mirrors: "mirrors:\n- upstream: a.io\n  hosts:\n  - host: https://b.io\n    capabilities: [resolv]" },
    { 'Change to "resolve"': ["capabilities: [resolve]"], 'Remove "resolv"': ["capabilities: []"] },
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
])("mends %s", (_, config, fixes, before) => {
  expect(fixesOf(config, before)).toEqual(fixes);
});
