import { shootWith } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import { secretSummaries } from "./secret-summaries.ts";

const secret = (name: string, more: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n${more}type: Opaque\nimmutable: true\n`;
const values = (username: string, password: string): string =>
  `stringData: { username: ${username}, password: ${password} }\n`;

function summaries(...texts: readonly string[]) {
  return secretSummaries(texts.map((text, index) => readManifests(`${index}.yaml`, text)));
}

test("a Secret is told with its caches, its kind and its times, without a value of it", () => {
  const caches = ["quay.io", "ghcr.io"].map((it) => `- upstream: ${it}\n  secretReferenceName: ref`).join("\n");
  const shoot = shootWith({
    caches: `caches:\n${caches}`,
    resources: "- name: ref\n  resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }",
  });
  const times =
    '  creationTimestamp: "2026-01-01T00:00:00Z"\n  annotations: { registry-cache-tools/expires-at: 2027-01-31 }\n';
  const found = summaries(shoot, secret("quay-v1", times) + values("robot$ci", "PLANTED"));
  expect(JSON.stringify(found)).not.toContain("PLANTED");
  expect(found).toEqual([
    {
      uri: "1.yaml",
      span: expect.anything(),
      name: "quay-v1",
      namespace: undefined,
      form: "Secret",
      immutable: true,
      kind: expect.objectContaining({ id: "harbor-robot" }),
      declaredExpiry: Date.UTC(2027, 0, 31) / 1000,
      createdAt: Date.UTC(2026, 0, 1) / 1000,
      uses: [
        { shoot: "crazy-botany", upstream: "quay.io", remoteURL: "https://quay.io" },
        { shoot: "crazy-botany", upstream: "ghcr.io", remoteURL: "https://ghcr.io" },
      ],
    },
  ]);
});

test("one that nobody uses counts where it could be for a cache", () => {
  const texts = [
    secret("a", "") + values("reader", "example"),
    `${secret("b", "")}stringData: { token: example }\n`,
    secret("c", "  annotations: { registry-cache-tools/expires-at: soon }\n") + values("AWS", "example"),
    secret("d", "").replace("type: Opaque\n", "type: Opaque\nsops: {}\n") + values("x", "x"),
  ];
  expect(summaries(...texts).map((it) => [it.name, it.kind?.id, it.declaredExpiry, it.uses])).toEqual([
    ["a", "password", undefined, []],
    ["c", "ecr-token", "soon", []],
    ["d", undefined, undefined, []],
  ]);
});

test("a cache of another namespace uses another Secret", () => {
  const shoot = shootWith({
    caches: "caches:\n- upstream: quay.io\n  secretReferenceName: ref",
    resources: "- name: ref\n  resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }",
  });
  const own = shoot.replace("{ name: crazy-botany }", "{ name: crazy-botany, namespace: garden-dev }");
  const usesOf = (text: string, namespace: string): unknown =>
    summaries(text, secret("quay-v1", namespace) + values("reader", "example")).map((it) => it.uses.length > 0);
  expect([
    usesOf(own, "  namespace: garden-dev\n"),
    usesOf(own, "  namespace: garden-prod\n"),
    usesOf(own, ""),
    usesOf(shoot, "  namespace: garden-prod\n"),
  ]).toEqual([[true], [false], [true], [true]]);
});
