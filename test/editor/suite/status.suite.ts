import { deepEqual } from "node:assert/strict";
import { LanguageStatusSeverity } from "vscode";
import { extension, file, find, findings, open, replace, revert, until } from "./editor.ts";

suite("status", () => {
  test("says how many findings the active document has, and follows its changes", async () => {
    const { status } = await extension();
    const editor = await open("broken.yaml");
    await findings(file("broken.yaml"), (found) => found.length === 2);
    deepEqual(status.status, {
      text: "Registry Cache: 2 findings",
      severity: LanguageStatusSeverity.Error,
      busy: false,
    });
    await replace(editor, find(editor.document, "quay-secert"), "quay-secret");
    await until(() => status.status.text === "Registry Cache: 1 finding" || undefined, "one finding less");
    await revert(editor);
  });

  test("says that a document has no Shoot", async () => {
    const { status } = await extension();
    await open("notes.yaml");
    deepEqual(status.status, {
      text: "Registry Cache: no Shoot",
      severity: LanguageStatusSeverity.Information,
      busy: false,
    });
  });
});
