import process from "node:process";
import {
  AbstractMessageWriter,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type Message,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
} from "vscode-jsonrpc/node";
import type { Desktop } from "./desktop/desktop.ts";
import type { FileSource } from "./file-source.ts";
import { type Host, type RunningServer, startServer } from "./server.ts";

/** A server in a Node process of its own. */
export interface NodeServer {
  readonly files: FileSource;
  readonly version: string;
  /** `desktopParts`, for a server that may ask gardens and registries. */
  readonly parts?: (desktop: Desktop) => Pick<Host, "methods" | "readSchema">;
}

/** Serves the client at the other end of standard input and output. Nothing else may be written there. */
export function serveStdio(server: NodeServer): void {
  const { leave } = serve(server, new StreamMessageReader(process.stdin), new StdioWriter());
  process.stdin.on("end", leave);
}

/** Serves the process that forked this one, over Node's own channel. */
export function serveIpc(server: NodeServer): void {
  const { leave } = serve(server, new IPCMessageReader(process), new IPCMessageWriter(process));
  process.on("disconnect", leave);
}

/** Writes head and body of a message at once: apart they wake the client twice. */
class StdioWriter extends AbstractMessageWriter implements MessageWriter {
  constructor() {
    super();
    process.stdout.on("error", (error) => this.fireError(error));
    process.stdout.on("close", () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    const body = JSON.stringify(message);
    const whole = `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    return new Promise((resolve, reject) => {
      process.stdout.write(whole, (error) => (error ? reject(error) : resolve()));
    });
  }

  end(): void {
    process.stdout.end();
  }
}

/** How often a client that says who it is, is looked for, in milliseconds. */
const parentInterval = 3000;

function serve({ files, version, parts }: NodeServer, reader: MessageReader, writer: MessageWriter): RunningServer {
  const exit = (code: number): void => process.exit(code);
  writer.onError(() => exit(1));
  const server = startServer(createMessageConnection(reader, writer), {
    openFiles: () => files,
    version,
    ...parts?.({ env: process.env, version }),
    exit,
    watchParent: (processId) => {
      setInterval(() => isAlive(processId) || exit(1), parentInterval).unref();
    },
  });
  // A mistake of ours costs one answer, not the session.
  process.on("uncaughtException", server.report);
  process.on("unhandledRejection", server.report);
  return server;
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // It lives, but belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
