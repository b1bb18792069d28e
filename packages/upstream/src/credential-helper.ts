import { spawn } from "node:child_process";
import type { Result } from "@registry-cache/core";
import type { Credential } from "./credential.ts";

/** How a helper is run. */
export interface HelperOptions {
  readonly timeoutMilliseconds?: number;
}

const maxOutput = 1 << 20;
const patience = 60_000;

/**
 * Asks a credential helper of Docker: a program that gets the server on its standard input and prints a login. The error says
 * what went wrong in our words, since what a program prints when it fails may hold anything.
 */
export async function askHelper(
  helper: string,
  server: string,
  { timeoutMilliseconds = patience }: HelperOptions = {},
): Promise<Result<Credential, string>> {
  // It becomes part of a program's name, and a configuration may come from anywhere.
  if (!/^[\w.-]+$/.test(helper)) return fail(`"${helper}" is no name of a credential helper`);
  const program = `docker-credential-${helper}`;
  const end = await run(program, server, timeoutMilliseconds);
  if (end.kind === "stopped") return fail(`${program} ${end.reason}`);
  if (end.code !== 0) {
    if (end.output.includes("credentials not found")) return fail(`${program} has no login for "${server}"`);
    return fail(`${program} failed with exit code ${end.code ?? "unknown"}`);
  }
  return readLogin(end.output, program);
}

function fail(error: string): Result<Credential, string> {
  return { ok: false, error };
}

type End =
  | { readonly kind: "stopped"; readonly reason: string }
  | { readonly kind: "ended"; readonly code: number | null; readonly output: string };

function run(program: string, input: string, timeoutMilliseconds: number): Promise<End> {
  return new Promise((resolve) => {
    const child = spawn(program, ["get"], { stdio: ["pipe", "pipe", "ignore"], shell: false });
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = (reason: string): void => {
      child.kill("SIGKILL");
      resolve({ kind: "stopped", reason });
    };
    const timer = setTimeout(() => stop(`gave no answer within ${timeoutMilliseconds / 1000} s`), timeoutMilliseconds);
    child.stdout.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxOutput) stop("printed more than a login");
    });
    // A helper that does not read its input is no error.
    child.stdin.on("error", () => undefined);
    child.once("error", () => {
      clearTimeout(timer);
      resolve({ kind: "stopped", reason: "was not found, install it" });
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ kind: "ended", code, output: Buffer.concat(chunks).toString("utf8") });
    });
    child.stdin.end(input);
  });
}

function readLogin(output: string, program: string): Result<Credential, string> {
  const { Username: username, Secret: password } = parse(output);
  if (typeof username !== "string" || typeof password !== "string") return fail(`${program} printed no login`);
  if (username === "<token>") return fail(`${program} gave a token without a password, which a cache cannot use`);
  return { ok: true, value: { username, password } };
}

function parse(json: string): { readonly Username?: unknown; readonly Secret?: unknown } {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
