import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readNodeLog, renderNodeReader } from "@registry-cache/runtime";
import { makeScratch } from "@registry-cache/testkit";
import { expect, test } from "vitest";

/** What the pod of a node runs, with a folder of this machine in place of the node's. */
function script(folder: string): string {
  const text = JSON.stringify(renderNodeReader({ name: "a", namespace: "b", node: "c", image: "d" }));
  const { containers } = JSON.parse(text).spec;
  return containers[0].command[2].replaceAll("/host/certs.d", folder);
}

function read(folder: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync("sh", ["-c", script(folder)], { encoding: "utf8" });
}

test("the pod's program prints every hosts.toml, whatever is in it, and nothing else", () => {
  const hostile = 'server = "ü"\nend\nfile quay.io AAAA\n';
  const folder = makeScratch({
    "quay.io/hosts.toml": hostile,
    "registry.example.com:5000/hosts.toml": "x".repeat(5_000),
    "ca-bundle.pem": "-----BEGIN",
    "empty/other": "y",
  });
  const { status, stdout } = read(folder);
  expect(status).toBe(0);
  expect(readNodeLog("n", stdout)).toEqual({
    node: "n",
    files: new Map([
      ["quay.io", hostile],
      ["registry.example.com:5000", "x".repeat(5_000)],
    ]),
    unreadable: [],
  });
  expect(readNodeLog("n", stdout.replace(/end\n$/, ""))).toBeUndefined();
});

test("a folder without files is read, one that is missing fails in words", () => {
  const folder = makeScratch({});
  expect(readNodeLog("n", read(folder).stdout)).toEqual({ node: "n", files: new Map(), unreadable: [] });
  const { status, stderr } = read(join(folder, "gone"));
  expect([status, /gone/.test(stderr)]).toEqual([1, true]);
});

test("a file that only root may read is told from one that is missing", () => {
  expect(readNodeLog("n", "unreadable quay.io\nend\n")).toEqual({
    node: "n",
    files: new Map(),
    unreadable: ["quay.io"],
  });
});
