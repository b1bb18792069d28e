import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { indexLines, rules } from "@registry-cache/core";
import { makeScratch, readMarks } from "@registry-cache/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openServer, type Server, type ShownDiagnostic, uriOf } from "./server.ts";

const paths = ["a.yaml", "b/a.yaml", "b/c.yaml", "b/.registry-cache.yaml", "d/e.json"] as const;
const manifests = rules.filter((it) => !it.example.isSettings).flatMap(({ example }) => [example.bad, example.good]);
const settings = [
  "severities: { RC2: info }\n",
  "ignores: [{ paths: ['**'], codes: [RC1] }]\n",
  "policies: { allowedUpstreams: [quay.io] }\n",
  "nonsense: [",
];
const documents = manifests.map((it) => outdent(readMarks(it.replace(/^\n/, "")).text));
/** Long files, of which an edit changes one document. */
const streams = Array.from({ length: 30 }, (_, at) =>
  [0, 7, 19, 31].map((it) => documents[(at * 5 + it) % documents.length]),
);
const texts = [...documents, ...streams.map((it) => it.join("---\n")), ...settings, "", "kind: ConfigMap\n"];
const methods = [
  "textDocument/hover",
  "textDocument/definition",
  "textDocument/completion",
  "textDocument/references",
  "textDocument/documentSymbol",
  "textDocument/codeLens",
  "textDocument/codeAction",
  "textDocument/prepareRename",
  "textDocument/rename",
  "textDocument/inlayHint",
  "textDocument/foldingRange",
  "textDocument/selectionRange",
  "textDocument/documentLink",
  "textDocument/diagnostic",
  "workspace/symbol",
  "registryCache/chains",
  "registryCache/graph",
];

/** Something that a person, a program or a broken client does. */
type Step =
  | { readonly do: "open" | "write"; readonly path: string; readonly text: string }
  | {
      readonly do: "edit";
      readonly path: string;
      readonly at: number;
      readonly remove: number;
      readonly insert: string;
    }
  | { readonly do: "type"; readonly path: string; readonly at: number; readonly word: string; readonly quick: boolean }
  | { readonly do: "undo" | "close" | "delete"; readonly path: string }
  | { readonly do: "ask" | "cancel"; readonly path: string; readonly method: string; readonly at: number }
  | { readonly do: "nonsense"; readonly method: string; readonly params: unknown }
  | { readonly do: "folder"; readonly add: boolean };

const path = fc.constantFrom(...paths);
const text = fc.constantFrom(...texts);
const method = fc.constantFrom(...methods);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom("open", "write"), path, text }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("edit"),
      path,
      at: fc.nat(3000),
      remove: fc.nat(30),
      insert: fc.oneof(
        fc.constantFrom("---\n", "\r\n", "😀", "&a ", "*a", "  ", "[", "Secret"),
        fc.string({ maxLength: 6 }),
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("type"),
      path,
      at: fc.nat(3000),
      word: fc.constantFrom("# note\n", "v2", "  x: 1\n", "😀", "\r\n"),
      quick: fc.boolean(),
    }),
  },
  fc.record({ do: fc.constantFrom("undo", "close", "delete"), path }),
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("ask", "cancel"), path, method, at: fc.nat(3000) }) },
  fc.record({ do: fc.constant("nonsense"), method, params: fc.jsonValue() }),
  fc.record({ do: fc.constant("folder"), add: fc.boolean() }),
);

/** What a client has open, and what is on disk. */
interface State {
  readonly root: string;
  readonly open: Map<string, string[]>;
  readonly disk: Map<string, string>;
  version: number;
  hasFolder: boolean;
}

test("after anything that clients do a server says what a fresh one says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const state: State = { root: makeScratch(), open: new Map(), disk: new Map(), version: 1, hasFolder: true };
      try {
        const server = await start(state);
        const answers = steps.map((it) => perform(server, state, it));
        // Whatever was asked is answered, if only by an error.
        await Promise.all(answers);
        const told = await diagnosticsOf(server);
        await end(server);
        const fresh = await start(state);
        for (const [at, versions] of state.open) open(fresh, state, at, versions.at(-1) ?? "");
        expect(told).toEqual(await diagnosticsOf(fresh));
        await end(fresh);
      } finally {
        rmSync(state.root, { recursive: true, force: true });
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);

function start({ root, hasFolder }: State): Promise<Server> {
  const capabilities = {
    textDocument: {
      diagnostic: {},
      publishDiagnostics: { relatedInformation: true },
      codeAction: { codeActionLiteralSupport: {} },
    },
  };
  return openServer({ folders: hasFolder ? [root] : [], capabilities });
}

async function end(server: Server): Promise<void> {
  await server.request("shutdown");
  server.notify("exit");
  expect([await server.ended, server.stderr()]).toEqual([0, ""]);
}

/** All that is told of all files, without what counts versions. */
async function diagnosticsOf(server: Server): Promise<unknown> {
  const { items } = (await server.request("workspace/diagnostic", { previousResultIds: [] })) as {
    readonly items: readonly { readonly uri: string; readonly items: readonly ShownDiagnostic[] }[];
  };
  const told = items.filter((it) => it.items.length > 0).map((it) => [it.uri, it.items] as const);
  return Object.fromEntries(
    told.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([uri, of]) => [uri, of.map(comparable)]),
  );
}

