import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { activateWith, type ExtensionApi } from "./activate.ts";

/** The desktop and remote entry: the server is a child of this process, the bundled file and no other, spoken to by IPC. */
export function activate(context: ExtensionContext): ExtensionApi {
  const module = context.asAbsolutePath("dist/server.cjs");
  return activateWith(
    context,
    (options) =>
      new LanguageClient("registryCache", "Registry Cache", { run: ipc(module), debug: ipc(module) }, options),
  );
}

function ipc(module: string) {
  return { module, transport: TransportKind.ipc };
}
