import { commands, Disposable, l10n, type QuickPickItem, Uri, ViewColumn, window } from "vscode";
import type { Parts } from "./activate.ts";
import { askOrTell } from "./ask-with-progress.ts";
import type { LanguageServer } from "./language-server.ts";
import { ask, type ShootAddress, type Since } from "./protocol.ts";
import { virtualUri } from "./virtual-documents.ts";

const runtime = "runtime";
const changes = "runtime-changes";

/** Shows what Gardener would run for the Shoot at the cursor, and what a change does to that: documents that follow the Shoot. */
export function registerRuntimePreview({ server, documents, onDidChangeChains }: Parts): Disposable {
  documents.serve(runtime, (uri) => readRuntime(server, JSON.parse(uri.query)));
  documents.serve(changes, (uri) => readChanges(server, JSON.parse(uri.query)));
  return Disposable.from(
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
    commands.registerCommand("registryCache.previewRuntimeChanges", async (given?: Since) => {
      const shoot = await shootAtCursor(server);
      const since = shoot && (given ?? (await pickSince()));
      if (shoot && since) await showChanges(server, { ...shoot, since });
    }),
  );
}

/** A comparison of a Shoot's runtime. */
interface Comparison extends ShootAddress {
  readonly since: Since;
}

async function showChanges(server: LanguageServer, comparison: Comparison): Promise<void> {
  const title = l10n.t("Rendering the runtime before and after");
  // What cannot be compared is told now, and not as a document.
  if (!(await askOrTell(server, title, "registryCache/runtimeChanges", comparison))) return;
  const name = fileName(comparison);
  const side = (of: "before" | "after") => virtualUri(changes, `${name}.${of}.yaml`, { ...comparison, side: of });
  const tab = l10n.t("Runtime of {0} since {1}", name, sinceName(comparison.since));
  await commands.executeCommand("vscode.diff", side("before"), side("after"), tab, { viewColumn: ViewColumn.Beside });
}

async function readRuntime(server: LanguageServer, shoot: ShootAddress): Promise<string> {
  try {
    return (await ask(await server.start(), "registryCache/runtime", shoot)).text;
  } catch (error) {
    return asComment(error);
  }
}

async function readChanges(
  server: LanguageServer,
  { side, ...comparison }: Comparison & { readonly side: "before" | "after" },
): Promise<string> {
  try {
    return (await ask(await server.start(), "registryCache/runtimeChanges", comparison))[side];
  } catch (error) {
    return asComment(error);
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

async function pickSince(): Promise<Since | undefined> {
  const items = (["HEAD", "saved"] as const).map((since): QuickPickItem & { readonly since: Since } => {
    return { label: sinceName(since), description: since === "HEAD" ? "git HEAD" : "", since };
  });
  const placeHolder = l10n.t("Compare the runtime with that of");
  return (await window.showQuickPick(items, { placeHolder }))?.since;
}

function sinceName(since: Since): string {
  return since === "HEAD" ? l10n.t("the last commit") : l10n.t("the saved files");
}

function fileName({ shoot, uri }: ShootAddress): string {
  return (shoot ?? Uri.parse(uri).path.split("/").at(-1) ?? "").replaceAll("/", "_");
}

function asComment(error: unknown): string {
  return `# ${error instanceof Error ? error.message : String(error)}\n`;
}
