import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { activateWith, type ExtensionApi } from "./activate.ts";

/** The web entry: the server is a web worker made of the bundled file. */
export function activate(context: ExtensionContext): ExtensionApi {
  const worker = Uri.joinPath(context.extensionUri, "dist/server-worker.js").toString(true);
  return activateWith(
    context,
    (options) => new LanguageClient("registryCache", "Registry Cache", async () => new Worker(worker), options),
  );
}
