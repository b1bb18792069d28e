import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cleanEnvironment, plugin, scratch } from "../cli/plugin.ts";

/** Notes itself and what it starts, and hangs. */
const hanging = `#!/bin/sh
sleep 300 &
echo "$$ $!" > "$OUT.new" && mv "$OUT.new" "$OUT"
wait
`;

/** Does not end when it is asked to. */
const stubborn = hanging.replace("\n", "\ntrap '' INT TERM HUP\n");

/** The real kubectl leaves its plugin behind here; nobody would ever end it. */
test.each([
  ["SIGINT", hanging],
  ["SIGTERM", hanging],
  ["SIGHUP", hanging],
  ["SIGTERM", stubborn],
] as const)("%s to us alone ends a credential plugin that hangs, and what it has started", async (signal, program) => {
  const folder = scratch({ "login.sh": program });
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "sh",
    args: [join(folder, "login.sh")],
    env: [{ name: "OUT", value: join(folder, "pids") }],
    interactiveMode: "IfAvailable",
  };
  const kubeconfig = {
    "current-context": "c",
    clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
    users: [{ name: "u", user: { exec } }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
  };
  const config = join(scratch({ config: JSON.stringify(kubeconfig) }), "config");
  const child = spawn(process.execPath, [plugin, "usage", "--kubeconfig", config], { env: cleanEnvironment() });
  let printed = "";
  child.stdout.on("data", (it: Buffer) => {
    printed += it;
  });
  child.stderr.on("data", (it: Buffer) => {
    printed += it;
  });
  const ended = new Promise((resolve) => child.once("exit", (_, by) => resolve(by)));
  await expect.poll(() => existsSync(join(folder, "pids")), { timeout: 30_000 }).toBe(true);
  const pids = readFileSync(join(folder, "pids"), "utf8").trim().split(" ").map(Number);
  expect(pids.map(runs)).toEqual([true, true]);
  child.kill(signal);
  try {
    expect([await ended, printed]).toEqual([signal, ""]);
    await expect.poll(() => pids.map(runs), { timeout: 5_000 }).toEqual([false, false]);
  } finally {
    for (const pid of pids.filter(runs)) process.kill(pid, "SIGKILL");
  }
});

function runs(pid: number): boolean {
  try {
    // A process that has ended is there until somebody has asked for its end.
    process.kill(pid, 0);
    return process.platform !== "linux" || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
