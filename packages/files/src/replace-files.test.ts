import * as fs from "node:fs";
import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { versionOf } from "./read-source.ts";
import { type Replacement, replaceFile, replaceFiles } from "./replace-files.ts";

// The system calls are the real ones; a test makes one of them fail.
vi.mock("node:fs", async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    fsyncSync: vi.fn(real.fsyncSync),
    renameSync: vi.fn(real.renameSync),
    writeFileSync: vi.fn(real.writeFileSync),
    fchownSync: vi.fn(real.fchownSync),
    fstatSync: vi.fn(real.fstatSync),
  };
});
beforeEach(() => vi.resetAllMocks());

const before = "kind: Shoot\n";
const after = "kind: Secret\n";

function scratch(): { root: string; file: string; replacement: Replacement } {
  const root = makeScratch({ "a.yaml": before });
  onTestFinished(() => rmSync(root, { recursive: true }));
  const file = join(root, "a.yaml");
  return { root, file, replacement: { uri: file, version: versionOf(Buffer.from(before)), text: after } };
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

test("replaces a file and leaves nothing beside it", () => {
  const { root, file, replacement } = scratch();
  expect(replaceFile(replacement)).toBeUndefined();
  expect([readFileSync(file, "utf8"), readdirSync(root)]).toEqual([after, ["a.yaml"]]);
});

test("brings the text to the disk before the file takes its name", () => {
  const { replacement } = scratch();
  replaceFile(replacement);
  const [synced] = vi.mocked(fs.fsyncSync).mock.invocationCallOrder;
  const [renamed] = vi.mocked(fs.renameSync).mock.invocationCallOrder;
  expect(synced).toBeLessThan(renamed ?? 0);
});

test.each([0o644, 0o600, 0o640, 0o755])("keeps the mode %o", (mode) => {
  const { file, replacement } = scratch();
  chmodSync(file, mode);
  replaceFile(replacement);
  expect(statSync(file).mode & 0o7777).toBe(mode);
});

test("gives a group that it could not keep no more than all others have", () => {
  const { file, replacement } = scratch();
  chmodSync(file, 0o664);
  const stat = statSync(file);
  vi.mocked(fs.fchownSync).mockImplementation(() => {
    throw systemError("EPERM");
  });
  // Only the first look, at the new file; the one at the target before the rename is a true one.
  vi.mocked(fs.fstatSync).mockImplementationOnce(() => Object.assign(Object.create(stat), { gid: stat.gid + 1 }));
  replaceFile(replacement);
  expect((statSync(file).mode & 0o7777).toString(8)).toBe("644");
});

test("replaces what a link leads to, and not the link", () => {
  const { root, file, replacement } = scratch();
  const link = join(root, "link.yaml");
  symlinkSync("a.yaml", link);
  expect(replaceFile({ ...replacement, uri: link })).toBeUndefined();
  expect([lstatSync(link).isSymbolicLink(), readFileSync(file, "utf8")]).toEqual([true, after]);
});

test("does not touch a file that changed since it was read", () => {
  const { root, file, replacement } = scratch();
  writeFileSync(file, "kind: Other\n");
  expect(replaceFile(replacement)).toBe("changed since it was read, not touched");
  expect([readFileSync(file, "utf8"), readdirSync(root)]).toEqual(["kind: Other\n", ["a.yaml"]]);
});

test("does not touch a file that changes while the new one is written", () => {
  const { root, file, replacement } = scratch();
  vi.mocked(fs.fsyncSync).mockImplementationOnce(() => writeFileSync(file, "kind: Other\n"));
  expect(replaceFile(replacement)).toBe("changed since it was read, not touched");
  expect([readFileSync(file, "utf8"), readdirSync(root)]).toEqual(["kind: Other\n", ["a.yaml"]]);
});

test("does not bring back a file that vanished", () => {
  const { root, file, replacement } = scratch();
  rmSync(file);
  expect(replaceFile(replacement)).toBe("vanished since it was read, not written");
  expect(readdirSync(root)).toEqual([]);
});

test.each([
  [
    "write",
    (fail: () => never) => vi.mocked(fs.writeFileSync).mockImplementationOnce(fail),
    "ENOSPC",
    "cannot be written: no space left on the disk",
  ],
  [
    "sync",
    (fail: () => never) => vi.mocked(fs.fsyncSync).mockImplementationOnce(fail),
    "EIO",
    "cannot be written: the disk cannot be read",
  ],
  [
    "rename",
    (fail: () => never) => vi.mocked(fs.renameSync).mockImplementationOnce(fail),
    "EROFS",
    "cannot be written: the file system is read-only",
  ],
] as const)("leaves the old file and nothing beside it when the %s fails", (_, mockOnce, code, message) => {
  const { root, file, replacement } = scratch();
  mockOnce(() => {
    throw systemError(code);
  });
  expect(replaceFile(replacement)).toBe(message);
  expect([readFileSync(file, "utf8"), readdirSync(root)]).toEqual([before, ["a.yaml"]]);
});

test("reports each file and goes on after one that could not be replaced", async () => {
  const one = scratch();
  const two = scratch();
  const told: (string | undefined)[] = [];
  await replaceFiles([{ ...one.replacement, version: "" }, two.replacement], (_, problem) => told.push(problem));
  expect(told).toEqual(["changed since it was read, not touched", undefined]);
  expect([readFileSync(one.file, "utf8"), readFileSync(two.file, "utf8")]).toEqual([before, after]);
});

test("a signal to stop is obeyed between two files", async () => {
  const one = scratch();
  const two = scratch();
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  onTestFinished(() => kill.mockRestore());
  vi.mocked(fs.fsyncSync).mockImplementationOnce(() => process.emit("SIGINT", "SIGINT"));
  await replaceFiles([one.replacement, two.replacement], () => undefined);
  expect([readFileSync(one.file, "utf8"), readFileSync(two.file, "utf8")]).toEqual([after, before]);
  expect(kill.mock.calls).toEqual([[process.pid, "SIGINT"]]);
  expect(process.listenerCount("SIGTERM")).toBe(0);
});
