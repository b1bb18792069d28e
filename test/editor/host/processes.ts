import { readdirSync, readFileSync } from "node:fs";

/** A running process. */
export interface Process {
  readonly pid: number;
  /** Its command line, with blanks between the words. */
  readonly command: string;
}

/** All processes that a process has started, directly or by others. */
export function processesBelow(root: number): readonly Process[] {
  const all = readdirSync("/proc").flatMap((it) => (/^\d+$/.test(it) ? (readProcess(Number(it)) ?? []) : []));
  const below = (parent: number): readonly Process[] =>
    all.filter((it) => it.parent === parent).flatMap((it) => [it, ...below(it.pid)]);
  return below(root).map(({ pid, command }) => ({ pid, command }));
}

/** Undefined where it has ended meanwhile. */
function readProcess(pid: number): (Process & { readonly parent: number }) | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    // The name in brackets may hold anything.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { pid, command, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
