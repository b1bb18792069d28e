import { execFileSync, spawnSync } from "node:child_process";
import type { Requirement } from "./requirements.ts";

/** Whether the machine can make named pipes, which Node itself cannot. */
export const pipes: Requirement = {
  met: spawnSync("mkfifo", ["--version"]).status === 0,
  reason: "no `mkfifo` on the PATH",
  enable: "apt-get install coreutils",
};

/** Makes a named pipe, which nobody writes to. */
export function makePipe(path: string): void {
  execFileSync("mkfifo", [path]);
}
