import { BrowserMessageReader, BrowserMessageWriter, createMessageConnection } from "vscode-jsonrpc/browser";
import { createClientFiles } from "./client-files.ts";
import { startServer } from "./server.ts";

/** The other end of the worker: the worker's own global object, or a port. */
export type WorkerPort = ConstructorParameters<typeof BrowserMessageReader>[0];

/** Serves the page that started this worker. Files are read by asking it. */
export function serveWorker(port: WorkerPort, version: string): void {
  const connection = createMessageConnection(new BrowserMessageReader(port), new BrowserMessageWriter(port));
  startServer(connection, {
    openFiles: createClientFiles,
    version,
    exit: () => {
      connection.dispose();
      if ("close" in port && typeof port.close === "function") port.close();
    },
  });
}
