import type * as operations from "@registry-cache/operations";
import { ResponseError } from "vscode-jsonrpc";
import { lspErrors } from "../method.ts";

/** What operations can do. */
export type Operations = typeof operations;

/** Loads operations, which the first who asks does: most sessions never look beyond their files. */
export function loadOperations(): Promise<Operations> {
  return import("@registry-cache/operations");
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
