import * as fs from "node:fs";
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { changeFiles, createFile, deleteFile, type FileAction } from "./change-files.ts";
import { versionOf } from "./read-source.ts";

// The system calls are the real ones; a test makes one of them fail.
vi.mock("node:fs", async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    linkSync: vi.fn(real.linkSync),
    fsyncSync: vi.fn(real.fsyncSync),
    unlinkSync: vi.fn(real.unlinkSync),
  };
});
beforeEach(() => vi.resetAllMocks());

function scratch(): string {
  const root = makeScratch({ "a.yaml": "a\n", "b.yaml": "b\n" });
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** What a folder holds. */
function texts(root: string): { readonly [name: string]: string } {
  return Object.fromEntries(readdirSync(root).map((it) => [it, readFileSync(join(root, it), "utf8")]));
}

const version = (text: string): string => versionOf(Buffer.from(text));

async function change(actions: readonly FileAction[]): Promise<readonly string[]> {
  const told: string[] = [];
  await changeFiles(actions, ({ do: it, uri }, problem) => told.push(`${it} ${uri.slice(-6)}: ${problem ?? "done"}`));
  return told;
}

test("creates, replaces and deletes in the order given", async () => {
  const root = scratch();
  const told = await change([
    { do: "create", uri: join(root, "c.yaml"), text: "c\n", like: join(root, "a.yaml") },
    { do: "replace", uri: join(root, "a.yaml"), version: version("a\n"), text: "A\n" },
    { do: "delete", uri: join(root, "b.yaml"), version: version("b\n") },
  ]);
  expect(told).toEqual(["create c.yaml: done", "replace a.yaml: done", "delete b.yaml: done"]);
  expect(texts(root)).toEqual({ "a.yaml": "A\n", "c.yaml": "c\n" });
});

test("stops at the first that cannot be done", async () => {
  const root = scratch();
  const told = await change([
    { do: "replace", uri: join(root, "a.yaml"), version: version("other"), text: "A\n" },
    { do: "delete", uri: join(root, "b.yaml"), version: version("b\n") },
  ]);
  expect(told).toEqual(["replace a.yaml: changed since it was read, not touched"]);
  expect(texts(root)).toEqual({ "a.yaml": "a\n", "b.yaml": "b\n" });
});

test.each([0o644, 0o600, 0o640])("a new file has the mode %o of the one that it follows", (mode) => {
  const root = scratch();
  chmodSync(join(root, "a.yaml"), mode);
  expect(createFile(join(root, "c.yaml"), "c\n", join(root, "a.yaml"))).toBeUndefined();
  expect(statSync(join(root, "c.yaml")).mode & 0o7777).toBe(mode);
});

test.each([undefined, "gone.yaml"])("a new file that follows %s is its owner's alone", (like) => {
  const root = scratch();
  createFile(join(root, "c.yaml"), "c\n", like && join(root, like));
  expect(statSync(join(root, "c.yaml")).mode & 0o7777).toBe(0o600);
});

test("a file that came meanwhile is left alone, and nothing beside it", () => {
  const root = scratch();
  expect(createFile(join(root, "b.yaml"), "c\n", undefined)).toBe("was written meanwhile, not touched");
  expect(texts(root)).toEqual({ "a.yaml": "a\n", "b.yaml": "b\n" });
});

test("a file system without second names is written to as well", () => {
  const root = scratch();
  vi.mocked(fs.linkSync).mockImplementation(() => {
    throw systemError("EPERM");
  });
  expect(createFile(join(root, "c.yaml"), "c\n", undefined)).toBeUndefined();
  expect(createFile(join(root, "c.yaml"), "d\n", undefined)).toBe("was written meanwhile, not touched");
  expect(texts(root)).toEqual({ "a.yaml": "a\n", "b.yaml": "b\n", "c.yaml": "c\n" });
});

test("a disk that is full leaves nothing", () => {
  const root = scratch();
  vi.mocked(fs.fsyncSync).mockImplementationOnce(() => {
    throw systemError("ENOSPC");
  });
  expect(createFile(join(root, "c.yaml"), "c\n", undefined)).toBe("cannot be written: no space left on the disk");
  expect(texts(root)).toEqual({ "a.yaml": "a\n", "b.yaml": "b\n" });
});

test("a folder that is not there takes no file", () => {
  expect(createFile(join(scratch(), "gone/c.yaml"), "c\n", undefined)).toBe(
    "cannot be written: no such file or directory",
  );
});

test("only what was read is deleted", () => {
  const root = scratch();
  writeFileSync(join(root, "a.yaml"), "changed\n");
  symlinkSync("b.yaml", join(root, "link.yaml"));
  expect(deleteFile(join(root, "a.yaml"), version("a\n"))).toBe("changed since it was read, not touched");
  expect(deleteFile(join(root, "link.yaml"), version("b\n"))).toBe("is a link, delete it and what it leads to by hand");
  expect(texts(root)).toEqual({ "a.yaml": "changed\n", "b.yaml": "b\n", "link.yaml": "b\n" });
});

test("what is gone already needs no deletion, and what cannot be deleted is told", () => {
  const root = scratch();
  expect(deleteFile(join(root, "gone.yaml"), "")).toBeUndefined();
  vi.mocked(fs.unlinkSync).mockImplementationOnce(() => {
    throw systemError("EACCES");
  });
  expect(deleteFile(join(root, "a.yaml"), version("a\n"))).toBe("cannot be deleted: permission denied");
});
