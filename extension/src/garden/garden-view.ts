import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from "vscode";
import { treeItem } from "../chains-view.ts";
import type { GardenShoot, GardenShoots, GardenState } from "../protocol.ts";
import { virtualUri } from "../virtual-documents.ts";
import type { GardenConnection } from "./garden-connection.ts";
import { type GardenNode, type GardenWords, gardenTree } from "./garden-tree.ts";

/** Shows the Shoots of the garden -> caches -> reference -> Secret, as they are there. A click on a Shoot opens it. */
export function showGardenTree(connection: GardenConnection): Disposable {
  const changed = new EventEmitter<undefined>();
  const provider: TreeDataProvider<GardenNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: gardenItem,
    getChildren: async (node) => {
      if (node) return [...node.children];
      const shoots = await connection.shoots();
      view.message = messageOf(connection.state, shoots) ?? "";
      return [...toRows(connection.state, shoots)];
    },
  };
  const view: TreeView<GardenNode> = window.createTreeView("registryCache.garden", {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const update = ({ phase, context, namespace }: GardenState) => {
    view.description = phase === "disconnected" ? "" : (namespace ?? context ?? "");
    void commands.executeCommand("setContext", "registryCache.gardenPhase", phase);
    changed.fire(undefined);
  };
  update(connection.state);
  return Disposable.from(view, changed, connection.onDidChange(update));
}

/** The address under which a Shoot of the garden is shown, read-only. */
function shootUri(context: string, { namespace, name }: Pick<GardenShoot, "namespace" | "name">): string {
  return virtualUri("garden", `${encodeURIComponent(context)}/${namespace}/${name}.yaml`).toString();
}

function toRows({ context = "", namespace }: GardenState, { shoots }: GardenShoots): readonly GardenNode[] {
  return gardenTree(shoots, {
    words: words(),
    manyNamespaces: namespace === undefined,
    uriOf: (shoot) => shootUri(context, shoot),
  });
}

function words(): GardenWords {
  return {
    missing: l10n.t("does not exist"),
    terminating: l10n.t("is being deleted"),
    forbidden: l10n.t("cannot be seen"),
    since: (day) => l10n.t("since {0}", day),
  };
}

function messageOf({ phase, message = "" }: GardenState, { shoots, total, stale }: GardenShoots): string | undefined {
  if (phase === "disconnected") return undefined;
  if (phase === "no-access") return message;
  if (stale) return l10n.t("As it was before the garden was lost. {0}", message).trim();
  if (phase === "offline") return message;
  if (phase === "connecting" || shoots.length > 0) return undefined;
  return total === 0 ? l10n.t("There is no Shoot here.") : l10n.t("None of {0} Shoots has a cache.", total);
}

function gardenItem(node: GardenNode): TreeItem {
  const item = treeItem(node);
  if (node.secret) item.contextValue = "garden-secret";
  if (node.rollsOut && node.health === "ok") item.iconPath = new ThemeIcon("sync", new ThemeColor("charts.blue"));
  return item;
}
