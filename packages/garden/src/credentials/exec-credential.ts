import type { SpawnOptions } from "node:child_process";
import { type GardenError, unreachable } from "../garden-error.ts";
import type { Access } from "../kubeconfig/access.ts";
import type { ExecConfig } from "../kubeconfig/kubeconfig.ts";
import type { Environment } from "../kubeconfig/load-kubeconfig.ts";
import { TimeoutReason } from "../requests/deadline.ts";
import type { Credential, CredentialSource } from "./credential.ts";
import type { ExecCache, ExpiringCredential } from "./exec-cache.ts";
import { execInfo } from "./exec-info.ts";
import { readExecCredential } from "./read-exec-credential.ts";
import { type ProgramEnd, runProgram } from "./run-program.ts";

/** What exec plugins find around them. */
export interface ExecHost {
  readonly env: Environment;
  /** Whether a person sits at the standard input. */
  readonly terminal: boolean;
  /** False where no program may be started, as in an untrusted workspace. */
  readonly allowed: boolean;
  /** Gets what a plugin prints to its standard error; without it that is our own standard error. */
  readonly onMessage?: (text: string) => void;
}

/** A credential that an exec plugin prints, by the protocol of client.authentication.k8s.io. */
export function execCredential(exec: ExecConfig, access: Access, host: ExecHost, cache: ExecCache): CredentialSource {
  const key = execInfo({ ...exec, provideClusterInfo: true }, access, false) + JSON.stringify(exec);
  const run = (signal: AbortSignal): Promise<ExpiringCredential> => runPlugin(exec, access, host, signal);
  return {
    async get(signal) {
      try {
        return await cache.get(key, run, signal);
      } catch (error) {
        if (error instanceof TimeoutReason)
          throw problem(`exec: executable ${exec.command} gave ${error.message}`, "timeout");
        throw error;
      }
    },
    refuse(credential: Credential) {
      cache.drop(key, credential);
      return true;
    },
  };
}

async function runPlugin(
  exec: ExecConfig,
  access: Access,
  host: ExecHost,
  signal: AbortSignal,
): Promise<ExpiringCredential> {
  if (!host.allowed) throw problem(`${exec.command} is an exec plugin, and none may be started here`);
  const interactive = exec.interactiveMode !== "Never" && host.terminal;
  if (exec.interactiveMode === "Always" && !interactive)
    throw problem("exec plugin cannot support interactive mode: standard input is not a terminal");
  const end = await runProgram(exec.command, exec.args, options(exec, access, host, interactive), {
    signal,
    ...(host.onMessage && { onMessage: host.onMessage }),
  });
  if (end.output === undefined) throw problem(explainEnd(exec, end));
  const read = readExecCredential(end.output, exec.apiVersion);
  if (typeof read === "string") throw problem(`exec plugin ${exec.command} ${read}`);
  return read;
}

function options(exec: ExecConfig, access: Access, host: ExecHost, interactive: boolean): SpawnOptions {
  const own = Object.fromEntries(exec.env.map(({ name, value }) => [name, value]));
  const info = execInfo(exec, access, interactive);
  return {
    env: { ...host.env, ...own, KUBERNETES_EXEC_INFO: info },
    stdio: [interactive ? "inherit" : "ignore", "pipe", host.onMessage ? "pipe" : "inherit"],
    windowsHide: true,
  };
}

function explainEnd({ command, installHint }: ExecConfig, { missing, why }: ProgramEnd): string {
  if (!missing) return `exec: executable ${command} ${why}`;
  const hint = installHint.trim().replace(/\s*\n\s*/g, " ");
  return `exec: executable ${command} not found${hint === "" ? ", install it" : `: ${hint}`}`;
}

function problem(why: string, kind: "credentials" | "timeout" = "credentials"): GardenError {
  return unreachable(kind, `getting credentials: ${why}`);
}
