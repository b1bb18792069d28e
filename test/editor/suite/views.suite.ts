import { deepEqual, equal, match } from "node:assert/strict";
import { commands, TabInputWebview, type ThemeIcon, Uri, window, workspace } from "vscode";
import type { ChainNode } from "../../../extension/src/chain-tree.ts";
import { extension, open, pathOf, until } from "./editor.ts";

/** The tree as a person reads it: an icon, the label, what hangs below. */
async function tree(rows: readonly ChainNode[]): Promise<unknown[]> {
  const { chains } = await extension();
  return await Promise.all(
    rows.map(async (row) => {
      const item = await chains.provider.getTreeItem(row);
      const children = (await chains.provider.getChildren(row)) ?? [];
      const line = [(item.iconPath as ThemeIcon).id, item.label, item.description].filter(Boolean).join(" ");
      return children.length > 0 ? [line, await tree(children)] : line;
    }),
  );
}

suite("the tree of chains", () => {
  test("shows Shoots, caches, references and Secrets with their health", async () => {
    const { chains } = await extension();
    await open("fleet/north.yaml");
    const rows = await until(async () => {
      const found = (await chains.provider.getChildren()) ?? [];
      return found.length === 3 ? found : undefined;
    }, "three Shoots");
    deepEqual(await tree(rows), [
      ["error misspelt garden-dev", [["error https://quay.io", ["error quay-secert not declared in spec.resources"]]]],
      ["pass north garden-dev", [["pass quay.io", [["pass quay-secret", ["pass ro-quay-v3"]]]]]],
      ["pass south garden-dev", [["pass quay.io", [["pass quay-secret", ["pass ro-quay-v3"]]]], "pass ghcr.io"]],
    ]);
  });

  test("a click opens the place", async () => {
    const { chains } = await extension();
    const rows = (await chains.provider.getChildren()) ?? [];
    const north = rows.find(({ label }) => label === "north");
    const secret = north?.children[0]?.children[0]?.children[0];
    if (!secret) throw new Error("north has no Secret");
    const { command } = await chains.provider.getTreeItem(secret);
    await commands.executeCommand(command?.command ?? "", ...(command?.arguments ?? []));
    const editor = window.activeTextEditor;
    equal(
      editor && `${pathOf(editor.document.uri)} ${editor.document.getText(editor.selection)}`,
      "secrets/quay.yaml ro-quay-v3",
    );
  });
});

suite("the graph", () => {
  test("draws the chains of the active file in a page that can load nothing", async () => {
    const { graph } = await extension();
    await open("fleet/north.yaml");
    await commands.executeCommand("registryCache.showGraph");
    const html = await until(() => graph.html || undefined, "the graph");
    match(html, /default-src 'none'; style-src 'nonce-[\w-]+'; script-src 'nonce-[\w-]+'/);
    const named = ["north", "south", "quay.io", "quay-secret", "ro-quay-v3"].filter((it) => html.includes(it));
    deepEqual(named, ["north", "quay.io", "quay-secret", "ro-quay-v3"]);
    await commands.executeCommand("workbench.action.closeAllEditors");
  });
});

suite("a rule's page", () => {
  test("is shown as Markdown, and its source is the page of the documentation", async () => {
    await commands.executeCommand("registryCache.explain", "RC201");
    await until(() => {
      const { activeTab } = window.tabGroups.activeTabGroup;
      return (activeTab?.input instanceof TabInputWebview && activeTab.label.includes("RC201")) || undefined;
    }, "the preview of RC201");
    const page = await workspace.openTextDocument(Uri.parse("registry-cache:/rules/RC201.md"));
    equal(page.lineAt(0).text, "# RC201 reference-unresolved");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });
});
