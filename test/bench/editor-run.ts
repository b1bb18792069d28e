import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { createLspClient, type LspClient, stdioTransport } from "@registry-cache/testkit";

/** A server to measure with one document: what Node runs, and how often the document is edited and completed. */
export interface EditorRun {
  readonly argv: readonly string[];
  readonly text: string;
  readonly edits: number;
  /** What the server is told when it asks for its settings. */
  readonly settings: { readonly [section: string]: unknown };
  /** What it finds in its environment beside our own. */
  readonly env: { readonly [name: string]: string };
  /** So long the server is left alone before it ends, in milliseconds. */
  readonly stay?: number;
}

/** Milliseconds of wall time, and MiB of peak memory (0 where the system does not tell). */
export interface EditorFigures {
  readonly start: number;
  readonly keystrokes: readonly number[];
  readonly completions: readonly number[];
  readonly rss: number;
}

const uri = "file:///bench/shoot.yaml";

/** Starts a server, opens the document in it, and types a letter at the end of a key in its middle and takes it away again. */
export async function measureEditor({
  argv,
  text,
  edits,
  settings,
  env: own,
  stay = 0,
}: EditorRun): Promise<EditorFigures> {
  const begin = performance.now();
  // An extra CA bundle is parsed at every start of Node 20, which is none of our cost.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const child = spawn(process.execPath, argv, { env: { ...env, ...own }, stdio: ["pipe", "pipe", "ignore"] });
  try {
    const client = createLspClient(stdioTransport(child.stdin, child.stdout), {
      "workspace/configuration": (params) => answerSettings(params, settings),
    });
    await openDocument(client, text, settings);
    const start = performance.now() - begin;
    const place = endOfKey(text);
    const keystrokes: number[] = [];
    for (let edit = 0; edit < edits; edit += 1) keystrokes.push(await keystroke(client, place, edit));
    const completions: number[] = [];
    for (let edit = 0; edit < edits; edit += 1) completions.push(await completion(client, place, edit));
    await setTimeout(stay);
    return { start, keystrokes, completions, rss: peakMemory(child) };
  } finally {
    child.kill("SIGTERM");
  }
}

async function openDocument(client: LspClient, text: string, settings: object): Promise<void> {
  const capabilities = {
    workspace: { configuration: true, didChangeConfiguration: {} },
    textDocument: {
      publishDiagnostics: { relatedInformation: true },
      completion: { completionItem: { snippetSupport: true } },
    },
  };
  await client.request("initialize", { processId: process.pid, rootUri: null, workspaceFolders: null, capabilities });
  client.notify("initialized", {});
  client.notify("workspace/didChangeConfiguration", { settings });
  const told = client.next("textDocument/publishDiagnostics");
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 0, text } });
  await told;
}

function answerSettings(params: unknown, settings: EditorRun["settings"]): unknown {
  const { items } = params as { readonly items: readonly { readonly section?: string }[] };
  return items.map(({ section = "" }) => settings[section] ?? {});
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** The end of the key `region` of the Shoot in the middle. */
function endOfKey(text: string): Place {
  const found = text.indexOf("\n  region:", Math.floor(text.length / 2));
  const at = found === -1 ? text.indexOf("\n  region:") : found;
  return { line: text.slice(0, at + 1).split("\n").length - 1, character: "  region".length };
}

async function keystroke(client: LspClient, place: Place, edit: number): Promise<number> {
  const begin = performance.now();
  await type(client, place, edit);
  return performance.now() - begin;
}

/** Types a letter, or takes it away; resolves with the diagnostics that follow. */
function type(client: LspClient, place: Place, edit: number): Promise<unknown> {
  const typed = edit % 2 === 0;
  const behind = { ...place, character: place.character + 1 };
  const change = { range: { start: place, end: typed ? place : behind }, text: typed ? "x" : "" };
  const told = client.next("textDocument/publishDiagnostics");
  client.notify("textDocument/didChange", { textDocument: { uri, version: edit + 1 }, contentChanges: [change] });
  return told;
}

/** The list of proposals opens while somebody types, so what it is about has just changed. */
async function completion(client: LspClient, place: Place, edit: number): Promise<number> {
  const begin = performance.now();
  const told = type(client, place, edit);
  const position = edit % 2 === 0 ? { ...place, character: place.character + 1 } : place;
  await client.request("textDocument/completion", { textDocument: { uri }, position });
  const end = performance.now();
  await told;
  return end - begin;
}

/** Linux tells the largest size that a process had. */
function peakMemory({ pid }: ChildProcess): number {
  try {
    const [, size = "0"] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(size) / 1024;
  } catch {
    return 0;
  }
}
