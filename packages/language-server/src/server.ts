import { type CancellationToken, ErrorCodes, type MessageConnection, RAL, ResponseError } from "vscode-jsonrpc";
import type { InitializeResult } from "vscode-languageserver-protocol";
import { capabilitiesFor } from "./capabilities.ts";
import { type Client, readClient } from "./client.ts";
import { testCredentialCommand } from "./credential-offers.ts";
import type { FileSource } from "./file-source.ts";
import type { ReadSchema } from "./garden-schema.ts";
import { lspErrors, type Method, type Methods } from "./method.ts";
import { notifications } from "./notifications.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { placesOf } from "./places-of.ts";
import { requests } from "./requests.ts";
import { createSession, type Session } from "./session.ts";

/** The program around the server: where it reads files, and how it ends. */
export interface Host {
  /** Makes the source of files that no editor has open. */
  readonly openFiles: (outbox: Outbox) => FileSource;
  readonly version: string;
  /** What this program answers beside the requests of every server: a desktop has networks and processes. */
  readonly methods?: Methods;
  /** Reads schemas of gardens that were pulled, where there is a disk. */
  readonly readSchema?: ReadSchema;
  /** Ends the program; 0 after `shutdown`, 1 otherwise. */
  readonly exit: (code: number) => void;
  /** Ends the program when this one does. */
  readonly watchParent?: (processId: number) => void;
}

/** What the program around a running server tells it. */
export interface RunningServer {
  /** The client is gone. What it sent before is still handled. */
  readonly leave: () => void;
  /** Something went wrong outside of any message. */
  readonly report: (error: unknown) => void;
}

/** Serves one client over a connection, until it says `exit` or goes away. */
export function startServer(connection: MessageConnection, host: Host): RunningServer {
  const outbox = createOutbox(connection);
  const life: Life = { host, outbox, session: undefined, isDown: false };
  const exit = (): void => host.exit(life.isDown ? 0 : 1);
  const leave = (): void => {
    RAL().timer.setTimeout(exit, lastWords);
  };
  connection.onRequest(async (name, params, token) => {
    try {
      return await answer(life, { name, params, token });
    } catch (error) {
      outbox.log(`${name} failed${placesOf(error)}`);
      return new ResponseError(ErrorCodes.InternalError, `${name} failed`);
    }
  });
  connection.onNotification(async (name, params) => {
    try {
      if (name === "exit") exit();
      else await take(life, name, params);
    } catch (error) {
      outbox.log(`${name} failed${placesOf(error)}`);
    }
  });
  connection.onClose(leave);
  connection.listen();
  return { leave, report: (error) => outbox.log(`the server failed${placesOf(error)}`) };
}

/** From `initialize`, which makes the session, to `shutdown`. */
interface Life {
  readonly host: Host;
  readonly outbox: Outbox;
  session: Session | undefined;
  isDown: boolean;
}

interface Asked {
  readonly name: string;
  readonly params: unknown;
  readonly token: CancellationToken;
}

async function answer(life: Life, { name, params, token }: Asked): Promise<unknown> {
  const { session } = life;
  if (session === undefined) {
    if (name === "initialize") return initialize(life, params);
    return new ResponseError(lspErrors.serverNotInitialized, "not initialized");
  }
  if (life.isDown || name === "initialize") return new ResponseError(ErrorCodes.InvalidRequest, `unexpected ${name}`);
  if (!overtaking.has(name)) session.late.finish();
  if (name === "shutdown") return shutDown(life, session);
  const method = methodOf(requests, name) ?? methodOf(life.host.methods ?? {}, name);
  if (method === undefined) return new ResponseError(ErrorCodes.MethodNotFound, `unknown request ${name}`);
  return (await method(session, params, token)) ?? null;
}

function initialize(life: Life, params: unknown): InitializeResult {
  const { host, outbox } = life;
  const said = readClient(params);
  const runs = commandsFor(said, host);
  const client = { ...said, own: { ...said.own, commands: new Set([...said.own.commands, ...runs]) } };
  if (client.processId !== undefined) host.watchParent?.(client.processId);
  const onChangedFiles = (uris: readonly string[]): void => void changeOnDisk(life, uris);
  const { readSchema } = host;
  life.session = createSession(client, { source: host.openFiles(outbox), outbox, readSchema, onChangedFiles });
  return { capabilities: capabilitiesFor(client, runs), serverInfo: { name: "registry-cache", version: host.version } };
}

/** The commands that this program runs for a client that has not got them. None asks for what only trusted folders may. */
function commandsFor({ own }: Client, { methods = {} }: Host): readonly string[] {
  const runs = own.trusted && methodOf(methods, "workspace/executeCommand") !== undefined;
  return runs && !own.commands.has(testCredentialCommand) ? [testCredentialCommand] : [];
}

function shutDown(life: Life, { scan, diagnostics, watch }: Session): null {
  life.isDown = true;
  scan.stop();
  diagnostics.stop();
  watch.stop();
  return null;
}

async function take({ session, outbox, isDown }: Life, name: string, params: unknown): Promise<void> {
  if (session === undefined || isDown) return;
  if (name === "initialized") {
    session.watch.start(session.client.folders);
    session.scan.addFolders(session.client.folders);
    // The folders are not read before this is.
    session.schema.configure(session.client.own.schema);
  }
  if (!overtaking.has(name)) session.late.finish();
  const method = methodOf(notifications, name);
  const refused = await method?.(session, params, never);
  if (refused instanceof ResponseError) outbox.log(`${name}: ${refused.message}`);
}

/** The same that a client tells by `workspace/didChangeWatchedFiles`. */
function changeOnDisk(life: Life, uris: readonly string[]): Promise<void> {
  return take(life, "workspace/didChangeWatchedFiles", { changes: uris.map((uri) => ({ uri })) });
}

/** What may be taken before the changes ahead of it are judged. */
const overtaking: ReadonlySet<string> = new Set(["textDocument/didChange", "textDocument/completion"]);

function methodOf(methods: Methods, name: string): Method | undefined {
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}

/** So long, in milliseconds, what a client sent before it left may take. It may have said `exit` in time. */
const lastWords = 100;

const never: CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => undefined }),
};
