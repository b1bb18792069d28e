import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { onTestFinished } from "vitest";

/** The built plugin, as a user's kubectl would start it. */
export const plugin: string = join(import.meta.dirname, "../../plugin/dist/kubectl-registry_cache.js");

/** What a run printed and how it ended. */
export interface Run {
  readonly code: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it. */
export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: { readonly [name: string]: string };
  /** A program that Node runs before the plugin, to play the part of the system. */
  readonly before?: string;
}

/** Runs the plugin. Neither the person's colours nor a test runner's reach it. */
export function run(args: readonly string[], { cwd, input, env = {}, before }: RunOptions = {}): Run {
  const preload = before === undefined ? [] : ["--require", writePreload(before)];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...preload, plugin, ...args], {
    cwd,
    input: input ?? "",
    env: { ...cleanEnvironment(), ...env },
    maxBuffer: 1 << 28,
  });
  return { code: status ?? signal, stdout: stdout.toString(), stderr: stderr.toString() };
}

/** The environment without what would change how anything is printed. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR, FORCE_COLOR, NODE_OPTIONS, NODE_V8_COVERAGE, DEBUG, CI, ...env } = process.env;
  return { ...env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
}

/** A directory with files for one test. */
export function scratch(files: { readonly [path: string]: string | Uint8Array } = {}): string {
  const root = makeScratch(files);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

function writePreload(text: string): string {
  return join(scratch({ "preload.cjs": text }), "preload.cjs");
}
