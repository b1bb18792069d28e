import { commands, type Disposable, window, workspace } from "vscode";
import { looksLikeShoot } from "./relevant.ts";

/** Tells VS Code whether the active editor shows a Shoot, so that what is for Shoots is offered there only. */
export function followShoots(): Disposable {
  let shown: boolean | undefined;
  const update = () => {
    const document = window.activeTextEditor?.document;
    // The previews hold no Shoot, and their own lines are none to preview again.
    const isShoot = document?.languageId === "yaml" && document.uri.scheme !== "registry-cache";
    const now = isShoot && looksLikeShoot(document.getText());
    if (now !== shown) void commands.executeCommand("setContext", "registryCache.shoot", now);
    shown = now;
  };
  update();
  const listeners = [
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidSaveTextDocument(update),
    workspace.onDidOpenTextDocument(update),
  ];
  return { dispose: () => listeners.forEach((it) => void it.dispose()) };
}
