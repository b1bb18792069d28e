import { chmodSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { openServer, type Server, uriOf } from "./server.ts";

function shoot(name: string, target: string): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}, namespace: garden-a }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches: [{ upstream: quay.io, secretReferenceName: quay }]
  resources:
  - { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ${target} } }
`;
}

function secret(name: string, password = "0LD-PLANTED"): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: garden-a }
type: Opaque
immutable: true
stringData: { username: robot, password: "${password}" }
`;
}

interface Opened {
  readonly server: Server;
  readonly folder: string;
}

async function openFolder(texts: { readonly [file: string]: string }, trusted = true): Promise<Opened> {
  const folder = makeScratch(texts);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const capabilities = {
    textDocument: {
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
        resolveSupport: { properties: ["edit"] },
        dataSupport: true,
      },
    },
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] } },
  };
  return { server: await openServer({ folders: [folder], capabilities, options: { trusted } }), folder };
}

function said({ received, stderr }: Server): string {
  return JSON.stringify(received) + stderr();
}

const id = { name: "quay-v1", namespace: "garden-a" };
const credential = { username: "robot", password: "N3W-PLANTED" };

interface Rotation {
  readonly from: string;
  readonly to: string;
  readonly next: string;
  readonly left: readonly { readonly name: string }[];
  readonly emptyValue?: unknown;
  readonly action?: object;
}

test("rotations that are pending come with their next step, which the server resolves", async () => {
  const files = { "a.yaml": shoot("a", "quay-v1"), "b.yaml": shoot("b", "quay-v2"), "s.yaml": secret("quay-v1") };
  const { server, folder } = await openFolder({ ...files, "t.yaml": secret("quay-v2", "other") });
  const [found] = (await server.request("registryCache/rotations")) as Rotation[];
  expect([found?.from, found?.to, found?.next, found?.left.map((it) => it.name)]).toEqual([
    "quay-v1",
    "quay-v2",
    "switch",
    ["a"],
  ]);
  const action = { title: "", data: { uri: "", action: found?.action } };
  const { edit } = (await server.request("codeAction/resolve", action)) as { edit: object };
  const range = { start: { line: 11, character: 69 }, end: { line: 11, character: 76 } };
  expect(edit).toEqual({
    documentChanges: [
      { textDocument: { uri: uriOf(join(folder, "a.yaml")), version: null }, edits: [{ range, newText: "quay-v2" }] },
    ],
  });
});

test("a new Secret without values is to be filled in, at its first empty value", async () => {
  const { server, folder } = await openFolder({
    "a.yaml": shoot("a", "quay-v1"),
    "s.yaml": `${secret("quay-v1")}---\n${secret("quay-v2", "")}`,
  });
  const [found] = (await server.request("registryCache/rotations")) as Rotation[];
  expect([found?.next, found?.emptyValue, found?.action]).toEqual([
    "fill-in",
    {
      uri: uriOf(join(folder, "s.yaml")),
      range: { start: { line: 12, character: 41 }, end: { line: 12, character: 43 } },
    },
    undefined,
  ]);
});

test("the credentials that can be rotated come with who uses them, and the old username is told when it is asked for", async () => {
  const texts = { "a.yaml": shoot("a", "quay-v1"), "b.yaml": shoot("b", "quay-v1"), "s.yaml": secret("quay-v1") };
  const { server, folder } = await openFolder(texts);
  const uri = uriOf(join(folder, "s.yaml"));
  expect(await server.request("registryCache/credentials")).toEqual([
    { ...id, form: "Secret", uri, upstreams: ["quay.io"], shootCount: 2 },
  ]);
  expect(await server.request("registryCache/oldUsername", id)).toEqual({ username: "robot" });
});

test("a credential is rotated as `rotate -f` does it: planned without any value, then written", async () => {
  const texts = { "a.yaml": shoot("a", "quay-v1"), "s/s.yaml": secret("quay-v1") };
  const { server, folder } = await openFolder(texts);
  chmodSync(join(folder, "s/s.yaml"), 0o600);
  const plan = (await server.request("registryCache/planRotation", { ...id, credential })) as {
    [key: string]: unknown;
    changes: { uri: string; after: string }[];
  };
  const { changes, ...rest } = plan;
  expect(rest).toEqual({ from: "quay-v1", to: "quay-v2", shootCount: 1, notes: [] });
  expect(changes.map(({ uri, after }) => [uri.slice(uriOf(folder).length), after])).toEqual([
    [
      "/s/quay-v2.yaml",
      `apiVersion: v1
kind: Secret
metadata:
  name: quay-v2
  namespace: garden-a
type: Opaque
immutable: true
stringData:
  username: <redacted>
  password: <redacted>
`,
    ],
    ["/a.yaml", shoot("a", "quay-v2")],
  ]);
  const written = await server.request("registryCache/carryOutRotation", { ...id, credential, to: "quay-v2" });
  expect(written).toEqual([uriOf(join(folder, "s/quay-v2.yaml")), uriOf(join(folder, "a.yaml"))]);
  const made = join(folder, "s/quay-v2.yaml");
  expect(readFileSync(made, "utf8")).toContain('  username: "robot"\n  password: "N3W-PLANTED"\n');
  expect(statSync(made).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, "a.yaml"), "utf8")).toBe(shoot("a", "quay-v2"));
  expect(said(server)).not.toContain("PLANTED");
});

test("what cannot be rotated says why, and nothing is written", async () => {
  const texts = { "a.yaml": shoot("a", "quay-v1"), "s.yaml": secret("quay-v1") };
  const asked = { ...id, credential, to: "quay-v2" };
  const { server, folder } = await openFolder(texts);
  expect(await server.ask("registryCache/carryOutRotation", { ...asked, credential: undefined })).toEqual({
    error: { code: -32803, message: "the new values are missing; nothing was written" },
  });
  const untrusted = await openFolder(texts, false);
  expect(await untrusted.server.ask("registryCache/planRotation", asked)).toEqual({
    error: { code: -32803, message: "the folders are not trusted, so nothing is written" },
  });
  expect([readdirSync(folder), readdirSync(untrusted.folder)]).toEqual([
    ["a.yaml", "s.yaml"],
    ["a.yaml", "s.yaml"],
  ]);
});

test("a credential that would break the cache is refused before anything is written", async () => {
  const { server, folder } = await openFolder({ "a.yaml": shoot("a", "quay-v1"), "s.yaml": secret("quay-v1") });
  const bad = { ...id, credential: { username: "robot", password: "N3W-PLANTED\u0001" } };
  const answer = await server.ask("registryCache/planRotation", bad);
  const why = "RC217 the cache would not start: the password contains a control character";
  expect(answer).toEqual({ error: { code: -32803, message: `the new Secret would not work: ${why}` } });
  expect(readdirSync(folder)).toEqual(["a.yaml", "s.yaml"]);
  expect(said(server)).not.toContain("PLANTED");
});
