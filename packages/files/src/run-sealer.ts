import { spawn } from "node:child_process";
import { codeOf, explainError } from "./explain-error.ts";

/** How a program ended: with what it printed, or with a message why not, or by itself with an exit code and its last words. */
export type SealerEnd =
  | { readonly text: string }
  | { readonly message: string }
  | { readonly status: string; readonly errors: string };

/** What a program is given: its standard input, where it runs, and what ends it early. */
export interface SealerInput {
  readonly manifest: string;
  readonly directory?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program that is on the PATH, without a shell. */
export function runSealer(
  program: string,
  args: readonly string[],
  { manifest, directory: cwd, signal }: SealerInput,
): Promise<SealerEnd> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...(cwd && { cwd }), ...(signal && { signal }) });
    const [text, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => text.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    // A program may end before it has read everything; its exit code tells more.
    child.stdin.on("error", () => undefined);
    child.once("error", (error) => resolve({ message: explain(program, error, signal) }));
    child.once("close", (status) => resolve(status === 0 ? { text: all(text) } : ended(status, all(errors))));
    child.stdin.end(manifest);
  });
}

function explain(program: string, error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted) return `${program} was stopped`;
  return codeOf(error) === "ENOENT" ? `${program} was not found, install it` : explainError(error);
}

function ended(status: number | null, errors: string): SealerEnd {
  return { status: String(status ?? "unknown"), errors };
}

function all(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}
