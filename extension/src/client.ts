import type { ExtensionContext } from "vscode";
import { LanguageClient, type LanguageClientOptions, TransportKind } from "vscode-languageclient/node";

/** The server as a child of this process: the bundled file and no other, spoken to by IPC. */
export function createClient(context: ExtensionContext, options: LanguageClientOptions): LanguageClient {
  const server = { module: context.asAbsolutePath("dist/server.cjs"), transport: TransportKind.ipc };
  return new LanguageClient("registryCache", "Registry Cache", { run: server, debug: server }, options);
}
