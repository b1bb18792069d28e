import { deepEqual } from "node:assert/strict";
import {
  type CodeLens,
  commands,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type Location,
  type LocationLink,
  MarkdownString,
  type Position,
  type SelectionRange,
  type SymbolInformation,
  type TextDocument,
  type WorkspaceEdit,
  workspace,
} from "vscode";
import { open, pathOf, shown, until, within } from "./editor.ts";

/** Asks as the editor does, until there is an answer: other files may still be read. */
function ask<T>(command: string, ...given: readonly unknown[]): Promise<readonly T[]> {
  return until(async () => {
    const answer = await commands.executeCommand<T[] | undefined>(command, ...given);
    return answer && answer.length > 0 ? answer : undefined;
  }, command);
}

/** A place in a file as people name it. */
async function placed({ uri, range }: Location): Promise<string> {
  const document = await workspace.openTextDocument(uri);
  return `${pathOf(uri)} ${shown(document, range)}`;
}

async function placesAt(command: string, { uri }: TextDocument, position: Position): Promise<string[]> {
  const found = await ask<Location | LocationLink>(command, uri, position);
  const places = found.map((it) =>
    "targetUri" in it ? { uri: it.targetUri, range: it.targetSelectionRange ?? it.targetRange } : it,
  );
  return (await Promise.all(places.map(placed))).sort();
}

suite("navigation", () => {
  test("hover says what a field is for", async () => {
    const { document } = await open("fleet/north.yaml");
    const hovers = await ask<Hover>(
      "vscode.executeHoverProvider",
      document.uri,
      within(document, "secretReferenceName"),
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((it) => (it instanceof MarkdownString ? it.value : "")),
    );
    deepEqual(texts, [
      "**secretReferenceName**: a string\n\nThe name of an entry of spec.resources whose Secret holds username and password for the upstream.",
    ]);
  });

  test("a reference leads to its entry, and the entry to the Secret's manifest", async () => {
    const { document } = await open("fleet/north.yaml");
    deepEqual(
      await placesAt(
        "vscode.executeDefinitionProvider",
        document,
        within(document, "secretReferenceName: quay-secret", 24),
      ),
      ["fleet/north.yaml 18: quay-secret"],
    );
    deepEqual(await placesAt("vscode.executeDefinitionProvider", document, within(document, "name: ro-quay-v3", 8)), [
      "secrets/quay.yaml 4: ro-quay-v3",
    ]);
  });

  test("a Secret knows all who refer to it", async () => {
    const { document } = await open("secrets/quay.yaml");
    deepEqual(await placesAt("vscode.executeReferenceProvider", document, within(document, "ro-quay-v3", 3)), [
      "broken.yaml 20: ro-quay-v3",
      "fleet/north.yaml 22: ro-quay-v3",
      "fleet/south.yaml 21: ro-quay-v3",
      "secrets/quay.yaml 4: ro-quay-v3",
    ]);
  });

  test("the uses of a name in its file are highlighted", async () => {
    const { document } = await open("fleet/north.yaml");
    const position = within(document, "- name: quay-secret", 10);
    const found = await ask<DocumentHighlight>("vscode.executeDocumentHighlights", document.uri, position);
    deepEqual(
      found.map(
        ({ range, kind }) => `${shown(document, range)} ${kind === undefined ? "" : DocumentHighlightKind[kind]}`,
      ),
      ["14: quay-secret Read", "18: quay-secret Write"],
    );
  });

  test("a rename changes every file that uses the name", async () => {
    const { document } = await open("secrets/quay.yaml");
    const position = within(document, "ro-quay-v3", 3);
    const edit = await commands.executeCommand<WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      position,
      "ro-quay-v9",
    );
    const changed = edit.entries().flatMap(([uri, edits]) => edits.map(({ newText }) => `${pathOf(uri)} ${newText}`));
    deepEqual(changed.sort(), [
      "broken.yaml ro-quay-v9",
      "fleet/north.yaml ro-quay-v9",
      "fleet/south.yaml ro-quay-v9",
      "secrets/quay.yaml ro-quay-v9",
    ]);
  });

  test("links lead to the Secret", async () => {
    const { document } = await open("fleet/north.yaml");
    const links = await ask<DocumentLink>("vscode.executeLinkProvider", document.uri);
    deepEqual(
      links.map(({ range, target }) => `${shown(document, range)} -> ${target ? pathOf(target) : ""}`),
      ["22: ro-quay-v3 -> secrets/quay.yaml"],
    );
  });

  test("the outline has the caches, and the workspace finds its Shoots and Secrets by name", async () => {
    const { document } = await open("fleet/south.yaml");
    const symbols = await ask<DocumentSymbol>("vscode.executeDocumentSymbolProvider", document.uri);
    const outline = (them: readonly DocumentSymbol[]): unknown[] =>
      them.map(({ name, children }) => (children.length > 0 ? [name, outline(children)] : name));
    deepEqual(outline(symbols), [
      [
        "south",
        [
          ["caches", ["quay.io", "ghcr.io"]],
          ["resources", ["quay-secret"]],
        ],
      ],
    ]);
    const found = await ask<SymbolInformation>("vscode.executeWorkspaceSymbolProvider", "quay");
    deepEqual(found.map(({ name, location }) => `${name} ${pathOf(location.uri)}`).sort(), [
      "https://quay.io broken.yaml",
      "quay-secret broken.yaml",
      "quay-secret fleet/north.yaml",
      "quay-secret fleet/south.yaml",
      "quay.io fleet/north.yaml",
      "quay.io fleet/south.yaml",
      "ro-quay-v3 secrets/quay.yaml",
    ]);
  });

  test("what belongs together folds", async () => {
    const { document } = await open("fleet/north.yaml");
    const ranges = await ask<FoldingRange>("vscode.executeFoldingRangeProvider", document.uri);
    deepEqual(
      ranges.map(({ start, end }) => `${start + 1}-${end + 1}`),
      ["3-5", "6-22", "7-16", "8-16", "9-16", "12-16", "13-16", "15-16", "17-22", "18-22", "19-22"],
    );
  });

  test("lenses say how many use a Secret, and offer to test it", async () => {
    const { document } = await open("secrets/quay.yaml");
    const lenses = await until(async () => {
      const found = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 20);
      return found.length > 0 ? found : undefined;
    }, "lenses");
    deepEqual(
      lenses.map(({ range, command }) => `${range.start.line + 1}: ${command?.title}`),
      ["4: used by 2 caches in 2 Shoots", "4: Test this credential"],
    );
  });

  test("a selection grows from the value to the cache to the Shoot", async () => {
    const { document } = await open("fleet/north.yaml");
    const [innermost] = await ask<SelectionRange>("vscode.executeSelectionRangeProvider", document.uri, [
      within(document, "20Gi"),
    ]);
    const lines = new Set<string>();
    for (let at = innermost; at; at = at.parent as typeof at) {
      lines.add(`${at.range.start.line + 1}-${at.range.end.line + 1}`);
    }
    // Others have a say too: the last is VS Code's own whole document.
    const grown = ["16-16", "15-16", "13-16", "12-16", "10-16", "9-16", "8-16", "7-16", "7-22", "6-22", "1-22", "1-23"];
    deepEqual([...lines], grown);
  });
});
