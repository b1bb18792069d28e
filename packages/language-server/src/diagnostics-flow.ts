import type { Diagnostic } from "vscode-languageserver-protocol";
import type { Client } from "./client.ts";
import { createMarks, type DiagnosticsOf } from "./diagnostic-marks.ts";
import type { KnownFiles } from "./known-files.ts";
import type { Outbox } from "./outbox.ts";
import { whenQuiet } from "./timer.ts";
import { toDiagnostics } from "./to-lsp.ts";

/** Brings diagnostics to the client: pushed, or when it asks. */
export interface DiagnosticsFlow {
  readonly of: DiagnosticsOf;
  /** Tells of files whose findings may have changed. Those of `now` are pushed at once, others when things are quiet. */
  changed(uris: Iterable<string>, now?: string): void;
  /** The client has closed a document, and keeps nothing of it. */
  closed(uri: string, clientUri: string): void;
  /** The files that changed since somebody took them last, and those of the last answer: a client that gave up has not got it. */
  takeChanged(): ReadonlySet<string>;
  /** These files are in an answer. */
  answered(uris: readonly string[]): void;
  /** Waits until some file changes. */
  nextChange(): Promise<void>;
  stop(): void;
}

/** So long other documents wait for the one that is typed in, in milliseconds. */
const quietTime = 20;

/** So long the chains must have been the same before a client draws them again, in milliseconds. */
const chainsQuietTime = 250;

/** Makes the flow for a client, which either pulls or is pushed to. */
export function createDiagnosticsFlow(files: KnownFiles, client: Client, outbox: Outbox): DiagnosticsFlow {
  const channel = client.pullsDiagnostics ? pullChannel(files, client, outbox) : pushChannel(files, client, outbox);
  const waiting = new Set<string>();
  let changedFiles = new Set<string>();
  let answered: readonly string[] = [];
  let listeners: (() => void)[] = [];
  const note = (uris: Iterable<string>, now?: string): void => {
    for (const uri of uris) {
      changedFiles.add(uri);
      if (uri !== now) waiting.add(uri);
    }
  };
  const quiet = whenQuiet(quietTime, () => {
    // What an edit means for other files is worked out while nobody types.
    note(files.workspace.settle());
    channel.later([...waiting]);
    waiting.clear();
    const told = listeners;
    listeners = [];
    for (const tell of told) tell();
  });
  const chains = whenQuiet(chainsQuietTime, () => {
    if (client.own.chains) outbox.tell("registryCache/chainsChanged", undefined);
    // How often something is used is told in other documents than the one that is changed.
    if (client.refreshesLenses && files.open.size > 0) outbox.ask("workspace/codeLens/refresh");
  });
  return {
    of: createMarks(files, client),
    changed(uris, now) {
      if (now !== undefined) channel.now(now);
      note(uris, now);
      quiet.ask();
      if (client.own.chains || client.refreshesLenses) chains.ask();
    },
    closed: channel.closed,
    takeChanged() {
      const taken = new Set([...answered, ...changedFiles]);
      changedFiles = new Set();
      return taken;
    },
    answered: (uris) => {
      answered = uris;
    },
    nextChange: () => new Promise((resolve) => listeners.push(resolve)),
    stop() {
      quiet.stop();
      chains.stop();
    },
  };
}

/** How a client learns of diagnostics. */
interface Channel {
  now(uri: string): void;
  later(uris: readonly string[]): void;
  closed(uri: string, clientUri: string): void;
}

/** A client that pulls asks for the document that it changed by itself, and for others when it is told to. */
function pullChannel(files: KnownFiles, client: Client, outbox: Outbox): Channel {
  return {
    now: () => undefined,
    later(uris) {
      if (client.refreshesDiagnostics && uris.some((it) => files.open.has(it))) {
        outbox.ask("workspace/diagnostic/refresh");
      }
    },
    closed: () => undefined,
  };
}

function pushChannel(files: KnownFiles, client: Client, outbox: Outbox): Channel {
  const sent = new Map<string, readonly Diagnostic[]>();
  const method = "textDocument/publishDiagnostics";
  const push = (uri: string, always: boolean): void => {
    const document = files.open.get(uri);
    if (document === undefined) return;
    const diagnostics = toDiagnostics(files, client, uri);
    if (!always && JSON.stringify(sent.get(uri)) === JSON.stringify(diagnostics)) return;
    sent.set(uri, diagnostics);
    outbox.notify(method, { uri: document.clientUri, version: document.version, diagnostics });
  };
  return {
    now: (uri) => push(uri, true),
    later(uris) {
      for (const uri of uris) push(uri, false);
    },
    closed(uri, clientUri) {
      sent.delete(uri);
      outbox.notify(method, { uri: clientUri, diagnostics: [] });
    },
  };
}
