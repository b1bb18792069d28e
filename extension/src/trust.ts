import { commands, l10n, window, workspace } from "vscode";

/** Whether the workspace is trusted; where it is not, says in one line what that is for, with the way to grant it. */
export async function isTrustedFor(what: string): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = l10n.t("Manage Workspace Trust");
  const message = l10n.t("Trust this workspace first: {0}", what);
  if ((await window.showWarningMessage(message, manage)) === manage)
    await commands.executeCommand("workbench.trust.manage");
  return workspace.isTrusted;
}