/** Users of a Secret are told in the order in which their files came. */
function comparable({ relatedInformation = [], ...rest }: ShownDiagnostic): unknown {
  return { ...rest, related: relatedInformation.map((it) => JSON.stringify(it)).toSorted() };
}

function perform(server: Server, state: State, it: Step): unknown {
  if (it.do === "nonsense") return server.ask(it.method, it.params);
  if (it.do === "folder") return changeFolder(server, state, it.add);
  const file = join(state.root, it.path);
  const textDocument = { uri: uriOf(file) };
  const versions = state.open.get(it.path);
  const now = versions?.at(-1) ?? "";
  switch (it.do) {
    case "open":
      if (versions !== undefined) return undefined;
      state.open.set(it.path, [it.text]);
      return open(server, state, it.path, it.text);
    case "edit":
      return versions && edit(server, state, it);
    case "type":
      return versions && type(server, state, it);
    case "undo":
      if (versions === undefined || versions.length < 2) return undefined;
      versions.pop();
      state.version += 1;
      return server.notify("textDocument/didChange", {
        textDocument: { ...textDocument, version: state.version },
        contentChanges: [{ text: versions.at(-1) }],
      });
    case "close":
      state.open.delete(it.path);
      return server.notify("textDocument/didClose", { textDocument });
    case "write":
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, it.text);
      return watched(server, state, it.path);
    case "delete":
      rmSync(file, { force: true });
      return watched(server, state, it.path);
    case "ask":
    case "cancel":
      return server[it.do === "ask" ? "ask" : "askAndCancel"](it.method, paramsAt(textDocument, now, it.at));
  }
}

function watched(server: Server, { root }: State, at: string): void {
  server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(join(root, at)), type: 2 }] });
}

function open(server: Server, { root, version }: State, at: string, text: string): void {
  const textDocument = { uri: uriOf(join(root, at)), languageId: "yaml", version, text };
  server.notify("textDocument/didOpen", { textDocument });
}

function edit(server: Server, state: State, { path: at, ...given }: Extract<Step, { do: "edit" }>): void {
  const versions = state.open.get(at) ?? [];
  const before = versions.at(-1) ?? "";
  const lines = indexLines(before);
  // What a client sends is a place, and no place is between CR and LF.
  const start = lines.offset(lines.position(given.at % (before.length + 1)));
  const stop = lines.offset(lines.position(Math.min(before.length, start + given.remove)));
  versions.push(before.slice(0, start) + given.insert + before.slice(stop));
  state.version += 1;
  server.notify("textDocument/didChange", {
    textDocument: { uri: uriOf(join(state.root, at)), version: state.version },
    contentChanges: [{ range: { start: lines.position(start), end: lines.position(stop) }, text: given.insert }],
  });
}

/** Types a word letter by letter; who is quick, or an editor that gathers changes, sends several at once. */
function type(server: Server, state: State, { path: at, word, quick, ...given }: Extract<Step, { do: "type" }>): void {
  const letters = [...word];
  const before = state.open.get(at)?.at(-1) ?? "";
  // A whole line is typed at the start of one.
  const start = before.lastIndexOf("\n", given.at % (before.length + 1)) + 1;
  const changes = letters.map((letter, index) => {
    const offset = start + letters.slice(0, index).join("").length;
    const text = state.open.get(at)?.at(-1) ?? "";
    const place = indexLines(text).position(offset);
    const versions = state.open.get(at) ?? [];
    versions.push(text.slice(0, offset) + letter + text.slice(offset));
    return { range: { start: place, end: place }, text: letter };
  });
  for (const contentChanges of quick ? [changes] : changes.map((it) => [it])) {
    state.version += 1;
    const textDocument = { uri: uriOf(join(state.root, at)), version: state.version };
    server.notify("textDocument/didChange", { textDocument, contentChanges });
  }
}

function changeFolder(server: Server, state: State, add: boolean): void {
  if (state.hasFolder === add) return;
  state.hasFolder = add;
  const folder = [{ uri: uriOf(state.root), name: "root" }];
  server.notify("workspace/didChangeWorkspaceFolders", {
    event: { added: add ? folder : [], removed: add ? [] : folder },
  });
}

function paramsAt(textDocument: object, now: string, at: number): object {
  const position = indexLines(now).position(at % (now.length + 1));
  const range = { start: position, end: position };
  const context = { includeDeclaration: true, diagnostics: [] };
  return { textDocument, position, positions: [position], range, context, query: "a", newName: "other", format: "svg" };
}

function outdent(marked: string): string {
  const lines = marked.split("\n");
  const indents = lines.filter((it) => it.trim() !== "").map((it) => it.length - it.trimStart().length);
  return lines.map((it) => it.slice(Math.min(...indents))).join("\n");
}
