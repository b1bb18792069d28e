import { type SpawnOptions, spawn } from "node:child_process";
import { codeOf, explainError } from "../explain-error.ts";
import { endWithUs, killTree } from "./end-with-us.ts";

/** How a program ended: with what it printed, or without and why. */
export interface ProgramEnd {
  readonly output?: string;
  /** There is no such program. */
  readonly missing: boolean;
  readonly why: string;
}

/** What the caller of a program hears of it, and how it ends it. */
export interface ProgramListener {
  readonly signal: AbortSignal;
  readonly onMessage?: (text: string) => void;
}

/** No credential is longer. */
const maxOutput = 4 << 20;

/** Runs a program without a shell and collects what it prints. It is killed when the signal says so, and then this rejects with the signal's reason; it ends when we are ended. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
  { signal, onMessage }: ProgramListener,
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const child = spawn(command, args, options);
    const release = endWithUs(child);
    const printed: Buffer[] = [];
    let size = 0;
    const kill = (): void => {
      // Killed without a chance to stall, and our end of its pipes closed: its own children may hold the other.
      killTree(child);
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    const onAbort = (): void => {
      kill();
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    const finish = (end: ProgramEnd): void => {
      release();
      signal.removeEventListener("abort", onAbort);
      resolve(end);
    };
    child.stdout?.on("data", (chunk: Buffer) => {
      size += chunk.length;
      printed.push(chunk);
      if (size > maxOutput) kill();
    });
    child.stderr?.on("data", (chunk: Buffer) => onMessage?.(chunk.toString()));
    child.on("error", (error) =>
      finish({ missing: codeOf(error) === "ENOENT", why: `failed: ${explainError(error)}` }),
    );
    child.on("close", (code, killedBy) => {
      if (size > maxOutput) return finish({ missing: false, why: "printed far more than a credential" });
      if (code === 0) return finish({ output: Buffer.concat(printed).toString(), missing: false, why: "" });
      finish({ missing: false, why: code === null ? `was ended by ${killedBy}` : `failed with exit code ${code}` });
    });
  });
}
