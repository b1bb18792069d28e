import { describe, expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import type { Finding } from "../workspace/finding.ts";
import { summarizePrevious } from "../workspace/previous.ts";
import type { Facts } from "../workspace/workspace.ts";
import { conclude } from "./conclude.ts";
import { inspect } from "./inspect.ts";

function shoot(name: string, { caches = "", resources = "", rest = "" }): string {
  return `
apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}, namespace: garden-dev }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches: [${caches}]
  resources: [${resources}]
${rest}`;
}

const secret = `
apiVersion: v1
kind: Secret
metadata: { name: ro-quay-v1, namespace: garden-dev }
data: { username: ZXhhbXBsZS11c2Vy, password: ZXhhbXBsZS1wYXNzd29yZA== }
`;
const cache = "{ upstream: quay.io, secretReferenceName: quay }";
const entry = "{ name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v1 } }";
const field = "spec.extensions[0].providerConfig.caches[0].secretReferenceName";

function check(files: { readonly [uri: string]: string }, facts?: Facts, previous?: string): readonly Finding[] {
  const old = previous === undefined ? undefined : readManifests("old", previous).documents[0]?.shoots[0];
  const reports = Object.entries(files).map(([uri, text]) =>
    inspect(readManifests(uri, text), () => old && summarizePrevious(old)),
  );
  return [...conclude(reports, facts).values()].flat();
}

describe("a Secret is judged by who uses it", () => {
  test("a Secret of a cache is an error with the verdict of admission at the first reference, and all its users beside it", () => {
    const files = {
      a: shoot("a", { caches: cache, resources: entry }),
      b: shoot("b", { caches: cache, resources: entry }),
      s: secret,
    };
    expect(check(files)).toMatchObject([
      {
        code: "RC208",
        uri: "s",
        severity: "error",
        admission: { type: "Invalid", field },
        related: [{ uri: "a" }, { uri: "b" }],
        fixes: [{ safe: true }],
      },
    ]);
  });

  test("a Secret that no Shoot uses yet is warned of, and nothing in it is changed blind", () => {
    const [finding, ...more] = check({ a: shoot("a", { caches: "{ upstream: quay.io }" }), s: secret });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: "RC208", severity: "warning", related: [], fixes: [{ safe: false }] });
    expect(finding).not.toHaveProperty("admission");
  });

  test("a Secret checked without any Shoot keeps its severity", () => {
    expect(check({ s: secret })).toMatchObject([{ code: "RC208", severity: "error", fixes: [{ safe: false }] }]);
  });

  test("a Secret with other keys that nobody uses is none of our business", () => {
    expect(check({ s: secret.replace("username:", "host: aA==, username:") })).toEqual([]);
  });

  test("a Secret of another namespace is not the one that the Shoot uses", () => {
    const files = {
      a: shoot("a", { caches: cache, resources: entry }),
      s: secret.replace("garden-dev", "garden-other"),
    };
    expect(check(files).map((it) => [it.uri, it.code])).toEqual([
      ["a", "RC207"],
      ["s", "RC208"],
    ]);
  });

  test("a Secret that only the garden has is judged where the Shoot names it", () => {
    const live = { name: "ro-quay-v1", namespace: "garden-dev", immutable: true, data: { username: "YQ==" } };
    const facts = { cluster: { namespaces: ["garden-dev"], secrets: [live] } };
    expect(check({ a: shoot("a", { caches: cache, resources: entry }) }, facts)).toMatchObject([
      { code: "RC209", uri: "a", admission: { type: "Invalid", field }, fixes: [] },
    ]);
  });

  test("of a Secret whose metadata alone was read nothing is said but that it is there", () => {
    const live = { name: "ro-quay-v1", namespace: "garden-dev" };
    const facts = { cluster: { namespaces: ["garden-dev"], secrets: [live] } };
    expect(check({ a: shoot("a", { caches: cache, resources: entry }) }, facts)).toEqual([]);
  });
});

describe("a webhook ends at its first failing step, and what it would say later it does not say", () => {
  const verdicts = (findings: readonly Finding[]): readonly unknown[] =>
    findings.map((it) => [it.code, it.admission?.type]);
  const broken = "{ upstream: Quay.io, secretReferenceName: quay }";
  const docker = "  provider: { workers: [{ name: w, cri: { name: docker } }] }";
  const gone: Facts = { cluster: { namespaces: ["garden-dev"], secrets: [] } };

  test.each<readonly [string, string, Facts | undefined, string | undefined, readonly unknown[]]>([
    [
      "all rules when every step passes",
      shoot("a", { caches: broken, resources: entry }),
      undefined,
      undefined,
      [["RC102", "Invalid"]],
    ],
    [
      "a missing Secret before the rules",
      shoot("a", { caches: broken, resources: entry }),
      gone,
      undefined,
      [
        ["RC102", undefined],
        ["RC205", "Denied"],
      ],
    ],
    [
      "decoding before a missing Secret",
      shoot("a", { caches: broken.replace("}", ", size: 1 }"), resources: entry }),
      gone,
      undefined,
      [
        ["RC102", undefined],
        ["RC010", "Decode"],
        ["RC205", undefined],
      ],
    ],
    [
      "the container runtime before decoding",
      shoot("a", { caches: "{ upstream: Quay.io, size: 1 }", rest: docker }),
      undefined,
      undefined,
      [
        ["RC102", undefined],
        ["RC010", undefined],
        ["RC017", "Denied"],
      ],
    ],
    [
      "nothing when the configuration is as it was",
      shoot("a", { caches: broken, resources: entry }),
      undefined,
      shoot("a", { caches: broken }),
      [["RC102", undefined]],
    ],
  ])("%s", (...[, text, facts, previous, expected]) => {
    expect(verdicts(check({ a: text }, facts, previous))).toEqual(expected);
  });
});
