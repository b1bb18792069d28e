import { commands, type Disposable, l10n, window, workspace } from "vscode";
import { askOrTell } from "../ask-with-progress.ts";
import type { PulledSchema } from "../protocol.ts";
import { type VirtualDocuments, virtualUri } from "../virtual-documents.ts";
import type { GardenParts } from "./garden-commands.ts";

const setting = "registryCache.gardenSchema";
const kind = "schema";
const path = "garden-schema.txt";

/** Makes `registryCache.pullGardenSchema` known: asks the connected garden for its schema, and says what that means for Shoots. */
export function registerPullGardenSchema(parts: GardenParts, documents: VirtualDocuments): Disposable {
  let last: PulledSchema | undefined;
  documents.serve(kind, () => last && fieldsOf(last));
  return commands.registerCommand("registryCache.pullGardenSchema", async () => {
    const pulled = await pull(parts);
    if (!pulled) return;
    last = pulled;
    documents.refresh(kind);
    await tell(pulled);
  });
}

async function pull({ server, connection }: GardenParts): Promise<PulledSchema | undefined> {
  if (!workspace.isTrusted || connection.state.phase === "disconnected") {
    void window.showInformationMessage(l10n.t("Connect to a garden first: its schema is asked of it."));
    return undefined;
  }
  const title = l10n.t('Asking "{0}" for its schema', connection.state.context ?? "");
  return await askOrTell(server, title, "registryCache/garden/pullSchema", undefined);
}

async function tell(pulled: PulledSchema): Promise<void> {
  const show = l10n.t("Show Fields");
  const open = l10n.t("Open the Setting");
  const differs = pulled.newer.length + pulled.missing.length > 0;
  const buttons = [...(differs ? [show] : []), ...(pulled.used ? [] : [open])];
  const chosen = await window.showInformationMessage(textOf(pulled), ...buttons);
  if (chosen === show) await window.showTextDocument(virtualUri(kind, path), { preview: true });
  if (chosen === open) await commands.executeCommand("workbench.action.openSettings", setting);
}

function textOf(pulled: PulledSchema): string {
  const { context, newer, missing, unchanged, used } = pulled;
  const kept = unchanged
    ? l10n.t('The schema of "{0}" is as it was pulled before.', context)
    : l10n.t('The schema of "{0}" is kept.', context);
  const differences = l10n.t("Fields that are new here: {0}, that it lacks: {1}.", newer.length, missing.length);
  const other = l10n.t("Shoots are checked with another one, which the setting {0} names.", setting);
  return [kept, differences, ...(used ? [] : [other])].join(" ");
}

/** All fields by which a schema differs from ours, to be read. */
function fieldsOf({ server, context, newer, missing }: PulledSchema): string {
  const lines = (heading: string, fields: readonly string[]) =>
    fields.length === 0 ? [] : ["", heading, ...fields.map((it) => `  ${it}`)];
  return [
    l10n.t('Schema of {0} (context "{1}")', server, context),
    ...lines(l10n.t("Fields that only the garden knows; they are no findings:"), newer),
    ...lines(l10n.t("Fields that the garden does not have; they are warnings:"), missing),
    "",
  ].join("\n");
}
