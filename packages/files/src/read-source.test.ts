import { closeSync, constants, ftruncateSync, openSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lacks, makePipe, makeScratch, pipes } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { createReader, type Reading, versionOf } from "./read-source.ts";

function scratch(files: { readonly [path: string]: string | Uint8Array } = {}): string {
  const root = makeScratch(files);
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}

function read(uri: string, named = true): Reading {
  return createReader().read({ uri, named, base: 0 });
}

/** The reading without its version. */
function content(reading: Reading): object {
  if (reading.kind !== "text") return reading;
  const { version: _, ...rest } = reading;
  return rest;
}

test("gives the text with a mark that only other content changes", () => {
  const root = scratch({ "a.yaml": "kind: Shoot\n", "b.yaml": "kind: Shoot\n", "c.yaml": "kind: Shooo\n" });
  const [a, b, c] = ["a.yaml", "b.yaml", "c.yaml"].map((it) => read(join(root, it)));
  expect(a).toEqual(b);
  expect(a && content(a)).toEqual({ kind: "text", text: "kind: Shoot\n", exact: true });
  expect(a).not.toEqual(c && { ...c, text: "kind: Shoot\n" });
});

test("keeps a byte order mark and every line end", () => {
  const root = scratch({ "a.yaml": "\ufeffkind: Shoot\r\na: ü\r" });
  expect(content(read(join(root, "a.yaml")))).toEqual({
    kind: "text",
    text: "\ufeffkind: Shoot\r\na: ü\r",
    exact: true,
  });
});

test.each([
  ["kind: Deployment\n", "other"],
  ["kind: Shoot\n", "text"],
  ["kind: SealedSecret\n", "text"],
  ["kind: Kustomization\n", "text"],
  ["apiVersion: kustomize.config.k8s.io/v1beta1\n", "text"],
  ['kind: "\\x53hoot"\n', "text"],
  ['{"kind":"\\u0053hoot"}', "text"],
])("of a directory's files reads only those that may concern us: %j is %s", (text, kind) => {
  const root = scratch({ "a.yaml": text });
  expect(read(join(root, "a.yaml"), false).kind).toBe(kind);
  expect(read(join(root, "a.yaml"), true).kind).toBe("text");
});

test("reads what is not UTF-8 with a sign in place of the bytes, and says that it is not exact", () => {
  const root = scratch({ "a.yaml": Buffer.from([...Buffer.from("kind: Shoot # "), 0xff, 0xc3]) });
  expect(content(read(join(root, "a.yaml")))).toEqual({
    kind: "text",
    text: "kind: Shoot # \ufffd\ufffd",
    exact: false,
  });
});

test("refuses UTF-16, also where no word of ours can be found in it", () => {
  const root = scratch({ "a.yaml": Buffer.from("\ufeffkind: Shoot", "utf16le") });
  const problem = { kind: "problem", message: "is UTF-16, save it as UTF-8" };
  expect([read(join(root, "a.yaml")), read(join(root, "a.yaml"), false)]).toEqual([problem, problem]);
});

test("refuses a file that is too large without reading it", () => {
  const root = scratch();
  const file = openSync(join(root, "a.yaml"), "w");
  ftruncateSync(file, 50 * 1024 * 1024);
  closeSync(file);
  expect(read(join(root, "a.yaml"))).toEqual({
    kind: "problem",
    message: "is larger than 32 MiB, too large for a manifest",
  });
});

test("says that a file vanished", () => {
  const root = scratch({ "a.yaml": "" });
  unlinkSync(join(root, "a.yaml"));
  expect(read(join(root, "a.yaml"))).toEqual({ kind: "problem", message: "vanished after it was found" });
});

test.skipIf(lacks(pipes, "a pipe in place of a file"))("never waits for a pipe that took a file's place", () => {
  const root = scratch();
  makePipe(join(root, "a.yaml"));
  expect(read(join(root, "a.yaml"))).toEqual({
    kind: "problem",
    message: "is a pipe and not a file, use -f - to read what another program writes",
  });
});

test.skipIf(lacks(pipes, "a pipe in place of a file"))("nor for one that somebody has opened to write", () => {
  const root = scratch();
  const pipe = join(root, "a.yaml");
  makePipe(pipe);
  const writer = openSync(pipe, constants.O_RDWR);
  onTestFinished(() => closeSync(writer));
  expect(read(pipe)).toEqual({
    kind: "problem",
    message: "is a pipe and not a file, use -f - to read what another program writes",
  });
});

test("tells any two contents apart that differ in one byte, wherever it is", () => {
  const text = "kind: Shoot\n# abcdefghijklmnopqrstuvwxyz 0123456789\n";
  const changed = Array.from(text, (_, at) => `${text.slice(0, at)}~${text.slice(at + 1)}`);
  const longer = [`${text}\0`, `${text}\0\0`, `${text}\0\0\0\0`, ""];
  const all = [text, ...changed, ...longer].map((it) => Buffer.from(it));
  expect(new Set(all.map(versionOf)).size).toBe(all.length);
  // The place of the bytes in their buffer does not matter.
  const shifted = Buffer.concat([Buffer.from("x"), Buffer.from(text)]).subarray(1);
  expect(versionOf(shifted)).toBe(versionOf(Buffer.from(text)));
});

test("reads files of growing and shrinking size with one reader", () => {
  const sizes = [10, 200_000, 20, 70_000, 0];
  const root = scratch(Object.fromEntries(sizes.map((size) => [`${size}.yaml`, "x".repeat(size)])));
  const reader = createReader();
  for (const size of sizes) {
    const reading = reader.read({ uri: join(root, `${size}.yaml`), named: true, base: 0 });
    expect(content(reading)).toEqual({ kind: "text", text: "x".repeat(size), exact: true });
  }
  writeFileSync(join(root, "10.yaml"), "y");
  expect(content(reader.read({ uri: join(root, "10.yaml"), named: true, base: 0 }))).toMatchObject({ text: "y" });
});
