import { type ExtensionContext, Uri, workspace } from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
} from "vscode-languageclient/browser";

/** The server as a web worker, made of the bundled file. */
export function createClient({ extensionUri }: ExtensionContext, options: LanguageClientOptions): LanguageClient {
  const file = Uri.joinPath(extensionUri, "dist/server-worker.js");
  return new LanguageClient("registryCache", "Registry Cache", () => startWorker(file), options);
}

/** Made of the file's text, since a worker cannot be made of an address that only VS Code knows. */
async function startWorker(file: Uri): Promise<MessageTransports> {
  const text = new Uint8Array(await workspace.fs.readFile(file));
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const worker = new Worker(address);
  worker.addEventListener("message", () => URL.revokeObjectURL(address), { once: true });
  // Not the worker itself: VS Code has a `Worker` of its own, and the client does not know its workers for such.
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}
