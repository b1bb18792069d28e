import {
  type CompletionItem,
  type CompletionList,
  commands,
  Disposable,
  l10n,
  languages,
  Position,
  SnippetString,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import type { LanguageServer } from "./language-server.ts";

/** What the server calls the snippet of a whole Shoot. */
const shoot = "Shoot with a registry cache";

/** Lets a person begin where there is nothing yet: with a new Shoot, or with what an empty YAML file may become. */
export function registerNewManifests(server: LanguageServer): Disposable {
  return Disposable.from(
    commands.registerCommand("registryCache.newShoot", () => openNewShoot(server)),
    languages.registerCompletionItemProvider(
      { language: "yaml" },
      { provideCompletionItems: (it) => offer(server, it) },
    ),
  );
}

/** Opens a new document with the snippet in it; Tab goes from value to value. */
async function openNewShoot(server: LanguageServer): Promise<void> {
  const document = await workspace.openTextDocument({ language: "yaml" });
  const editor = await window.showTextDocument(document);
  try {
    await server.start();
    const snippet = (await completionsOf(document)).find(({ label }) => label === shoot)?.insertText;
    if (snippet instanceof SnippetString) await editor.insertSnippet(snippet);
    else void window.showWarningMessage(l10n.t("The server offers no new Shoot; Ctrl+Space may tell more."));
  } catch {
    // That it does not start is told by its status.
  }
}

/** The server has not started for a document that says nothing yet. Once it runs it answers itself. */
async function offer(server: LanguageServer, document: TextDocument): Promise<CompletionItem[] | undefined> {
  if (server.state !== "idle" || document.getText().trim() !== "") return undefined;
  await server.start();
  return [...(await completionsOf(document))];
}

async function completionsOf({ uri }: TextDocument): Promise<readonly CompletionItem[]> {
  const command = "vscode.executeCompletionItemProvider";
  const found = await commands.executeCommand<CompletionList | undefined>(command, uri, new Position(0, 0));
  return found?.items ?? [];
}
