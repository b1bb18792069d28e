import { deepEqual } from "node:assert/strict";
import { type CodeAction, CodeActionKind, commands, DiagnosticSeverity, Range, Uri, workspace } from "vscode";
import { file, find, findings, open, pathOf, replace, revert, shown, until, within } from "./editor.ts";

/** The actions that the editor offers for a text. */
async function actionsAt(uri: Uri, range: Range, kind?: string): Promise<CodeAction[]> {
  return await commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", uri, range, kind, 20);
}

suite("findings", () => {
  test("are shown at their place, with the rule's page behind the code", async () => {
    const { document } = await open("broken.yaml");
    const found = await findings(document.uri, (them) => them.length === 2);
    deepEqual(
      found.map(({ range, message, severity, code }) => ({ at: shown(document, range), message, severity, code })),
      [
        {
          at: "13: https://quay.io",
          message: '"https://quay.io" is not the name of a registry host: it must not have a scheme',
          severity: DiagnosticSeverity.Error,
          code: { value: "RC102", target: Uri.parse("command:registryCache.explain?%5B%22RC102%22%5D") },
        },
        {
          at: "14: quay-secert",
          message: '"quay-secert" is not declared in spec.resources',
          severity: DiagnosticSeverity.Error,
          code: { value: "RC201", target: Uri.parse("command:registryCache.explain?%5B%22RC201%22%5D") },
        },
      ],
    );
  });

  test("follow what is typed, without saving", async () => {
    const editor = await open("broken.yaml");
    await replace(editor, find(editor.document, "quay-secert"), "quay-secret");
    const [left] = await findings(editor.document.uri, (them) => them.length === 1);
    deepEqual(left && shown(editor.document, left.range), "13: https://quay.io");
    await revert(editor);
  });

  test("of a file that is not open are there too, and go when the file on disk is mended", async () => {
    const uri = file("fleet/late.yaml");
    const text = (await open("broken.yaml")).document.getText();
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text.replace("misspelt", "late")));
    await findings(uri, (them) => them.length === 2);
    await workspace.fs.delete(uri);
    await findings(uri, (them) => them.length === 0);
  });
});

suite("code actions", () => {
  test("a finding's fixes are offered at its place, the certain one first", async () => {
    const { document } = await open("broken.yaml");
    await findings(document.uri, (them) => them.length === 2);
    const actions = await actionsAt(document.uri, find(document, "quay-secert"), CodeActionKind.QuickFix.value);
    deepEqual(
      actions.map(({ title, isPreferred }) => ({ title, isPreferred })),
      [
        { title: 'Change to "quay-secret"', isPreferred: true },
        { title: 'Declare "quay-secert" in spec.resources', isPreferred: undefined },
      ],
    );
  });

  test("a fix changes its place and nothing else", async () => {
    const editor = await open("broken.yaml");
    const before = editor.document.getText();
    await findings(editor.document.uri, (them) => them.length === 2);
    const [fix] = await actionsAt(editor.document.uri, find(editor.document, "quay-secert"));
    if (fix?.edit) await workspace.applyEdit(fix.edit);
    deepEqual(editor.document.getText(), before.replace("quay-secert", "quay-secret"));
    await revert(editor);
  });

  test("everything that is certain is mended by one command", async () => {
    const editor = await open("broken.yaml");
    const before = editor.document.getText();
    await findings(editor.document.uri, (them) => them.length === 2);
    await commands.executeCommand("registryCache.fixAll");
    const mended = before.replace("https://quay.io", "quay.io").replace("quay-secert", "quay-secret");
    await until(() => editor.document.getText() === mended || undefined, "the mended text");
    await revert(editor);
  });

  test("a rotation is offered on the name of a Secret, as changes of all files that a person confirms", async () => {
    const { document } = await open("fleet/north.yaml");
    const position = within(document, "name: ro-quay-v3", 8);
    const actions = await until(async () => {
      const offered = await actionsAt(document.uri, new Range(position, position), CodeActionKind.Refactor.value);
      return offered.length > 0 ? offered : undefined;
    }, "a rotation");
    const rotation = actions.find(({ title }) => title.startsWith("Rotate"));
    const changed = rotation?.edit?.entries().flatMap(([uri, edits]) => edits.map((it) => [pathOf(uri), it.newText]));
    const secret = [
      "apiVersion: v1",
      "kind: Secret",
      "metadata:",
      "  name: ro-quay-v4",
      "  namespace: garden-dev",
      "type: Opaque",
      "immutable: true",
      "stringData:",
      '  username: ""',
      '  password: ""',
      "",
    ];
    deepEqual(changed, [
      ["secrets/ro-quay-v4.yaml", secret.join("\n")],
      // Changes nothing: it makes the preview appear.
      ["secrets/ro-quay-v4.yaml", ""],
      ["broken.yaml", "ro-quay-v4"],
      ["fleet/north.yaml", "ro-quay-v4"],
      ["fleet/south.yaml", "ro-quay-v4"],
    ]);
    deepEqual(rotation?.command?.command, "registryCache.openAt");
  });
});
