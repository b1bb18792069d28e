import { rmSync } from "node:fs";
import { makeScratch } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { concludeAll } from "./conclude-all.ts";
import { inspectAll } from "./inspect-all.ts";
import { openWorkspace } from "./workspace.ts";

function shoot(name: string, { reference = "entry", target = "used", namespace = "garden-a" } = {}): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - { upstream: quay.io, secretReferenceName: ${reference} }
  resources:
  - name: entry
    resourceRef: { apiVersion: v1, kind: Secret, name: ${target} }
`;
}

/** Nothing is known of the Secrets of this namespace. */
const elsewhere = { namespace: "garden-b", target: "unknown" };
const used =
  "kind: Secret\nmetadata: { name: used, namespace: garden-a }\nstringData: { username: robot, password: invented }\n";
const files = {
  "1.yaml": shoot("one", elsewhere),
  "2.yaml": shoot("two"),
  "3.yaml": shoot("three", elsewhere),
  "4.yaml": shoot("four", { reference: "x" }),
  "5.yaml": shoot("five", elsewhere),
  "6.yaml": shoot("six"),
  "8.yaml": shoot("eight", elsewhere),
};

/** What is kept with room for `room` reports, and the findings with the files that they refer to. */
function inspect(secret: string, room: number): { kept: string[]; findings: string[]; files: number } {
  const root = makeScratch({ ...files, "7.yaml": secret });
  onTestFinished(() => rmSync(root, { recursive: true }));
  const workspace = openWorkspace({ names: [root], recursive: false });
  inspectAll(workspace, { room });
  const short = (uri: string): string => uri.slice(root.length + 1);
  const findings = [...concludeAll(workspace)].flatMap(([uri, of]) => {
    return of.map((it) => [short(uri), it.code, ...it.related.map((other) => short(other.uri))].join(" "));
  });
  return { kept: [...workspace.known.keys()].map(short).sort(), findings, files: workspace.fileCount };
}

const findings = ["4.yaml RC201", "7.yaml RC208 2.yaml 6.yaml"];

test("keeps the reports of a small workspace", () => {
  expect(inspect(used, 100)).toEqual({
    kept: ["1", "2", "3", "4", "5", "6", "7", "8"].map((it) => `${it}.yaml`),
    findings,
    files: 8,
  });
});

test("forgets clean Shoots that refer to no known Secret, and finds the same", () => {
  expect(inspect(used, 2)).toEqual({
    kept: ["2", "4", "5", "6", "7", "8"].map((it) => `${it}.yaml`),
    findings,
    files: 8,
  });
});

test("forgets nothing when a Secret turns up that was not known as one before it was read", () => {
  const hidden = "x: &k Secret\nmetadata: { name: used }\nkind: *k\n'\\u0064ata': {}\n";
  const { kept, files } = inspect(hidden, 2);
  expect([kept.length, files]).toEqual([8, 8]);
});
