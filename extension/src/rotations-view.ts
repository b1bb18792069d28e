import {
  commands,
  Disposable,
  type Event,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
} from "vscode";
import type { CodeAction, WorkspaceEdit } from "vscode-languageclient";
import type { LanguageServer } from "./language-server.ts";
import { openAt } from "./open-at.ts";
import { withoutQuestions } from "./preview.ts";
import { type NextStep, type RotationPart, type RotationRow, workspaceRotations } from "./rotation-rows.ts";
import { tellError, tellInfo } from "./tell.ts";

/** A row of the view: a rotation, or what it consists of. */
export type RotationNode = RotationRow | RotationPart;

/** Where rotations come from. The workspace's files are one source; a garden is another. */
export interface RotationSource {
  readonly onDidChange: Event<void>;
  rotations(): Promise<readonly RotationRow[]>;
}

/** The view "Rotations" and its rows. */
export interface RotationsView extends Disposable {
  readonly provider: TreeDataProvider<RotationNode>;
  /** Shows the rotations of a source beside the others. */
  add(source: RotationSource): Disposable;
}

/** Shows the rotations that have begun and are not at their end, each with its next step. */
export function showRotations(server: LanguageServer, onDidChangeChains: Event<void>): RotationsView {
  const sources = new Set<RotationSource>();
  const changed = new EventEmitter<undefined>();
  const refresh = () => changed.fire(undefined);
  const provider: TreeDataProvider<RotationNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => ("parts" in node ? rotationItem(node) : partItem(node)),
    getChildren: async (node) => {
      if (node) return "parts" in node ? [...node.parts] : [];
      return (await Promise.all([...sources].map((it) => it.rotations()))).flat();
    },
  };
  const add = (source: RotationSource): Disposable => {
    sources.add(source);
    const listening = source.onDidChange(refresh);
    return new Disposable(() => {
      sources.delete(source);
      listening.dispose();
      refresh();
    });
  };
  const listeners = Disposable.from(
    window.createTreeView("registryCache.rotations", { treeDataProvider: provider, showCollapseAll: true }),
    changed,
    add(filesOf(server, onDidChangeChains)),
    server.onDidChangeState((state) => state !== "starting" && refresh()),
    ...(["fillIn", "switch", "finish"] as const).map((step) =>
      commands.registerCommand(`registryCache.rotations.${step}`, (row?: RotationRow) => row?.proceed()),
    ),
  );
  return { provider, add, dispose: () => listeners.dispose() };
}

/** The rotations in the workspace's files, saved or not. */
function filesOf(server: LanguageServer, onDidChange: Event<void>): RotationSource {
  const carryOut = async (action: object) => {
    try {
      const client = await server.start();
      const resolved = await client.sendRequest<CodeAction>("codeAction/resolve", {
        title: "",
        data: { uri: "", action },
      });
      const agreed = resolved.edit && (await agree(resolved.edit));
      const edit = agreed && (await client.protocol2CodeConverter.asWorkspaceEdit(agreed));
      const applied = edit && (await workspace.applyEdit(edit, { isRefactoring: true }));
      if (applied && agreed && deletedBy(agreed).length > 0)
        tellInfo(l10n.t("The old Secret is removed. Deploy that, then revoke the credential that was replaced."));
    } catch (error) {
      tellError(error);
    }
  };
  return {
    onDidChange,
    rotations: async () => (server.client ? await workspaceRotations(server.client, { open: openAt, carryOut }) : []),
  };
}

/** VS Code's preview shows what is changed, but leaves unticked what is deleted: that is asked here. Undefined where it must not be done. */
async function agree(edit: WorkspaceEdit): Promise<WorkspaceEdit | undefined> {
  const deleted = deletedBy(edit);
  if (deleted.length === 0) return edit;
  const remove = l10n.t("Remove");
  const message = l10n.t("Remove the old Secret? Every Shoot must have reconciled before.");
  const detail = l10n.t("Deletes {0}", deleted.map((it) => workspace.asRelativePath(Uri.parse(it))).join(", "));
  if ((await window.showWarningMessage(message, { modal: true, detail }, remove)) !== remove) return undefined;
  return { ...edit, changeAnnotations: withoutQuestions(edit.changeAnnotations ?? {}) };
}

function deletedBy({ documentChanges = [] }: WorkspaceEdit): readonly string[] {
  return documentChanges.flatMap((it) => ("kind" in it && it.kind === "delete" ? it.uri : []));
}

function rotationItem({ label, description, tooltip, next }: RotationRow): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  item.description = description;
  item.tooltip = tooltip ?? `${label}\n${description}`;
  item.iconPath = iconOf(next);
  item.contextValue = `rotation-${next}`;
  return item;
}

function iconOf(next: NextStep): ThemeIcon {
  switch (next) {
    case "fill-in":
      return new ThemeIcon("edit", new ThemeColor("list.warningForeground"));
    case "switch":
      return new ThemeIcon("sync", new ThemeColor("list.warningForeground"));
    case "finish":
      return new ThemeIcon("check-all", new ThemeColor("testing.iconPassed"));
  }
}

function partItem({ label, description, of, place }: RotationPart): TreeItem {
  const item = new TreeItem(label);
  item.description = description;
  item.iconPath = new ThemeIcon({ old: "history", new: "key", left: "circle-outline", switched: "pass" }[of]);
  item.accessibilityInformation = { label: `${label}, ${description}` };
  if (place) item.command = { command: "registryCache.openAt", title: l10n.t("Open"), arguments: [place] };
  return item;
}
