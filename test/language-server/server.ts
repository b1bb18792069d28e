import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createLspClient, type LspAnswerer, type LspClient, stdioTransport } from "@registry-cache/testkit";
import { onTestFinished } from "vitest";

/** The built plugin. */
export const plugin: string = join(import.meta.dirname, "../../plugin/dist/kubectl-registry_cache.js");

/** A running server with a client that has said nothing yet. */
export interface Server extends LspClient {
  readonly child: ChildProcess;
  /** Everything on standard error. */
  readonly stderr: () => string;
  /** Resolves with the exit code or signal. */
  readonly ended: Promise<number | string | null>;
}

/** How to start a server. */
export interface ServerOptions {
  readonly answers?: { readonly [method: string]: LspAnswerer };
  readonly args?: readonly string[];
  /** The folders of the PATH, where it is not this process's. */
  readonly path?: string;
}

/** Starts the built plugin as an editor does. */
export function startServer({ answers, args = ["lsp"], path }: ServerOptions = {}): Server {
  const env = { ...process.env, ...(path && { PATH: path }) };
  const child = spawn(process.execPath, [plugin, ...args], { stdio: "pipe", env });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | string | null>((resolve) => {
    child.on("exit", (code, signal) => resolve(code ?? signal));
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const client = createLspClient(stdioTransport(child.stdin, child.stdout), answers);
  return { ...client, child, ended, stderr: () => stderr };
}

/** What a client says in `initialize`. */
export interface Hello {
  /** Paths of folders. */
  readonly folders?: readonly string[];
  readonly capabilities?: object;
  readonly options?: object;
}

/** Starts a server and shakes hands. */
export async function openServer(hello: Hello = {}, options: ServerOptions = {}): Promise<Server> {
  const server = startServer(options);
  await shakeHands(server, hello);
  return server;
}

/** What an editor says first. */
export async function shakeHands(
  client: LspClient,
  { folders = [], capabilities = {}, options }: Hello,
): Promise<unknown> {
  const result = await client.request("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders.map((path) => ({ uri: uriOf(path), name: path })),
    capabilities,
    ...(options === undefined ? {} : { initializationOptions: options }),
  });
  client.notify("initialized", {});
  return result;
}

/** The address of a file. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** Opens a document. */
export function open(client: LspClient, uri: string, text: string, version = 1): void {
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version, text } });
}

/** Replaces the whole text of a document. */
export function change(client: LspClient, uri: string, version: number, text: string): void {
  client.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
}

/** A diagnostic as far as tests look at it. */
export interface ShownDiagnostic {
  readonly code: string;
  readonly message: string;
  readonly severity: number;
  readonly range: { readonly start: Place; readonly end: Place };
  readonly relatedInformation?: readonly {
    readonly location: { readonly uri: string; readonly range: unknown };
    readonly message: string;
  }[];
  readonly tags?: readonly number[];
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** What `textDocument/publishDiagnostics` says. */
export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly ShownDiagnostic[];
}

/** Waits for the diagnostics of one version of a document. */
export async function published(client: LspClient, uri: string, version = 1): Promise<readonly ShownDiagnostic[]> {
  const params = await client.waitFor("textDocument/publishDiagnostics", (it) => {
    const { uri: of, version: at } = it as Published;
    return of === uri && at === version;
  });
  return (params as Published).diagnostics;
}
