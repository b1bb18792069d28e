import { type ChildProcess, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** How long a program may take to end by itself, in milliseconds. */
const patience = 500;

const running = new Set<ChildProcess>();

/** Ends a program with ourselves, by a signal or otherwise; gives what takes this back. A terminal's Ctrl-C reaches both, any other signal us alone. */
export function endWithUs(child: ChildProcess): () => void {
  // Before others: who listens once is not there any more when a later one looks.
  if (running.size === 0) listen();
  running.add(child);
  return () => {
    running.delete(child);
    if (running.size === 0) unlisten();
  };
}

/** Ends a program and what it has started at once, as long as it still runs. */
export function killTree(child: ChildProcess): void {
  for (const pid of treeOf(child)) send(pid, "SIGKILL");
}

function listen(): void {
  for (const it of signals) process.prependListener(it, endAll);
  process.on("exit", killAll);
}

function unlisten(): void {
  for (const it of signals) process.off(it, endAll);
  process.off("exit", killAll);
}

function killAll(): void {
  for (const it of running) killTree(it);
}

function endAll(signal: NodeJS.Signals): void {
  // Whoever else listens decides whether the signal ends us, and when.
  if (process.listenerCount(signal) > 1) return;
  const children = [...running];
  const pids = children.flatMap(treeOf);
  for (const pid of pids) send(pid, "SIGTERM");
  const ended = children.map((it) => new Promise((resolve) => it.once("exit", resolve)));
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  void Promise.race([Promise.all(ended), late]).then(() => {
    for (const pid of pids) send(pid, "SIGKILL");
    unlisten();
    process.kill(process.pid, signal);
  });
}

function treeOf({ pid, exitCode, signalCode }: ChildProcess): readonly number[] {
  return pid === undefined || exitCode !== null || signalCode !== null ? [] : withDescendants(pid);
}

function withDescendants(pid: number): readonly number[] {
  return [pid, ...childrenOf(pid).flatMap(withDescendants)];
}

/** A plugin is often a script that has started the program; where nobody tells of it, only the script is ended. */
function childrenOf(pid: number): readonly number[] {
  const text = quietly(() => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")) ?? pgrep(pid) ?? "";
  return text.split(/\s+/).filter(Boolean).map(Number);
}

function pgrep(pid: number): string | undefined {
  if (process.platform === "win32") return undefined;
  return quietly(() =>
    execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  );
}

function send(pid: number, signal: NodeJS.Signals): void {
  quietly(() => process.kill(pid, signal));
}

/** What has ended meanwhile needs no signal. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
