import { readMarks, type ShootLists, shootWith } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { dedent } from "../text/dedent.ts";
import type { Finding } from "../workspace/finding.ts";
import { type PreviousShoot, summarizePrevious } from "../workspace/previous.ts";
import { rules } from "./index.ts";
import type { RuleExample } from "./rule.ts";

function findingsOf(text: string, before?: ShootLists): readonly Finding[] {
  const [old] =
    before === undefined ? [] : readManifests("old.yaml", shootWith(before)).documents.flatMap((it) => it.shoots);
  const previousOf = (): PreviousShoot | undefined => old && summarizePrevious(old);
  const findings = conclude([inspect(readManifests("shoot.yaml", text), previousOf)]).get("shoot.yaml") ?? [];
  return findings.filter((it) => it.code.startsWith("RC1"));
}

function messagesOf(config: ShootLists, before?: ShootLists): readonly string[] {
  return findingsOf(shootWith(config), before).map((it) => it.message);
}

function check({ bad, previous }: RuleExample): readonly Finding[] {
  const [old] = readManifests("old.yaml", dedent(previous ?? "")).documents.flatMap((it) => it.shoots);
  const report = inspect(readManifests("", readMarks(dedent(bad)).text), () => old && summarizePrevious(old));
  return conclude([report]).get("") ?? [];
}

/** A finding's message, what a webhook says of it, its related places by their words, and its fixes; safe ones with an exclamation mark. */
function say({ code, message, admission, related, fixes }: Finding): string {
  return [
    `${code} ${message}`,
    ...(admission ? [`  = ${admission.type} ${admission.field}`] : []),
    ...related.map((it) => `  @ ${it.span.start > 0 ? it.message : "nowhere"}`),
    ...fixes.map((it) => `  ${it.safe ? "!" : "?"} ${it.title}`),
  ].join("\n");
}

test("the rules of the configuration say of their examples", () => {
  const examples = rules.filter((it) => it.code.startsWith("RC1")).map((it) => it.example);
  expect(examples.flatMap(check).map(say).join("\n")).toMatchInlineSnapshot(`
    "RC101 at least one cache is needed in "caches"
      = Required spec.extensions[0].providerConfig.caches
    RC102 "https://Registry.Example.com/" is not the name of a registry host: it must not have a scheme; it must not end in a slash; it must be in lower case
      = Invalid spec.extensions[0].providerConfig.caches[0].upstream
      ! Change to "registry.example.com"
    RC103 "docker.io" is the upstream of another cache already
      = Duplicate spec.extensions[0].providerConfig.caches[2].upstream
      @ written here first
      ? Remove this cache
    RC104 remoteURL "mirror.example.com:8443" is not a valid URL: the scheme must be http or https
      = Invalid spec.extensions[0].providerConfig.caches[0].remoteURL
      ? Change to "https://mirror.example.com:8443"
      ? Change to "http://mirror.example.com:8443"
    RC105 the size "0Gi" is not greater than 0
      = Invalid spec.extensions[0].providerConfig.caches[0].volume.size
      ? Change to 10Gi, the default
    RC106 "Premium" cannot be the name of a StorageClass: it must consist of lower-case letters, digits, '-' or '.', and each part must start and end with a letter or digit
      = Invalid spec.extensions[0].providerConfig.caches[0].volume.storageClassName
      ? Change to "premium"
      ? Remove storageClassName
    RC107 the ttl "-24h" is negative
      = Invalid spec.extensions[0].providerConfig.caches[0].garbageCollection.ttl
      ? Change to 24h
    RC108 serviceNameSuffix "docker.io" must not contain dots
      = Invalid spec.extensions[0].providerConfig.caches[0].serviceNameSuffix
      ? Change to "docker-io"
    RC109 "hub" is the serviceNameSuffix of another cache already
      = Duplicate spec.extensions[0].providerConfig.caches[1].serviceNameSuffix
      @ written here first
      ? Remove serviceNameSuffix
    RC110 the cache for "docker.io" has the Service "registry-docker-io" already
      = Invalid spec.extensions[0].providerConfig.caches[1].serviceNameSuffix
      @ its name comes from this upstream
      ? Remove serviceNameSuffix
    RC111 "registry.example.com-5000" and "registry.example.com:5000" both give the name "registry-registry-example-com-5000", so the caches can never be reconciled
      @ the other upstream
    RC112 garbageCollection without a ttl turns garbage collection off for good
      ? Remove garbageCollection, so that the ttl is 168h
      ? Say that it is off by a ttl of 0s
    RC113 http without tls turns TLS off
      ? Remove http, so that TLS is on
      ? Say that it is off by tls: false
    RC114 a cache cannot pull from "123456789012.dkr.ecr.eu-central-1.amazonaws.com": Amazon ECR is not supported
    RC115 the credentials are sent to this http URL in clear text
      @ the credentials
      ? Change to "https://registry.example.com:5000"
    RC116 nodes look for Docker Hub under "docker.io", so "index.docker.io" does not serve its images
      ! Change to "docker.io"
    RC117 with a slash at the end of remoteURL the cache may never use its credentials
      ! Remove the slash at the end
    RC118 DNS cannot resolve a name with a part of more than 63 characters: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    RC119 "https://mirror.gcr.io" is a host of this mirror already
      = Duplicate spec.extensions[0].providerConfig.mirrors[0].hosts[1].host
      @ written here first
      ? Remove this host
    RC120 "Resolve" is no capability of a mirror; there are "pull" and "resolve"
      = NotSupported spec.extensions[0].providerConfig.mirrors[0].hosts[0].capabilities
      ! Change to "resolve"
      ? Remove "Resolve"
    RC121 "pull" is a capability of this host already
      = Duplicate spec.extensions[0].providerConfig.mirrors[0].hosts[0].capabilities[2]
      @ written here first
      ! Remove "pull"
    RC122 "docker.io" is also the upstream of a cache
      = Invalid spec.extensions[1].providerConfig.mirrors[0].upstream
      @ the cache
      ? Remove the mirror
      ? Remove the cache
    RC123 size is immutable and was "10Gi" for "docker.io"; to change it, remove the cache in one update and add it again in the next, which loses its content
      = Invalid spec.extensions[0].providerConfig.caches[0].volume.size
      ? Change back to "10Gi"
    RC124 garbage collection was off for "docker.io" and cannot be turned on again; to have it, remove the cache in one update and add it again in the next, which loses its content
      = Invalid spec.extensions[0].providerConfig.caches[0].garbageCollection.ttl
      ? Leave it off by a ttl of 0s
    RC125 the version before this update has a providerConfig that cannot be decoded, so every update is refused; remove the extension in one update and add it again in the next
      = Denied spec.extensions[0].providerConfig
    RC126 admission does not look at the new Secret "docker-v2", since the providerConfig stays the same
    RC127 "20" is less than a mebibyte
      ? Change to 20Gi
    RC128 "https://hub.docker.com" is a website, no registry
      ? Change to "https://registry-1.docker.io"
    RC129 nodes append "/v2" to this path, which has it already
      ? Set overridePath
    RC130 without a path, overridePath leaves out "/v2", which every registry needs
      ? Remove overridePath"
  `);
});

