import type * as operations from "@registry-cache/operations";
import type { GardenSession } from "@registry-cache/operations";
import { ResponseError } from "vscode-jsonrpc";
import { lspErrors } from "../method.ts";
import type { Desktop } from "./desktop.ts";
import type { GardenTarget } from "./garden-state.ts";

/** What operations can do. */
export type Operations = typeof operations;

/** Loads operations, which the first who asks does: most sessions never look beyond their files. */
export async function loadOperations(): Promise<Operations> {
  return await import("@registry-cache/operations");
}

/** Asks a garden; what goes wrong there is answered in its one line. */
export async function asking<T>(ask: (operations: Operations) => T | Promise<T>): Promise<T | ResponseError> {
  const loaded = await loadOperations();
  try {
    return await ask(loaded);
  } catch (error) {
    const trouble = loaded.gardenTrouble(error);
    if (trouble === undefined) throw error;
    return failed(trouble.line);
  }
}

/** What a request is answered that could not be done, in one line. */
export function failed(line: string): ResponseError {
  return new ResponseError(lspErrors.requestFailed, line);
}

type Hooks = Pick<Parameters<Operations["openSession"]>[0], "onPluginMessage" | "onReach">;

/** In milliseconds: enough for a person to log in. */
const requestTimeout = 120_000;

/** Opens the garden that somebody chose; nothing is sent yet. Throws a `GardenError` where kubeconfig and target do not fit. */
export function openTarget(
  operations: Operations,
  { env, version }: Desktop,
  { context, kubeconfig, namespace, all }: GardenTarget,
  hooks: Hooks,
): GardenSession["client"] {
  const { client } = operations.openSession({
    ...hooks,
    flags: { context, ...(kubeconfig && { kubeconfig }), ...(namespace && { namespace }) },
    all: all === true,
    projects: [],
    env,
    requestTimeout,
    userAgent: `registry-cache-editor/${version}`,
    onWarning: () => undefined,
  });
  return client;
}
