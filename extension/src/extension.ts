import type { ExtensionContext } from "vscode";
import { activateWith, type ExtensionApi } from "./activate.ts";
import { desktopFeatures } from "./desktop-features.ts";

import type { CreateClient } from "./language-server.ts";

/** The desktop and remote entry. */
export function activate(context: ExtensionContext): ExtensionApi {
  const create: CreateClient = async (options) => {
    const { createClient } = await import("./client.ts");
    return createClient(context, options);
  };
  return activateWith(context, create, desktopFeatures);
}
