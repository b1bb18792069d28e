import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dayText, inDays } from "./days.ts";
import { run, scratch } from "./plugin.ts";

/** Stands in every password, and must stand in no output. */
const planted = "PLANTED-PASSWORD";

/** A garden whose Secrets end at different times. */
function garden(): string {
  const jwt = [
    "ey1",
    Buffer.from(JSON.stringify({ exp: inDays(5), iat: inDays(-400), x: planted })).toString("base64url"),
    "s",
  ].join(".");
  const secret = (name: string, username: string, password: string, metadata = ""): string =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n${metadata}type: Opaque\nimmutable: true\nstringData: { username: "${username}", password: "${password}" }\n---\n`;
  const ends = (seconds: number): string =>
    `  annotations: { registry-cache-tools/expires-at: "${dayText(seconds)}" }\n`;
  const old = `  creationTimestamp: "${new Date(inDays(-100) * 1000).toISOString()}"\n`;
  const root = scratch();
  writeFileSync(
    join(root, "all.yaml"),
    [
      secret("robot", "robot$x", planted),
      secret("old", "reader", planted, old),
      secret("token", "reader", jwt),
      secret("late", "reader", planted, ends(inDays(300))),
      secret("gone", "reader", planted, ends(inDays(-3))),
      secret("ecr", "AWS", planted),
    ].join(""),
  );
  return root;
}

test("lists credentials by when they end, and exits with 1 where one ends soon", () => {
  const { code, stdout } = run(["expiring", "-f", ".", "--max-age", "90d", "-o", "json"], { cwd: garden() });
  expect(stdout).not.toContain("PLANTED");
  const rows = JSON.parse(stdout).secrets.map((it: { name: string; expiry: { state: string; expiresAt?: string } }) => [
    it.name,
    it.expiry.state,
    it.expiry.expiresAt?.slice(0, 10),
  ]);
  expect([code, rows]).toEqual([
    1,
    [
      ["gone", "expired", dayText(inDays(-3))],
      ["ecr", "short-lived", undefined],
      ["token", "expiring", dayText(inDays(5))],
      ["old", "too-old", undefined],
      ["late", "valid", dayText(inDays(300))],
      ["robot", "unknown", undefined],
    ],
  ]);
});

test("what is soon can be said", () => {
  const cwd = scratch({ "a.yaml": readFileSync(join(garden(), "all.yaml"), "utf8").split("---\n")[2] ?? "" });
  expect(["4d", "6d", "100h", "144h"].map((it) => run(["expiring", "-f", ".", "--within", it], { cwd }).code)).toEqual([
    0, 1, 0, 1,
  ]);
});

test("the days go into a calendar", () => {
  const { stdout } = run(["expiring", "-f", ".", "-o", "ics"], { cwd: garden() });
  expect(stdout.split("\r\n").filter((it) => /^(BEGIN|SUMMARY|DTSTART)/.test(it))).toEqual([
    "BEGIN:VCALENDAR",
    ...["gone", "token", "late"].flatMap((name, index) => [
      "BEGIN:VEVENT",
      `DTSTART;VALUE=DATE:${dayText(inDays([-3, 5, 300][index] ?? 0)).replaceAll("-", "")}`,
      `SUMMARY:Credential ${name} ends`,
    ]),
  ]);
  expect(stdout.split("\r\n").filter((it) => Buffer.byteLength(it) > 75)).toEqual([]);
  expect(stdout).not.toContain("PLANTED");
});

test("a Secret is told with its uses, its kind and its health, never its value", () => {
  const cwd = scratch({
    "shoot.yaml": `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: crazy-botany, namespace: garden-dev }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches: [{ upstream: quay.io, secretReferenceName: ref }]
  resources:
  - { name: ref, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v1 } }
`,
    "secret.yaml": `apiVersion: v1
kind: Secret
metadata:
  name: ro-quay-v1
type: Opaque
immutable: false
stringData: { username: "robot$team+ci", password: ${planted} }
`,
  });
  const { code, stdout } = run(["inspect", "ro-quay-v1", "-f", "."], { cwd });
  expect([code, stdout]).toEqual([
    1,
    `ro-quay-v1
  file      secret.yaml
  form      Secret, mutable
  kind      a robot account of Harbor
  used for  quay.io (https://quay.io) of Shoot crazy-botany
  age       not known from manifests
  expiry    unknown: its end, if any, is known only to who issued it
  health    error RC208 the Secret is not immutable
`,
  ]);
});
