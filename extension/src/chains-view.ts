import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from "vscode";
import { type ChainNode, chainTree } from "./chain-tree.ts";
import { explainLink, pageUri } from "./explain.ts";
import type { LanguageServer } from "./language-server.ts";
import { ask, type Health } from "./protocol.ts";

/** The tree "Registry Caches" and its rows. */
export interface ChainsView extends Disposable {
  readonly provider: TreeDataProvider<ChainNode>;
  /** Asks for the chains again. */
  refresh(): void;
}

/** Shows Shoots -> caches -> reference -> Secret, each with its health; a click opens the place. */
export function showChains(server: LanguageServer): ChainsView {
  const changed = new EventEmitter<undefined>();
  let shootCount = 0;
  const provider: TreeDataProvider<ChainNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => treeItem(node, shootCount <= few),
    getChildren: async (node) => {
      if (node) return [...node.children];
      const chains = server.client ? await ask(server.client, "registryCache/chains", undefined) : [];
      shootCount = chains.length;
      return [...chainTree(chains)];
    },
  };
  const view = window.createTreeView("registryCache.chains", { treeDataProvider: provider, showCollapseAll: true });
  const refresh = () => changed.fire(undefined);
  const listeners = Disposable.from(
    view,
    changed,
    server.onDidChangeState((state) => {
      if (state !== "starting") refresh();
      void commands.executeCommand("setContext", "registryCache.active", state !== "idle");
    }),
  );
  return { provider, refresh, dispose: () => listeners.dispose() };
}

/** So many Shoots are shown with all that they refer to. */
const few = 3;

/** A row of the tree, with its health and, in its tooltip, what was found on it. Of many Shoots those that need a look are open. */
export function treeItem(node: ChainNode, isOpen = false): TreeItem {
  const { None, Collapsed, Expanded } = TreeItemCollapsibleState;
  const unfolded = node.kind === "shoot" && node.health === "ok" && !isOpen ? Collapsed : Expanded;
  const item = new TreeItem(node.label, node.children.length === 0 ? None : unfolded);
  if (node.note) item.description = node.note;
  item.iconPath = iconOf(node.health);
  item.tooltip = tooltip(node);
  item.contextValue = node.kind;
  item.accessibilityInformation = { label: [kindName(node), node.label, node.note, healthName(node)].join(" ") };
  if (node.place) {
    item.command = { command: "registryCache.openAt", title: l10n.t("Open"), arguments: [node.place] };
  }
  return item;
}

function tooltip(node: ChainNode): MarkdownString {
  const text = new MarkdownString(`${kindName(node)} `);
  text.appendText(node.label);
  // A long note is cut off in the row.
  if (node.note) text.appendText(` ${node.note}`);
  text.appendMarkdown(`\n\n${healthName(node)}`);
  for (const { code, message } of node.findings) {
    text.appendMarkdown(`\n\n[${code}](${explainLink(pageUri(code).toString())}) `);
    text.appendText(message);
  }
  text.isTrusted = { enabledCommands: ["registryCache.explain"] };
  return text;
}

function iconOf(health: Health): ThemeIcon {
  switch (health) {
    case "ok":
      return new ThemeIcon("pass", new ThemeColor("testing.iconPassed"));
    case "warning":
      return new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
    case "error":
      return new ThemeIcon("error", new ThemeColor("list.errorForeground"));
    case "unknown":
      return new ThemeIcon("question", new ThemeColor("disabledForeground"));
  }
}

function kindName({ kind }: ChainNode): string {
  switch (kind) {
    case "shoot":
      return l10n.t("Shoot");
    case "cache":
      return l10n.t("Cache");
    case "mirror":
      return l10n.t("Mirror");
    case "reference":
      return l10n.t("Resource reference");
    case "secret":
      return l10n.t("Secret");
  }
}

function healthName({ health }: ChainNode): string {
  switch (health) {
    case "ok":
      return l10n.t("fine");
    case "warning":
      return l10n.t("has warnings");
    case "error":
      return l10n.t("broken");
    case "unknown":
      return l10n.t("not known here");
  }
}
