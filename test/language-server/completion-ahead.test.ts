import { frame, type LspMessage, shootWith } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { open, openServer, published, type Server } from "./server.ts";

const uri = "file:///shoot.yaml";
const shoot = shootWith({
  caches: "caches:\n- upstream: quay.io\n  secretReferenceName: quay\n  # registry-cache: ignore \n",
  resources: "- name: quay\n  resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }",
});

/** Where the first match of a pattern ends in the Shoot. */
function behind(pattern: RegExp): number {
  const found = pattern.exec(shoot);
  return found === null ? 0 : found.index + found[0].length;
}

function placeOf(text: string, offset: number): { readonly line: number; readonly character: number } {
  const above = text.slice(0, offset).split("\n");
  return { line: above.length - 1, character: above.at(-1)?.length ?? 0 };
}

/** Types something and asks for proposals behind it, both in one chunk. */
async function typeAndAsk(server: Server, line: RegExp, typed: string): Promise<readonly LspMessage[]> {
  const start = placeOf(shoot, behind(line));
  const position = { ...start, character: start.character + typed.length };
  const before = server.received.length;
  const messages = [
    {
      method: "textDocument/didChange",
      params: { textDocument: { uri, version: 2 }, contentChanges: [{ range: { start, end: start }, text: typed }] },
    },
    { id: "list", method: "textDocument/completion", params: { textDocument: { uri }, position } },
  ];
  server.child.stdin?.write(Buffer.concat(messages.map((it) => frame(JSON.stringify({ jsonrpc: "2.0", ...it })))));
  await published(server, uri, 2);
  // An answer to this comes behind that of the list, whichever way that took.
  await server.request("textDocument/foldingRange", { textDocument: { uri } });
  return server.received.slice(before);
}

async function openShoot(text = shoot): Promise<Server> {
  const server = await openServer();
  open(server, uri, text);
  await published(server, uri);
  return server;
}

function orderOf(messages: readonly LspMessage[]): readonly unknown[] {
  return messages
    .map((it) => (it.id === "list" ? "list" : it.method))
    .filter((it) => it === "list" || it === "textDocument/publishDiagnostics")
    .slice(0, 2);
}

test.each([
  ["a key, which its lines tell", /^ {2}cloudProfile.*\n/m, "  p", ["list", "textDocument/publishDiagnostics"]],
  ["a name, for which the text is read", /secretReferenceName: quay/, "-", ["textDocument/publishDiagnostics", "list"]],
  ["a code that is found there", /ignore /, "R", ["textDocument/publishDiagnostics", "list"]],
])("proposals right behind an edit are those of the new text: %s", async (_, line, typed, order) => {
  const server = await openShoot();
  const messages = await typeAndAsk(server, line, typed);
  expect(orderOf(messages)).toEqual(order);
  const at = behind(line);
  const text = shoot.slice(0, at) + typed + shoot.slice(at);
  const fresh = await openShoot(text);
  const position = placeOf(text, at + typed.length);
  const expected = await fresh.request("textDocument/completion", { textDocument: { uri }, position });
  const list = messages.find((it) => it.id === "list")?.result;
  expect(list).toEqual(expected);
  expect(JSON.stringify(list)).toContain('"label"');
});
