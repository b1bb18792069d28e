import type { Credential } from "./credential.ts";

/** A credential and when it ends, in milliseconds since 1970; without an end it serves as long as the process. */
export interface ExpiringCredential {
  readonly credential: Credential;
  readonly expires: number | undefined;
}

/** Keeps what exec plugins have printed, so that each runs once for all clients of the process. */
export interface ExecCache {
  /** The credential for a key; runs the plugin when there is none or it has ended. Who asks meanwhile waits for the same run. */
  get(key: string, run: (signal: AbortSignal) => Promise<ExpiringCredential>, signal: AbortSignal): Promise<Credential>;
  /** Forgets a credential, unless it has been replaced already. */
  drop(key: string, credential: Credential): void;
}

interface Run {
  readonly result: Promise<ExpiringCredential>;
  readonly controller: AbortController;
  waiting: number;
}

/** An empty cache. */
export function createExecCache(now: () => number = Date.now): ExecCache {
  const known = new Map<string, ExpiringCredential>();
  const running = new Map<string, Run>();
  const start = (key: string, execute: (signal: AbortSignal) => Promise<ExpiringCredential>): Run => {
    const controller = new AbortController();
    const result = execute(controller.signal).finally(() => running.delete(key));
    const run = { result, controller, waiting: 0 };
    running.set(key, run);
    return run;
  };
  return {
    async get(key, execute, signal) {
      const found = known.get(key);
      if (found !== undefined && (found.expires === undefined || found.expires > now())) return found.credential;
      const made = await join(running.get(key) ?? start(key, execute), signal);
      known.set(key, made);
      return made.credential;
    },
    drop(key, credential) {
      if (known.get(key)?.credential === credential) known.delete(key);
    },
  };
}

/** Waits for a run as long as the signal lets us; the last who leaves ends the plugin. */
async function join(run: Run, signal: AbortSignal): Promise<ExpiringCredential> {
  run.waiting += 1;
  let leave = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave);
    if (signal.aborted) leave();
  });
  try {
    return await Promise.race([run.result, left]);
  } finally {
    signal.removeEventListener("abort", leave);
    run.waiting -= 1;
    if (run.waiting === 0) run.controller.abort();
  }
}
