import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { runAsync } from "../cli/run-async.ts";

/** What a program printed; of its errors the last line, which says what went wrong. */
export interface Told {
  readonly out: string;
  readonly error: string;
  /** All that it printed. */
  readonly all: string;
}

/** Where both programs are run. */
export interface Surroundings {
  readonly home: string;
  readonly cwd?: string;
  readonly env: { readonly [name: string]: string };
}

/** What a person's own shell may say of proxies and clusters. */
const personal = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy", "KUBECONFIG"];

/** Runs the real kubectl in a home of its own. */
export async function runKubectl(path: string, args: readonly string[], around: Surroundings): Promise<Told> {
  const env = { PATH: process.env["PATH"], HOME: around.home, ...around.env };
  const options = { env, ...(around.cwd && { cwd: around.cwd }) };
  const { stdout, stderr } = await promisify(execFile)(path, [...args], options).catch((error: unknown) => {
    if (error instanceof Error && "stdout" in error && "stderr" in error)
      return { stdout: String(error.stdout), stderr: String(error.stderr) };
    throw error;
  });
  return told(stdout, stderr);
}

/** Runs our plugin there, and has it say as much as it can. */
export async function runPlugin(args: readonly string[], around: Surroundings): Promise<Told> {
  const none = Object.fromEntries(personal.map((it) => [it, ""]));
  const env = { ...none, HOME: around.home, TMPDIR: around.home, DEBUG: "1", ...around.env };
  const { stdout, stderr } = await runAsync(args, { env, ...(around.cwd && { cwd: around.cwd }) });
  return told(stdout, stderr);
}

function told(out: string, stderr: string): Told {
  // kubectl logs each of its tries.
  const lines = stderr.split("\n").filter((it) => it !== "" && !/^[EWI]\d{4} /.test(it));
  return { out, error: lines.at(-1) ?? "", all: out + stderr };
}
