import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratch, shootWith } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { change, open, openServer, type Server, uriOf } from "./server.ts";

// The rule: a value of a Secret is in nothing that the server sends or logs, but for edits that put it elsewhere in the
// text that the client has open: a fix moves or repairs the value that stands there. Every other answer is searched.
const planted = ["Pl4nted-Username", "Pl4nted-Password", "UGw0bnRlZC1QYXNzd29yZA"];
const plainSecret = `apiVersion: v1
kind: Secret
metadata: { name: quay-v1 }
stringData:
  username: " ${planted[0]}"
  password: |
    ${planted[1]}
data: { extra: ${planted[2]}== }
`;
const broken = plainSecret.replace("metadata: {", "metadata: [{").replace("stringData:", "stringData");
const shoot = shootWith({
  caches: `caches:\n- upstream: quay.io\n  secretReferenceName: quay\n  remoteURL: https://${planted[0]}:${planted[1]}@quay.io`,
  resources: "- name: quay\n  resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }",
});
const capabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
      resolveSupport: { properties: ["edit"] },
      dataSupport: true,
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    completion: { completionItem: { snippetSupport: true } },
  },
  workspace: {
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ["create", "rename", "delete"],
      changeAnnotationSupport: {},
    },
  },
};

/** What the server said, without the new texts of edits. */
function said({ received, stderr }: Server): string {
  const messages = received.map((it) => JSON.stringify(it, (key, value) => (key === "newText" ? "" : value)));
  return [...messages, stderr()].join("\n");
}

/** Asks everything at every third place of a document. */
async function askAll(server: Server, uri: string, text: string): Promise<void> {
  const textDocument = { uri };
  const all = ["documentSymbol", "codeLens", "foldingRange", "documentLink", "diagnostic"].map((it) =>
    server.ask(`textDocument/${it}`, { textDocument }),
  );
  for (const [line, content] of text.split("\n").entries()) {
    for (let character = 0; character <= content.length; character += 3) {
      const position = { line, character };
      const range = { start: position, end: position };
      const context = { includeDeclaration: true, diagnostics: [] };
      const params = { textDocument, position, positions: [position], range, context, newName: "other-name" };
      const methods = [
        "hover",
        "definition",
        "references",
        "documentHighlight",
        "prepareRename",
        "rename",
        "codeAction",
      ];
      for (const it of [...methods, "completion", "selectionRange"]) all.push(server.ask(`textDocument/${it}`, params));
    }
  }
  const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
  all.push(server.ask("textDocument/inlayHint", { textDocument, range }));
  const context = { diagnostics: [], only: ["quickfix", "refactor", "source"] };
  const actions = await server.ask("textDocument/codeAction", { textDocument, range, context });
  const offered = "result" in actions ? (actions.result as readonly { data?: unknown }[]) : [];
  for (const action of offered) if (action.data !== undefined) all.push(server.ask("codeAction/resolve", action));
  await Promise.all(all);
}

test.each([
  ["a Secret", plainSecret],
  ["a Secret that cannot be read", broken],
  ["a Shoot with an address that holds a credential", shoot],
])(
  "no value of %s is in anything that the server sends",
  async (_, text) => {
    const folder = makeScratch({ "secret.yaml": plainSecret, "shoot.yaml": shoot });
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const server = await openServer({ folders: [folder], capabilities, options: { trusted: true, chains: true } });
    const uri = uriOf(join(folder, text === shoot ? "shoot.yaml" : "secret.yaml"));
    open(server, uri, text);
    await askAll(server, uri, text);
    writeFileSync(join(folder, "secret.yaml"), `${plainSecret}---\n${broken}`);
    server.notify("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uriOf(join(folder, "secret.yaml")), type: 2 }],
    });
    change(server, uri, 2, `${text}\n---\n${broken}`);
    await server.ask("workspace/symbol", { query: "" });
    await server.ask("workspace/symbol", { query: planted[0] });
    for (const it of ["chains", "rotations", "credentials"]) await server.ask(`registryCache/${it}`);
    for (const it of ["runtime", "runtimeChanges"]) await server.ask(`registryCache/${it}`, { uri, since: "saved" });
    const credential = { username: planted[0], password: planted[1] };
    await server.ask("registryCache/planRotation", { name: "quay-v1", credential });
    for (const format of ["svg", "dot", "mermaid"]) await server.ask("registryCache/graph", { format });
    // Malformed requests are logged, and their parameters may quote the document.
    server.notify("textDocument/didChange", { textDocument: { uri }, contentChanges: [{ text: planted[1] }] });
    await server.ask("textDocument/hover", { textDocument: planted[1] });
    const found = planted.filter((it) => said(server).includes(it));
    expect(found).toEqual([]);
    expect(server.received.length).toBeGreaterThan(400);
  },
  60_000,
);