describe("says", () => {
  test.each<[string, ShootLists, ShootLists?]>([
    ['a cache needs an upstream, such as "docker.io"', { caches: "caches: [{}]" }],
    ['a mirror needs an upstream, such as "docker.io"', { mirrors: "mirrors: [{ hosts: [{ host: https://a.io }] }]" }],
    [
      '"a.io/" is not the name of a registry host: it must not end in a slash',
      { caches: "caches: [{ upstream: a.io/ }]" },
    ],
    [
      '"a.io/b" is not the name of a registry host: it must not have a path',
      { caches: "caches: [{ upstream: a.io/b }]" },
    ],
    [
      '"a.io:0" is not the name of a registry host: the port must not start with 0',
      { caches: 'caches: [{ upstream: "a.io:0" }]' },
    ],
    [
      '"a.io" is the upstream of another mirror already',
      {
        mirrors:
          "mirrors: [{ upstream: a.io, hosts: [{ host: http://a }] }, { upstream: a.io, hosts: [{ host: http://a }] }]",
      },
    ],
    [
      '"a-b" and "a.b" both give the name "registry-a-b", so both Services lead to the same cache',
      { caches: "caches: [{ upstream: a.b }, { upstream: a-b, serviceNameSuffix: c }]" },
    ],
    [
      'a mirror\'s "host" is missing, such as "https://mirror.example.com"',
      { mirrors: "mirrors: [{ upstream: a.io, hosts: [{}] }]" },
    ],
    [
      'remoteURL "https://a:b" is not a valid URL: it has an invalid port',
      { caches: "caches: [{ upstream: a.io, remoteURL: 'https://a:b' }]" },
    ],
    [
      'storageClassName is immutable and was not set for "a.io"; to change it, remove the cache in one update and add it again in the next, which loses its content',
      { caches: "caches: [{ upstream: a.io, volume: { storageClassName: b } }]" },
      { caches: "caches: [{ upstream: a.io }]" },
    ],
  ])("%s", (message, config, before) => {
    expect(messagesOf(config, before)).toEqual([message]);
  });

  test.each<[string, ShootLists]>([
    ["another cache has no upstream either", { caches: "caches: [{}, {}]" }],
    ["another host of this mirror is empty, too", { mirrors: "mirrors: [{ upstream: a.io, hosts: [{}, {}] }]" }],
    [
      "a cache has no upstream either",
      { caches: "caches: [{}]", mirrors: "mirrors: [{ hosts: [{ host: http://a }] }]" },
    ],
    [
      "the extension will also call this second mirror a cache, though there is none",
      {
        caches: "caches: [{ upstream: b.io }]",
        mirrors:
          "mirrors: [{ upstream: a.io, hosts: [{ host: http://a }] }, { upstream: a.io, hosts: [{ host: http://a }] }]",
      },
    ],
  ])("among others: %s", (message, config) => {
    expect(messagesOf(config)).toContain(message);
  });
});

describe("shows no credentials", () => {
  test.each<[ShootLists]>([
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
    const said = findingsOf(shootWith(config)).map(({ message, fixes }) => [message, ...fixes.map((it) => it.title)]);
    expect(JSON.stringify(said)).not.toMatch(/hun\/?ter2/);
  });
});
