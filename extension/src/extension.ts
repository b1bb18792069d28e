import type { ExtensionContext } from "vscode";
import { activateWith, type ExtensionApi } from "./activate.ts";

/** The desktop and remote entry. */
export function activate(context: ExtensionContext): ExtensionApi {
  return activateWith(context, async (options) => {
    const { createClient } = await import("./client.ts");
    return createClient(context, options);
  });
}
