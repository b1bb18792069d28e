import { Disposable, l10n, MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from "vscode";
import type { GardenState } from "../protocol.ts";
import type { GardenConnection } from "./garden-connection.ts";

/** Shows which garden is connected and how it stands with it; nothing while none is. Trouble is told here, and nowhere else. */
export function showGardenStatus(connection: GardenConnection): Disposable {
  const item = window.createStatusBarItem("registryCache.garden", StatusBarAlignment.Left);
  item.name = l10n.t("Registry Cache: Garden");
  item.command = "registryCache.gardenActions";
  const update = () => show(item, connection.state);
  update();
  return Disposable.from(item, connection.onDidChange(update));
}

function show(item: StatusBarItem, state: GardenState): void {
  if (state.phase === "disconnected") {
    item.hide();
    return;
  }
  item.text = textOf(state);
  item.tooltip = tooltipOf(state);
  item.backgroundColor = state.phase === "no-access" ? new ThemeColor("statusBarItem.warningBackground") : undefined;
  item.accessibilityInformation = { label: `${l10n.t("Garden")} ${item.text.replace(/\$\([\w~-]+\)/g, "")}` };
  item.show();
}

function textOf({ phase, context = "", namespace }: GardenState): string {
  const name = namespace ? `${context}/${namespace}` : context;
  switch (phase) {
    case "connecting":
      return `$(sync~spin) ${name}`;
    case "offline":
      return `$(debug-disconnect) ${l10n.t("{0}: offline", name)}`;
    case "no-access":
      return `$(lock) ${l10n.t("{0}: no access", name)}`;
    default:
      return `$(cloud) ${name}`;
  }
}

function tooltipOf({ phase, context = "", server, namespace, message, unseen = [] }: GardenState): MarkdownString {
  const text = new MarkdownString();
  const line = (it: string) => {
    text.appendText(it);
    text.appendMarkdown("\n\n");
  };
  line(phaseText(phase, context));
  if (server) line(l10n.t("Server {0}", server));
  if (phase !== "connecting")
    line(namespace ? l10n.t("Namespace {0}", namespace) : l10n.t("All projects that you may see"));
  if (message) line(message);
  for (const it of unseen) line(l10n.t("Cannot see: {0}", it));
  return text;
}

function phaseText(phase: GardenState["phase"], context: string): string {
  switch (phase) {
    case "connecting":
      return l10n.t('Connecting to "{0}"', context);
    case "offline":
      return l10n.t('Offline: "{0}" is tried again by itself, and nothing is said because of it meanwhile.', context);
    case "no-access":
      return l10n.t('No access: "{0}" is not tried again before you refresh.', context);
    default:
      return l10n.t('Connected to "{0}"', context);
  }
}
