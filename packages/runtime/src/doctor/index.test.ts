import { expect, test } from "vitest";
import { toRuntimeCache } from "../cache.ts";
import { shownLine } from "./finding.ts";
import { diagnose } from "./index.ts";
import { probeVerdict } from "./logins.ts";
import type { ExpectedCache, RuntimeView, SeenPod } from "./view.ts";

const now = Date.UTC(2030, 0, 1);
const day = 86_400_000;

const quay: ExpectedCache = { cache: toRuntimeCache({ upstream: "quay.io", secretReferenceName: "quay" }) };
const service = { name: "registry-quay-io", app: "registry-quay-io", upstream: "quay.io" };
const image = "europe-docker.pkg.dev/gardener-project/releases/3rd/registry:3.1.1";
const set = { name: "registry-quay-io", image, configName: "registry-quay-io-config-00000000" };
const pod: SeenPod = { name: "registry-quay-io-0", app: "registry-quay-io", ready: true, restarts: 0 };
const claim = { name: "cache-volume-registry-quay-io-0", app: "registry-quay-io", phase: "Bound" };
const well: RuntimeView = {
  expected: [quay],
  services: [service],
  statefulSets: [set],
  pods: [pod],
  claims: [claim],
  probes: [],
  certificates: [],
  now,
};

/** The findings of a view, each as code, subject and evidence. */
function findings(changes: Partial<RuntimeView>): readonly (readonly unknown[])[] {
  return diagnose({ ...well, ...changes }).map(({ code, subject, evidence }) => [code, subject, ...evidence]);
}

const ended = { exitCode: 137, reason: "OOMKilled" };
const crashed: SeenPod = { ...pod, ready: false, restarts: 4, waiting: "CrashLoopBackOff", ended };

test.each<{ name: string; view: Partial<RuntimeView>; found: readonly (readonly unknown[])[] }>([
  { name: "nothing in caches that are well", view: {}, found: [] },
  { name: "nothing without a Shoot, where the Services are well", view: { expected: undefined }, found: [] },
  {
    name: "a pod that is killed",
    view: { pods: [crashed] },
    found: [
      [
        "RC505",
        "registry-quay-io/registry-quay-io-0",
        "pod registry-quay-io-0 ended with exit code 137 (OOMKilled), restarts: 4",
      ],
    ],
  },
  {
    name: "nothing in a pod that crashed once and is ready",
    view: { pods: [{ ...pod, restarts: 1, ended }] },
    found: [],
  },
  {
    name: "a cache without objects",
    view: { services: [], statefulSets: [], pods: [], claims: [] },
    found: [
      ["RC506", "quay.io", "there is no StatefulSet registry-quay-io"],
      ["RC511", "quay.io", "there is no Service registry-quay-io"],
    ],
  },
  {
    name: "a pod that no node takes",
    view: { pods: [{ ...pod, ready: false, unschedulable: "0/3 nodes are available" }] },
    found: [["RC506", "quay.io", "pod registry-quay-io-0 is not ready: no node takes it: 0/3 nodes are available"]],
  },
  {
    name: "a claim without a volume, once",
    view: {
      pods: [{ ...pod, ready: false }],
      claims: [{ ...claim, phase: "Pending", reason: 'storageclass "premium" not found' }],
    },
    found: [
      [
        "RC507",
        "cache-volume-registry-quay-io-0",
        "claim cache-volume-registry-quay-io-0 is Pending",
        'storageclass "premium" not found',
      ],
    ],
  },
  {
    name: "a volume that is full, by its measure and by the log",
    view: {
      claims: [{ ...claim, usedBytes: 96, capacityBytes: 100 }],
      pods: [{ ...pod, log: "write /var/lib/registry/x: no space left on device" }],
    },
    found: [
      [
        "RC508",
        "cache-volume-registry-quay-io-0",
        "claim cache-volume-registry-quay-io-0 is 96 % full",
        'the log of its pod says "no space left on device"',
      ],
    ],
  },
  {
    name: "nothing in a volume that is nearly full",
    view: { claims: [{ ...claim, usedBytes: 94, capacityBytes: 100 }] },
    found: [],
  },
  {
    name: "caches of one derived name",
    view: { expected: [quay, { cache: toRuntimeCache({ upstream: "quay-io" }) }] },
    found: [["RC509", "registry-quay-io", "quay.io and quay-io are both registry-quay-io"]],
  },
  {
    name: "a Service that belongs to no cache",
    view: { services: [service, { name: "mine", app: "mine", upstream: undefined }] },
    found: [
      [
        "RC510",
        "mine",
        "Service mine has the label upstream-host",
        "the Shoot has 1 caches, the namespace 2 such Services",
      ],
    ],
  },
  {
    name: "another config Secret than expected",
    view: { expected: [{ ...quay, configName: "registry-quay-io-config-11111111" }] },
    found: [
      [
        "RC512",
        "quay.io",
        "the cache uses Secret registry-quay-io-config-00000000",
        "by the Shoot and its Secret it would be registry-quay-io-config-11111111",
      ],
    ],
  },
  {
    name: "nothing by names where another version of the extension made them",
    view: {
      expected: [{ ...quay, configName: "registry-quay-io-config-11111111" }],
      statefulSets: [{ ...set, image: "registry:3.2.0" }],
    },
    found: [],
  },
  {
    name: "nothing by names where the contents are the same",
    view: { expected: [{ ...quay, configName: "registry-quay-io-config-11111111", inUse: "same" }] },
    found: [],
  },
  {
    name: "certificates that have ended or soon will",
    view: {
      certificates: [
        { of: "a", notAfter: now - 3 * day },
        { of: "b", notAfter: now + 9 * day },
        { of: "c", notAfter: now + 11 * day },
      ],
    },
    found: [
      ["RC516", "a", "the certificate expired 3 days ago"],
      ["RC516", "b", "the certificate expires in 9 days"],
    ],
  },
])("doctor finds $name", ({ view, found }) => {
  expect(findings(view)).toEqual(found);
});

