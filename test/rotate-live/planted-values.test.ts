import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { kubeconfigFor } from "@registry-cache/testkit";
import { afterEach, expect, test } from "vitest";
import { type Run, scratch } from "../cli/plugin.ts";
import { runAsync } from "../cli/run-async.ts";
import { unveiled } from "../cli/runtime-manifests.ts";
import { type GardenOptions, type RotationGarden, startRotationGarden } from "./rotation-garden.ts";

/** The passwords in the garden and on standard input. Both say `invented`, and nothing else does. */
const planted = /invented/;

let garden: RotationGarden;
afterEach(() => garden.close());

/** A garden, and a person's machine of which every file is looked at. */
async function start(options: GardenOptions = {}) {
  garden = await startRotationGarden(2, undefined, options);
  const home = scratch({ ".kube/config": kubeconfigFor(garden.server, { namespace: "garden-dev" }) });
  const env = { HOME: home, TMPDIR: home, XDG_CACHE_HOME: "", KUBECONFIG: "", USER: "tester", DEBUG: "*" };
  const run = (...args: readonly string[]): Promise<Run> => runAsync(args, { cwd: home, env, input: "invented-new\n" });
  return { home, run };
}

/** What would show a value: each output and each file with all that base64 hides in it. */
function leaks(home: string, runs: readonly Run[]): readonly string[] {
  const files = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((it) => isText(join(home, it)));
  const texts = [
    ...runs.map((it) => it.stdout + it.stderr),
    ...files.map((it) => readFileSync(join(home, it), "utf8")),
  ];
  return texts.filter((it) => planted.test(unveiled(it)));
}

/** The program's own code, compiled, is no output of it. */
function isText(path: string): boolean {
  return statSync(path).isFile() && !/\.(?:m?js|bin|cache)$/.test(path);
}

const values = ["--username", "robot", "--password-stdin", "--yes", "--skip-probe"];
const eachFormat = ["text", "json"];

test("no value is in anything that looks at running caches prints or writes, at any verbosity", async () => {
  const { home, run } = await start();
  const commands = [
    ...eachFormat.flatMap((it) => [
      ["doctor", "shoot-0", "-o", it],
      ["doctor", "shoot-0", "--admin", "-o", it],
      ["top", "shoot-0", "-o", it],
      ["inspect", "quay-v1", "-o", it],
      ["expiring", "-o", it],
    ]),
    ["render", "--live", "--shoot", "shoot-0"],
    ["secret", "create", "quay-v9", "--username", "robot", "--password-stdin", "--skip-probe"],
  ];
  const runs: Run[] = [];
  for (const it of commands) runs.push(await run(...it));
  expect(runs.map((it) => it.code)).toEqual(commands.map(() => 0));
  expect([runs.filter((it) => it.stdout === ""), leaks(home, runs)]).toEqual([[], []]);
});

test("no value is in what a rotation says that looks into the Shoots as an administrator", async () => {
  const { home, run } = await start();
  const runs = [
    await run("rotate", "quay-v1", ...values, "--verify", "admin"),
    await run("rotate", "status", "quay-v1"),
    await run("rotate", "status", "quay-v1", "-o", "json"),
    await run("rotate", "finish", "quay-v1", "--yes", "--verify", "admin"),
  ];
  expect([runs.map((it) => it.code), garden.secrets(), leaks(home, runs)]).toEqual([[0, 0, 0, 0], ["quay-v2"], []]);
});

test("a cache that logs its configuration does not make the rotation show it", async () => {
  const { home, run } = await start({
    pods: (_, { config }) => (config.includes("invented-new") ? { exitCode: 1, log: `cannot read: ${config}\n` } : {}),
  });
  const runs = [
    await run("rotate", "quay-v1", ...values, "--verify", "admin"),
    await run("doctor", "shoot-0", "--admin"),
    await run("doctor", "shoot-0", "--admin", "-o", "json"),
    await run("rotate", "rollback", "quay-v1", "--yes"),
  ];
  expect([runs.map((it) => it.code), leaks(home, runs)]).toEqual([[1, 1, 1, 0], []]);
});

test("a server that repeats what it was sent does not make us show it", async () => {
  const { home, run } = await start();
  const message = `Secret "quay-v2" is invalid: data: Invalid value: {"password":"${btoa("invented-new")}"} invented-new`;
  const body = JSON.stringify({ kind: "Status", apiVersion: "v1", code: 422, reason: "Invalid", message });
  garden.server.faults.add({ method: "POST", path: /secrets/, times: 9, effect: { answer: 422, body } });
  const runs = [
    await run("rotate", "quay-v1", ...values),
    await run("secret", "create", "x-v1", ...values.slice(0, 3), "--skip-probe"),
  ];
  expect([runs.map((it) => it.code), leaks(home, runs)]).toEqual([[3, 3], []]);
});
