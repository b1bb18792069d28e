import { type Disposable, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { LanguageServer } from "./language-server.ts";
import type { StartOptions } from "./protocol.ts";

/** What a person can switch on and off. */
export type Switch = "inlayHints" | "codeLens" | "git";

/** Whether something is switched on. */
export function isEnabled(name: Switch): boolean {
  return workspace.getConfiguration("registryCache").get<boolean>(`${name}.enabled`, false);
}

const schemaNames = ["gardenSchema", "kubeconfig"] as const;

/** Which schema of a garden Shoots are checked with. */
export function schemaSettings(): Pick<StartOptions, (typeof schemaNames)[number]> {
  const settings = workspace.getConfiguration("registryCache");
  const [gardenSchema, kubeconfig] = schemaNames.map((it) => settings.get<string>(it, ""));
  return { gardenSchema: gardenSchema ?? "", kubeconfig: kubeconfig ?? "" };
}

/** Follows the switches: what is shown is asked for again, and the server is told at its start whether it may run git. */
export function followSettings(server: LanguageServer): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    const changed = (name: Switch) => event.affectsConfiguration(`registryCache.${name}.enabled`);
    if (changed("git") && server.state !== "idle") void server.restart();
    if (server.client && schemaNames.some((it) => event.affectsConfiguration(`registryCache.${it}`)))
      void server.client.sendNotification("workspace/didChangeConfiguration", { settings: schemaSettings() });
    if (server.client && changed("inlayHints")) showInlayHintsAgain(server.client);
    if (server.client && changed("codeLens")) showCodeLensesAgain(server.client);
  });
}

function showInlayHintsAgain(client: BaseLanguageClient): void {
  const feature = client.getFeature("textDocument/inlayHint");
  for (const document of workspace.textDocuments) feature.getProvider(document)?.onDidChangeInlayHints.fire();
}

function showCodeLensesAgain(client: BaseLanguageClient): void {
  const feature = client.getFeature("textDocument/codeLens");
  for (const document of workspace.textDocuments) feature.getProvider(document)?.onDidChangeCodeLensEmitter.fire();
}
