import { deepEqual } from "node:assert/strict";
import {
  CompletionItemKind,
  type CompletionItemLabel,
  type CompletionList,
  ConfigurationTarget,
  commands,
  type InlayHint,
  Range,
  workspace,
} from "vscode";
import { find, open, replace, revert, until, within } from "./editor.ts";

const text = (label: string | CompletionItemLabel) => (typeof label === "string" ? label : label.label);

/** What is offered behind the first characters of a text, once anything is. The words of the document are VS Code's. */
async function completions(path: string, holds: string, after: number): Promise<string[]> {
  const { document } = await open(path);
  const position = within(document, holds, after);
  return await until(async () => {
    const command = "vscode.executeCompletionItemProvider";
    const { items } = await commands.executeCommand<CompletionList>(command, document.uri, position);
    const ours = items.filter(({ kind }) => kind !== CompletionItemKind.Text);
    return ours.length > 0 ? ours.map(({ label }) => text(label)) : undefined;
  }, "completions");
}

suite("writing", () => {
  test("completes a reference with the names that are declared", async () => {
    const key = "secretReferenceName: ";
    deepEqual(await completions("fleet/north.yaml", `${key}quay`, key.length), ["quay-secret"]);
  });

  test("completes the fields of a cache that are not there yet", async () => {
    const editor = await open("fleet/south.yaml");
    await replace(
      editor,
      find(editor.document, "          - upstream: ghcr.io\n"),
      "          - upstream: ghcr.io\n            \n",
    );
    deepEqual(await completions("fleet/south.yaml", "ghcr.io\n            ", 20), [
      "remoteURL",
      "volume",
      "garbageCollection",
      "secretReferenceName",
      "proxy",
      "http",
      "highAvailability",
      "serviceNameSuffix",
    ]);
    await revert(editor);
  });

  test("inlay hints show defaults when they are asked for, and not before", async () => {
    const { document } = await open("fleet/south.yaml");
    const hints = () =>
      commands.executeCommand<InlayHint[]>(
        "vscode.executeInlayHintProvider",
        document.uri,
        new Range(0, 0, document.lineCount, 0),
      );
    deepEqual(
      (await hints()).map(({ label }) => label),
      [],
    );
    const settings = workspace.getConfiguration("registryCache");
    await settings.update("inlayHints.enabled", true, ConfigurationTarget.Global);
    const shown = await until(async () => {
      const found = await hints();
      return found.length > 0 ? found : undefined;
    }, "hints");
    await settings.update("inlayHints.enabled", undefined, ConfigurationTarget.Global);
    deepEqual(
      shown.map(({ label, position }) => `${position.line + 1}: ${typeof label === "string" ? label : ""}`),
      [
        "13:  volume.size: 10Gi, garbageCollection.ttl: 168h",
        "14:  = Secret ro-quay-v3",
        "15:  volume.size: 10Gi, garbageCollection.ttl: 168h",
      ],
    );
  });
});
