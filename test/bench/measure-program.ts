import { spawnSync } from "node:child_process";
import type { Figures, Subject } from "./rounds.ts";

/** Measures any program from outside, in milliseconds, as bash counts it. What it takes of memory bash does not know. */
export function measureProgram({ name, command, argv, exits }: Subject & { readonly command: string }): Figures {
  const script = 'TIMEFORMAT="time %3R %3U %3S"; time "$@" >/dev/null 2>&1';
  // An extra CA bundle is parsed at every start of Node 20, which is none of our cost.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", command, ...argv], { env, encoding: "utf8" });
  if (status === null || !exits.includes(status)) throw new Error(`${name} ended with ${status}`);
  const [, wall = 0, user = 0, system = 0] = (/time (\S+) (\S+) (\S+)/.exec(stderr) ?? []).map(Number);
  return { cpu: (user + system) * 1000, wall: wall * 1000, rss: undefined };
}
