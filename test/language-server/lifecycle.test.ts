import { spawn } from "node:child_process";
import { frame } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { open, openServer, published, startServer } from "./server.ts";

test("answers initialize, shuts down, and ends with 0", async () => {
  const server = await openServer();
  expect(await server.request("shutdown")).toBe(null);
  server.notify("exit");
  expect(await server.ended).toBe(0);
  expect(server.stderr()).toBe("");
});

test("ends with 0 even when the client closes the stream with its last word", async () => {
  const server = await openServer();
  server.notify("initialized", {});
  const say = (body: object): string => frame(JSON.stringify({ jsonrpc: "2.0", ...body })).toString();
  server.child.stdin?.end(say({ id: 99, method: "shutdown" }) + say({ method: "exit" }));
  expect(await server.ended).toBe(0);
});

test("ends with 1 when the client says exit without shutdown", async () => {
  const server = await openServer();
  server.notify("exit");
  expect(await server.ended).toBe(1);
});

test("ends with 1 when the client goes away", async () => {
  const server = await openServer();
  server.child.stdin?.end();
  expect(await server.ended).toBe(1);
});

test("ends when nobody reads any more", async () => {
  const server = await openServer();
  server.child.stdout?.destroy();
  open(server, "file:///a.yaml", "kind: Shoot\n");
  expect(await server.ended).toBe(1);
});

test("takes --stdio, which some editors add", async () => {
  const server = await openServer({}, { args: ["lsp", "--stdio"] });
  expect(await server.request("shutdown")).toBe(null);
});

test("refuses requests before initialize and after shutdown, and a second initialize", async () => {
  const server = startServer();
  expect(await server.ask("textDocument/hover", {})).toEqual({ error: { code: -32002, message: "not initialized" } });
  await server.request("initialize", { processId: null, rootUri: null, capabilities: {} });
  expect(await server.ask("initialize", {})).toEqual({ error: { code: -32600, message: "unexpected initialize" } });
  await server.request("shutdown");
  expect(await server.ask("textDocument/codeAction", {})).toEqual({
    error: { code: -32600, message: "unexpected textDocument/codeAction" },
  });
});

test.each([
  ["no/such/method", {}, { code: -32601, message: "unknown request no/such/method" }],
  ["constructor", {}, { code: -32601, message: "unknown request constructor" }],
  ["textDocument/codeAction", {}, { code: -32602, message: "malformed parameters" }],
  ["textDocument/codeAction", [1], { code: -32602, message: "malformed parameters" }],
  ["textDocument/codeAction", { textDocument: { uri: 1 } }, { code: -32602, message: "malformed parameters" }],
  ["registryCache/rulePage", { code: "RC999" }, { code: -32602, message: "there is no such rule" }],
])("answers %s with %j by an error, and goes on", async (method, params, error) => {
  const server = await openServer();
  expect(await server.ask(method, params)).toEqual({ error });
  expect(await server.request("shutdown")).toBe(null);
});

test("survives notifications that make no sense", async () => {
  const server = await openServer();
  server.notify("textDocument/didOpen", { textDocument: {} });
  server.notify("textDocument/didOpen");
  server.notify("textDocument/didChange", {
    textDocument: { uri: "file:///never-opened", version: 1 },
    contentChanges: [],
  });
  server.notify("textDocument/didChange", [null]);
  server.notify("textDocument/didClose", { textDocument: { uri: "file:///never-opened" } });
  server.notify("workspace/didChangeWatchedFiles", { changes: "all" });
  server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: "file:///\u0000%zz", type: 9 }] });
  server.notify("workspace/didChangeWorkspaceFolders", { event: { added: [{ uri: "no uri" }], removed: [] } });
  server.notify("no/such/notification", {});
  server.notify("$/setTrace", { value: "verbose" });
  server.child.stdin?.write(frame("{ this is no JSON"));
  server.child.stdin?.write(frame("[]"));
  open(server, "file:///a.yaml", "kind: Shoot\n");
  expect(await published(server, "file:///a.yaml")).toEqual([]);
});

test("a cancelled request is answered as such", async () => {
  const server = await openServer();
  const params = { previousResultIds: [{ uri: "file:///a.yaml", value: "1" }] };
  expect(await server.askAndCancel("workspace/diagnostic", params)).toEqual({
    error: { code: -32800, message: expect.any(String) },
  });
});

test("ends when the process that its client named ends", async () => {
  const editor = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const server = startServer();
  await server.request("initialize", { processId: editor.pid, rootUri: null, capabilities: {} });
  editor.kill();
  expect(await server.ended).toBe(1);
});
