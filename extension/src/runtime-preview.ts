import { commands, Disposable, l10n, type QuickPickItem, Uri, ViewColumn, window } from "vscode";
import type { Parts } from "./activate.ts";
import { askOrTell } from "./ask-with-progress.ts";
import type { LanguageServer } from "./language-server.ts";
import { ask, type ShootAddress, type Since } from "./protocol.ts";
import { messageOf, tellError } from "./tell.ts";
import { virtualUri } from "./virtual-documents.ts";

const runtime = "runtime";
const changes = "runtime-changes";

/** Something that a Shoot's runtime can be compared with. */
export interface RuntimeSource {
  readonly id: string;
  /** What it is, in words, such as "the last commit". */
  readonly name: string;
  /** Gives what the server is asked with; undefined where the Shoot is not there. What goes wrong is thrown. */
  readonly read: (shoot: ShootAddress) => Promise<Since | undefined>;
}

/** The previews of runtimes. */
export interface RuntimePreview extends Disposable {
  /** Offers one more thing to compare with, such as a garden that is connected. */
  addSource(source: RuntimeSource): Disposable;
}

/** Shows what Gardener would run for the Shoot at the cursor, and what a change does to that: documents that follow the Shoot. */
export function registerRuntimePreview({ server, documents, onDidChangeChains }: Parts): RuntimePreview {
  const sources = new Map<string, RuntimeSource>();
  const addSource = (source: RuntimeSource): Disposable => {
    sources.set(source.id, source);
    return new Disposable(() => sources.delete(source.id));
  };
  addSource({ id: "HEAD", name: l10n.t("the last commit"), read: async () => "HEAD" });
  addSource({ id: "saved", name: l10n.t("the saved files"), read: async () => "saved" });
  documents.serve(runtime, (uri) => readRuntime(server, JSON.parse(uri.query)));
  documents.serve(changes, (uri) => readChanges(server, sources, JSON.parse(uri.query)));
  const listeners = Disposable.from(
    onDidChangeChains(() => {
      documents.refresh(runtime);
      documents.refresh(changes);
    }),
    commands.registerCommand("registryCache.previewRuntime", async () => {
      const shoot = await shootAtCursor(server);
      if (!shoot) return;
      const uri = virtualUri(runtime, l10n.t("Runtime of {0}", `${fileName(shoot)}.yaml`), shoot);
      await window.showTextDocument(uri, { viewColumn: ViewColumn.Beside, preserveFocus: true });
    }),
    commands.registerCommand("registryCache.previewRuntimeChanges", async (id?: string) => {
      const shoot = await shootAtCursor(server);
      const source = shoot && (sources.get(id ?? "") ?? (await pickSource([...sources.values()])));
      if (shoot && source) await showChanges(server, shoot, source);
    }),
  );
  return { addSource, dispose: () => listeners.dispose() };
}

async function showChanges(server: LanguageServer, shoot: ShootAddress, source: RuntimeSource): Promise<void> {
  // What cannot be compared is told now, and not as a document.
  const since = await source.read(shoot).catch(tellError);
  if (!since) return;
  const title = l10n.t("Rendering the runtime before and after");
  if (!(await askOrTell(server, title, "registryCache/runtimeChanges", { ...shoot, since }))) return;
  const name = fileName(shoot);
  const side = (of: Side) => virtualUri(changes, `${name}.${of}.yaml`, { ...shoot, id: source.id, side: of });
  const tab = l10n.t("Runtime of {0} since {1}", name, source.name);
  await commands.executeCommand("vscode.diff", side("before"), side("after"), tab, { viewColumn: ViewColumn.Beside });
}

type Side = "before" | "after";

async function readRuntime(server: LanguageServer, shoot: ShootAddress): Promise<string> {
  try {
    return (await ask(await server.start(), "registryCache/runtime", shoot)).text;
  } catch (error) {
    return `# ${messageOf(error)}\n`;
  }
}

async function readChanges(
  server: LanguageServer,
  sources: ReadonlyMap<string, RuntimeSource>,
  { side, id, ...shoot }: ShootAddress & { readonly id: string; readonly side: Side },
): Promise<string | undefined> {
  try {
    const since = await sources.get(id)?.read(shoot);
    return since && (await ask(await server.start(), "registryCache/runtimeChanges", { ...shoot, since }))[side];
  } catch (error) {
    return `# ${messageOf(error)}\n`;
  }
}

/** The Shoot with caches at the cursor, or the only one of the document. */
async function shootAtCursor(server: LanguageServer): Promise<ShootAddress | undefined> {
  const editor = window.activeTextEditor;
  const none = l10n.t("Open a Shoot with a registry cache and put the cursor in it");
  if (editor?.document.languageId !== "yaml") {
    void window.showInformationMessage(none);
    return undefined;
  }
  const client = await server.start();
  const uri = editor.document.uri.toString();
  const { line, character } = editor.selection.active;
  const found = await ask(client, "registryCache/shootAt", { textDocument: { uri }, position: { line, character } });
  if (!found) void window.showInformationMessage(none);
  return found ? { uri, ...found } : undefined;
}

async function pickSource(sources: readonly RuntimeSource[]): Promise<RuntimeSource | undefined> {
  const items = sources.map((source): QuickPickItem & { readonly source: RuntimeSource } => {
    return { label: source.name, source };
  });
  const placeHolder = l10n.t("Compare the runtime with that of");
  return (await window.showQuickPick(items, { placeHolder }))?.source;
}

function fileName({ shoot, uri }: ShootAddress): string {
  return (shoot ?? Uri.parse(uri).path.split("/").at(-1) ?? "").replaceAll("/", "_");
}
