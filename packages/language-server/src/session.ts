import type { Client } from "./client.ts";
import { type Committed, createCommitted } from "./committed.ts";
import { createDiagnosticsFlow, type DiagnosticsFlow } from "./diagnostics-flow.ts";
import { createFileQueue } from "./file-queue.ts";
import type { FileSource } from "./file-source.ts";
import { createGardenSchema, type GardenSchema, type ReadSchema } from "./garden-schema.ts";
import { createKnownFacts, type KnownFacts } from "./known-facts.ts";
import { createKnownFiles, type KnownFiles, type OpenDocument } from "./known-files.ts";
import { createLateWork, type LateWork } from "./late-work.ts";
import type { Outbox } from "./outbox.ts";
import { createScan, type Scan } from "./scan.ts";
import { createSettingsIndex, type SettingsIndex } from "./settings-index.ts";
import { canonicalUri } from "./uri.ts";
import { createWatch, type Watch } from "./watch-files.ts";

/** All that the server keeps for its one client, from `initialize` to `shutdown`. */
export interface Session {
  readonly client: Client;
  readonly source: FileSource;
  readonly outbox: Outbox;
  readonly settings: SettingsIndex;
  readonly files: KnownFiles;
  readonly facts: KnownFacts;
  readonly diagnostics: DiagnosticsFlow;
  readonly committed: Committed;
  readonly scan: Scan;
  /** What changes of documents mean, which is worked out when the messages right behind them are taken. */
  readonly late: LateWork;
  readonly schema: GardenSchema;
  readonly watch: Watch;
}

/** What a session is made of, beside its client. */
export interface SessionParts {
  readonly source: FileSource;
  readonly outbox: Outbox;
  readonly readSchema: ReadSchema | undefined;
  /** Hears of files that changed on disk, where the client does not tell of them. */
  readonly onChangedFiles: (uris: readonly string[]) => void;
}

/** Makes the session of a client. Nothing is read before the client says `initialized`. */
export function createSession(client: Client, { source, outbox, readSchema, onChangedFiles }: SessionParts): Session {
  const settings = createSettingsIndex(source);
  const files = createKnownFiles(settings, client.encoding);
  const diagnostics = createDiagnosticsFlow(files, client, outbox);
  const facts = createKnownFacts(files.workspace);
  const committed = createCommitted(files, facts, source, client.own.trusted && client.own.git);
  const onChanged = (uris: Iterable<string>): void => diagnostics.changed(uris);
  const queue = createFileQueue({ files, settings, source, onChanged });
  const ready = async (): Promise<void> => {
    await schema.settled();
    await watch.ready();
  };
  const scan = createScan({ client, source, queue, committed, outbox, onChanged, ready });
  const late = createLateWork();
  const read = client.own.trusted && isOnDisk(client) ? readSchema : undefined;
  const watch = createWatch({ client, source, outbox, onChanged: onChangedFiles });
  const schema = createGardenSchema({ files, diagnostics, scan, outbox, read });
  return { client, source, outbox, settings, files, facts, diagnostics, committed, scan, late, schema, watch };
}

/** In folders that are on no disk the user's own files are none of our business either. */
function isOnDisk({ folders }: Client): boolean {
  return folders.length === 0 || folders.some((it) => it.startsWith("file:"));
}

/** The open document that a client names; undefined for one that it has not opened. */
export function openDocument({ files }: Session, uri: string): OpenDocument | undefined {
  return files.open.get(canonicalUri(uri));
}
