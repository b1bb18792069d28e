import type { ExtensionContext } from "vscode";
import { activateWith, type ExtensionApi } from "./activate.ts";

/** The web entry. */
export function activate(context: ExtensionContext): ExtensionApi {
  return activateWith(context, async (options) => {
    const { createClient } = await import("./client-browser.ts");
    return createClient(context, options);
  });
}
