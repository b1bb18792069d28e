import { joinReplacements } from "@registry-cache/core";
import { readSchemaSettings } from "./garden-schema.ts";
import type { AheadOfJudging, OpenDocument } from "./known-files.ts";
import type { Session } from "./session.ts";
import { isSettingsFile } from "./settings-index.ts";
import { changeBuffer, createBuffer, replacementOf, type TextChange } from "./text-buffer.ts";
import { canonicalUri, isBelow } from "./uri.ts";

/** A document as a client opens it. */
export interface OpenedDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** Takes a document that the client opens, and judges it at once where its settings are known or near. */
export async function openText(session: Session, { uri: clientUri, version, text }: OpenedDocument): Promise<void> {
  const { files, settings, client, scan } = session;
  const uri = canonicalUri(clientUri);
  const buffer = createBuffer(text, client.encoding);
  const document: OpenDocument = {
    uri,
    clientUri,
    version,
    buffer,
    inspection: undefined,
    replaced: undefined,
    ahead: undefined,
  };
  files.add(document);
  await settings.load(uri);
  await session.schema.settled();
  // It may have been closed, or opened anew, while that was read.
  if (files.open.get(uri) !== document) return;
  await judge(session, document);
  await scan.settled();
  await learn(session);
}

/** A document as a client names it when it changes it. */
export interface VersionedDocument {
  readonly uri: string;
  readonly version: number;
}

/** Takes the client's changes of a document, and judges it in the same turn, when what came right behind is answered. */
export async function changeText(
  session: Session,
  { uri, version }: VersionedDocument,
  changes: readonly TextChange[],
): Promise<void> {
  const document = session.files.open.get(canonicalUri(uri));
  if (document === undefined) return;
  const ahead = changes.reduce(applyChange, { version, ...textOf(document.ahead ?? document) });
  if (document.inspection === undefined) {
    Object.assign(document, ahead);
    return;
  }
  document.ahead = ahead;
  await session.late.add(async () => {
    if (document.ahead === undefined) return;
    Object.assign(document, document.ahead, { ahead: undefined });
    await judge(session, document);
  });
}

function textOf({ buffer, replaced }: Pick<AheadOfJudging, "buffer" | "replaced">): Omit<AheadOfJudging, "version"> {
  return { buffer, replaced };
}

function applyChange({ version, buffer, replaced }: AheadOfJudging, change: TextChange): AheadOfJudging {
  const replacement = replacementOf(buffer, change);
  return {
    version,
    buffer: changeBuffer(buffer, change),
    replaced: replaced === undefined ? replacement : joinReplacements(replaced, replacement),
  };
}

/** The client has closed a document: what is on disk counts again. */
export async function closeText(session: Session, clientUri: string): Promise<void> {
  const { files, diagnostics, settings, scan } = session;
  const uri = canonicalUri(clientUri);
  if (!files.open.has(uri)) return;
  const changed = files.remove(uri);
  diagnostics.closed(uri, clientUri);
  diagnostics.changed(changed);
  scan.reread([uri]);
  const folder = isSettingsFile(uri) ? settings.forget(uri) : undefined;
  if (folder !== undefined) await reconsider(session, folder);
}

/** Files on disk were made, changed or deleted; those that are open do not count. */
export async function changeFiles(session: Session, clientUris: readonly string[]): Promise<void> {
  const { files, scan, settings, committed } = session;
  const uris = clientUris.map(canonicalUri).filter((uri) => !files.open.has(uri));
  for (const uri of uris) committed.forget(uri);
  // Of a folder that was deleted some clients name only the folder.
  const inFolders = uris.flatMap((folder) => [...files.workspace.uris()].filter((it) => isBelow(folder, it)));
  scan.reread([...uris, ...inFolders]);
  for (const uri of uris.filter(isSettingsFile)) {
    const folder = settings.forget(uri);
    if (folder !== undefined) await reconsider(session, folder);
  }
}

/** Files have other names. Of a folder that has another one no client names the files. */
export async function renameFiles(
  session: Session,
  renamed: readonly { readonly oldUri: string; readonly newUri: string }[],
): Promise<void> {
  await changeFiles(
    session,
    renamed.flatMap((it) => [it.oldUri, it.newUri]),
  );
  session.scan.look(renamed.map((it) => canonicalUri(it.newUri)).filter((it) => !/\.(?:ya?ml|json)$/.test(it)));
}

/** Takes folders into the workspace, and others out of it. */
export function changeFolders(session: Session, added: readonly string[], removed: readonly string[]): void {
  const { files, scan, diagnostics } = session;
  scan.removeFolders(removed.map(canonicalUri));
  scan.addFolders(added.map(canonicalUri));
  session.watch.follow(scan.folders);
  const left = [...files.workspace.uris()].filter((uri) => {
    return !files.open.has(uri) && ![...scan.folders].some((it) => isBelow(it, uri));
  });
  for (const uri of left) diagnostics.changed(files.read(uri, undefined));
}

/** Takes settings that a client tells, or says that it has; of those that it may be asked for. */
export async function changeSettings({ client, outbox, schema }: Session, sent: unknown): Promise<void> {
  const asked = sent === null || sent === undefined;
  if (asked && !client.tellsSettings) return;
  const found = asked ? await outbox.ask("workspace/configuration", { items: [{ section: "registryCache" }] }) : sent;
  const settings = readSchemaSettings(asked && Array.isArray(found) ? found[0] : found);
  if (settings !== undefined) schema.configure(settings);
}

/** Asks Git again about a document that was saved. */
export async function saveText(session: Session, clientUri: string): Promise<void> {
  const uri = canonicalUri(clientUri);
  session.committed.forget(uri);
  await learn(session);
}

async function learn({ committed, diagnostics }: Session): Promise<void> {
  diagnostics.changed(await committed.learn());
}

/** What is found in the document itself is told in this turn. */
async function judge(session: Session, document: OpenDocument): Promise<void> {
  const { uri, buffer } = document;
  const { files, diagnostics, settings } = session;
  const changed = files.inspect(document);
  diagnostics.changed(changed, uri);
  if (!isSettingsFile(uri)) return;
  const folder = settings.opened(uri, buffer.text);
  if (folder !== undefined) await reconsider(session, folder);
}

/** The settings of a folder are others now: what their policies found is found again, the rest is only told anew. */
async function reconsider({ files, settings, diagnostics, scan }: Session, folder: string): Promise<void> {
  const below = [...files.workspace.uris()].filter((it) => isBelow(folder, it));
  for (const uri of below) await settings.load(uri);
  const stale = below.filter((uri) => files.workspace.report(uri)?.policies !== settings.policiesOf(uri));
  for (const uri of stale) {
    const document = files.open.get(uri);
    if (document !== undefined && !isSettingsFile(uri)) diagnostics.changed(files.inspect(document));
  }
  scan.reread(stale.filter((uri) => !files.open.has(uri)));
  diagnostics.changed(below);
}
