import { commands, l10n, window, workspace } from "vscode";
import { askOrTell } from "../ask-with-progress.ts";
import type { PulledSchema } from "../protocol.ts";
import type { GardenParts } from "./garden-commands.ts";

const setting = "registryCache.gardenSchema";

/** Asks the connected garden for its schema, and says what that means for the Shoots of the workspace. */
export async function pullGardenSchema({ server, connection }: GardenParts): Promise<void> {
  if (!workspace.isTrusted || connection.state.phase === "disconnected") {
    void window.showInformationMessage(l10n.t("Connect to a garden first: its schema is asked of it."));
    return;
  }
  const title = l10n.t('Asking "{0}" for its schema', connection.state.context ?? "");
  const pulled = await askOrTell(server, title, "registryCache/garden/pullSchema", undefined);
  if (pulled) await tell(pulled);
}

async function tell(pulled: PulledSchema): Promise<void> {
  const text = [kept(pulled), differences(pulled), pulled.used ? "" : otherSchema()]
    .filter((it) => it !== "")
    .join(" ");
  const open = l10n.t("Open the Setting");
  const chosen = await window.showInformationMessage(text, ...(pulled.used ? [] : [open]));
  if (chosen === open) await commands.executeCommand("workbench.action.openSettings", setting);
}

function kept({ context, unchanged }: PulledSchema): string {
  return unchanged
    ? l10n.t('The schema of "{0}" has not changed since it was pulled.', context)
    : l10n.t('The schema of "{0}" is kept.', context);
}

function differences({ newer, missing }: PulledSchema): string {
  if (newer.length === 0 && missing.length === 0)
    return l10n.t("It has the fields that are known here, and no others.");
  return l10n.t("Fields that are new in it: {0}. Fields that it lacks: {1}.", listed(newer), listed(missing));
}

/** The first of them, and how many more. */
function listed(fields: readonly string[]): string {
  const shown = fields.slice(0, 3);
  if (shown.length === 0) return l10n.t("none");
  const more = fields.length - shown.length;
  return more === 0 ? shown.join(", ") : l10n.t("{0} and {1} more", shown.join(", "), more);
}

function otherSchema(): string {
  return l10n.t("Shoots are checked with another one, which the setting {0} names.", setting);
}
