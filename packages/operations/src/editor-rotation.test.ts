import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { toUri } from "@registry-cache/files";
import { makeScratch, rotationShoot } from "@registry-cache/testkit";
import { afterEach, expect, test, vi } from "vitest";
import { carryOutEditorRotation, planEditorRotation } from "./editor-rotation.ts";

afterEach(() => vi.unstubAllEnvs());

const sealed = (name: string, letter: string): string => `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: ${name}
  namespace: garden-a
spec:
  encryptedData:
    username: "${letter.repeat(344)}"
    password: "${letter.repeat(348)}"
  template: { metadata: { name: ${name} }, immutable: true }
`;

/** A folder with a sealed Secret, on a machine where kubeseal is this script. */
function open(script: string) {
  const bin = makeScratch({ kubeseal: `#!/bin/sh\ncat > /dev/null\n${script}\n` });
  chmodSync(join(bin, "kubeseal"), 0o755);
  vi.stubEnv("PATH", `${bin}:/usr/bin:/bin`);
  const folder = makeScratch({ "quay-v1.yaml": sealed("quay-v1", "a"), "a.yaml": rotationShoot() });
  const secret = { name: "quay-v1", namespace: "garden-a" };
  const credential = { username: "robot", password: "invented-new" };
  return { folder, request: { folders: [toUri(folder)], secret, credential, remote: undefined, today: "2030-01-01" } };
}

const start = {
  to: "quay-v2",
  certificate: undefined,
  withoutCluster: "say a certificate",
  signal: new AbortController().signal,
};

test("a sealed Secret is sealed anew when an editor rotates it", async () => {
  const { folder, request } = open(`cat <<END\n${sealed("quay-v2", "b")}END`);
  expect(planEditorRotation(request)).toMatchObject({ ok: true, value: { to: "quay-v2", shootCount: 1 } });
  const done = await carryOutEditorRotation(request, start);
  expect(done).toEqual({ ok: true, value: ["quay-v2.yaml", "a.yaml"].map((it) => toUri(join(folder, it))) });
  expect(readFileSync(join(folder, "quay-v2.yaml"), "utf8")).toBe(sealed("quay-v2", "b"));
});

test("where it cannot be sealed an editor is told why, and nothing is written", async () => {
  const { folder, request } = open('echo "error: no cluster" >&2; exit 1');
  expect(await carryOutEditorRotation(request, start)).toEqual({
    ok: false,
    error: "kubeseal failed with exit code 1: no cluster; say a certificate; nothing was written",
  });
  expect([existsSync(join(folder, "quay-v2.yaml")), readFileSync(join(folder, "a.yaml"), "utf8")]).toEqual([
    false,
    rotationShoot(),
  ]);
});