test.each([
  ['{"errors":[{"code":"UNKNOWN","detail":"manifest unknown: manifest unknown"}]}', "fine"],
  ['{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}', "fine"],
  ['{"errors":[{"code":"UNKNOWN","detail":"unauthorized: authentication required"}]}', "rejected"],
  ['{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}', "rejected"],
  ['{"errors":[{"detail":"Get \\"https://a/\\": unauthorized: incorrect username or password"}]}', "rejected"],
  ['{"errors":[{"detail":"Get \\"https://a/\\": no basic auth credentials"}]}', "rejected"],
  [
    '{"errors":[{"detail":"errors:\\ndenied: requested access to the resource is denied\\nunauthorized: authentication required\\n"}]}',
    "unclear",
  ],
  ['{"errors":[{"detail":"Get \\"https://a/\\": dial tcp: lookup a: no such host"}]}', "unreachable"],
  ["<html>busy</html>", "unclear"],
] as const)("the answer %s to a probe is %s", (body, verdict) => {
  expect(probeVerdict({ body })).toBe(verdict);
});

test("a line of a log is shown without logins and without what the parser quotes", () => {
  expect(shownLine('panic: Get "https://user:word@a.example.com/v2/": EOF')).toBe(
    'panic: Get "https://a.example.com/v2/": EOF',
  );
  expect(shownLine("line 9: cannot unmarshal !!str `planted...` into time.Duration")).toBe(
    "line 9: cannot unmarshal !!str `...` into time.Duration",
  );
  expect(shownLine("  password: 'planted''word' # kept")).toBe("  password: <redacted> # kept");
  expect(shownLine("PASSWORD=planted word")).toBe("PASSWORD=<redacted>");
  expect(shownLine('sent {"username":"planted","access_token":"planted\\n","code":1}')).toBe(
    'sent {"username":<redacted>,"access_token":<redacted>,"code":1}',
  );
  expect(shownLine('msg="sent {\\"password\\":\\"planted\\"}"')).toBe('msg="sent {\\"password\\":<redacted>}"');
  expect(shownLine("Authorization: Basic cGxhbnRlZA==")).toBe("Authorization: <redacted>");
  const kept = "unauthorized: incorrect username or password";
  expect(shownLine(kept)).toBe(kept);
  expect(shownLine("x".repeat(400))).toBe(`${"x".repeat(300)}...`);
});
