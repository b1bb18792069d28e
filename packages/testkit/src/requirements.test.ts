import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lacks } from "./requirements.ts";

const go = { reason: "no Go toolchain on the PATH", enable: "apt-get install golang" };
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "requirements-"));
  vi.stubEnv("SKIPPED_SUITES", join(folder, "skipped.jsonl"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("a suite whose requirement is not met is skipped and noted with reason and command", () => {
  expect(lacks({ ...go, met: false }, "builds Distribution")).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, "skipped.jsonl"), "utf8"))).toEqual({
    suite: "builds Distribution",
    ...go,
  });
});

test("a suite whose requirement is met runs", () => {
  expect(lacks({ ...go, met: true }, "builds Distribution")).toBe(false);
});
