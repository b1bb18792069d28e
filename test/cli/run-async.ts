import { spawn } from "node:child_process";
import { cleanEnvironment, plugin, type Run, type RunOptions } from "./plugin.ts";

/** Runs the plugin while this process goes on, for tests whose servers are in it. */
export function runAsync(args: readonly string[], { cwd, input = "", env = {} }: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, [plugin, ...args], { cwd, env: { ...cleanEnvironment(), ...env } });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.once("close", (code, signal) => {
      const [out, err] = [stdout, stderr].map((it) => Buffer.concat(it).toString());
      resolve({ code: code ?? signal, stdout: out ?? "", stderr: err ?? "" });
    });
  });
}
