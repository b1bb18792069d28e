import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { challenge, registry, withPassword } from "../runtime/image.ts";
import { type Handler, type Stage, serve } from "../runtime/servers.ts";
import { open, openServer, type Server, uriOf } from "./server.ts";

const planted = "PL4NTED-PASSWORD";
const stage: Stage = { closers: [] };
afterEach(() => {
  for (const close of stage.closers.splice(0)) close();
});

function shoot(name: string, host: string): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}, namespace: garden-dev }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: ${host}
        remoteURL: http://${host}
        secretReferenceName: login
  resources:
  - { name: login, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v1 } }
`;
}

const secret = (password: string): string => `apiVersion: v1
kind: Secret
metadata: { name: ro-quay-v1, namespace: garden-dev }
immutable: true
stringData: { username: reader, password: ${password} }
`;

/** A registry that wants a password, and how many requests came with one. */
async function startRegistry(delay?: () => Promise<void>): Promise<{ host: string; logins: () => number }> {
  let logins = 0;
  const answer = registry(withPassword("reader", planted), challenge('Basic realm="x"'));
  const handler: Handler = async (request, response) => {
    if (request.headers.authorization !== undefined) logins += 1;
    await delay?.();
    answer(request, response);
  };
  const port = await serve(stage, handler);
  return { host: `127.0.0.1:${port}`, logins: () => logins };
}

interface Setting {
  readonly texts: { readonly [file: string]: string };
  readonly trusted?: boolean;
  readonly commands?: readonly string[];
}

async function openFolder({
  texts,
  trusted = true,
  commands = [],
}: Setting): Promise<{ server: Server; uri: (file: string) => string }> {
  const folder = makeScratch(texts);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const capabilities = { textDocument: { codeAction: { codeActionLiteralSupport: {} } } };
  const server = await openServer({ folders: [folder], capabilities, options: { trusted, commands } });
  return { server, uri: (file) => uriOf(join(folder, file)) };
}

const target = { of: "secret", name: "ro-quay-v1", namespace: "garden-dev" };

function said({ received, stderr }: Server): string {
  return JSON.stringify(received) + stderr();
}

test("a credential that many Shoots share is tried once, and told in one line and as the facts of probe", async () => {
  const { host, logins } = await startRegistry();
  const texts = { "a.yaml": shoot("a", host), "b.yaml": shoot("b", host), "s.yaml": secret(planted) };
  const { server } = await openFolder({ texts });
  const answer = await server.request("registryCache/testCredential", { target });
  const { severity, message, details } = answer as { [key: string]: string };
  expect([severity, message?.replaceAll(host, "HOST"), details?.replaceAll(host, "HOST")]).toEqual([
    "info",
    "HOST takes this credential, and the cache will send it",
    `HOST (remote URL http://HOST, credential: Secret ro-quay-v1, Shoot a, b)
  yes  reachable           http://HOST/v2/ answers with status 401
  yes  is a registry       http://HOST/v2/ answers with status 401
  yes  login accepted      the registry answers to the credential with status 200 (Basic)
  ?    may pull            no image was named
                           next: name one with --repository to prove the right to pull it
  yes  cache starts        the cache starts
  yes  cache sends it      the cache sends this credential
  ?    cache can pull      the cache gets in; whether it may pull an image was not tried
                           next: name one with --repository
  -    kind                a username and password
  ?    expiry              its end, if any, is known only to who issued it
  -    measured from       measured from this machine; the cache asks from inside the Shoot, which may see another network
Nothing speaks against it. To be sure, name an image: kubectl registry-cache probe --repository.
`,
  ]);
  const once = logins();
  await server.request("registryCache/testCredential", { target: { of: "cache", uri: "none", upstream: host } });
  expect([once, logins()]).toEqual([1, 1]);
  expect(said(server)).not.toContain(planted);
});

test("the text that is open counts, and a wrong password in it is told without its value", async () => {
  const { host, logins } = await startRegistry();
  const { server, uri } = await openFolder({ texts: { "a.yaml": shoot("a", host), "s.yaml": secret(planted) } });
  open(server, uri("s.yaml"), secret("wr0ng-PL4NTED"));
  const cache = { of: "cache", uri: uri("a.yaml"), upstream: host, shoot: "a" };
  const { severity, message } = (await server.request("registryCache/testCredential", { target: cache })) as {
    [key: string]: string;
  };
  expect([severity, message?.replaceAll(host, "HOST")]).toEqual([
    "error",
    "The cache will not be able to pull from HOST: the registry refuses the credential (Basic, status 401)",
  ]);
  expect(logins()).toBe(1);
  expect(said(server)).not.toContain("PL4NTED");
});

test("a credential that is given takes the place of the Secret's", async () => {
  const { host } = await startRegistry();
  const { server } = await openFolder({ texts: { "a.yaml": shoot("a", host), "s.yaml": secret("old") } });
  const credential = { username: "reader", password: planted };
  const answer = await server.request("registryCache/testCredential", { target, credential });
  expect((answer as { severity: string }).severity).toBe("info");
  expect(said(server)).not.toContain(planted);
});

test("what is sealed or missing is said, and no registry is asked", async () => {
  const { host, logins } = await startRegistry();
  const sealed = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: ro-quay-v1, namespace: garden-dev }
spec: { encryptedData: { username: AgBy, password: AgBz } }
`;
  const { server } = await openFolder({ texts: { "a.yaml": shoot("a", host), "s.yaml": sealed } });
  expect(await server.request("registryCache/testCredential", { target })).toEqual({
    severity: "warning",
    message: `The credential for ${host} cannot be tested: Secret "ro-quay-v1" is a SealedSecret here, whose values are not readable`,
  });
  expect(logins()).toBe(0);
});

test("where the folders are not trusted nothing is offered and no registry is asked", async () => {
  const { host, logins } = await startRegistry();
  const texts = { "a.yaml": shoot("a", host), "s.yaml": secret(planted) };
  const { server, uri } = await openFolder({ texts, trusted: false, commands: ["registryCache.testCredential"] });
  expect(await server.ask("registryCache/testCredential", { target })).toEqual({
    error: { code: -32803, message: "the folders are not trusted, so no registry is asked" },
  });
  open(server, uri("s.yaml"), texts["s.yaml"]);
  const lenses = await server.request("textDocument/codeLens", { textDocument: { uri: uri("s.yaml") } });
  expect((lenses as { command: { title: string } }[]).map((it) => it.command.title)).toEqual([
    "used by 1 cache in 1 Shoot",
  ]);
  expect(logins()).toBe(0);
});

test("a test can be cancelled while the registry is slow", async () => {
  let arrived = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const { host } = await startRegistry(() => {
    arrived();
    return new Promise(() => undefined);
  });
  const { server } = await openFolder({ texts: { "a.yaml": shoot("a", host), "s.yaml": secret(planted) } });
  const { answer, cancel } = server.start("registryCache/testCredential", { target });
  await asked;
  cancel();
  expect(await answer).toEqual({ error: { code: -32800, message: "cancelled" } });
});

test("for an editor without the command the server runs it, and says itself how it went", async () => {
  const { host } = await startRegistry();
  const texts = { "a.yaml": shoot("a", host), "s.yaml": secret(planted) };
  const { server, uri } = await openFolder({ texts });
  open(server, uri("s.yaml"), texts["s.yaml"]);
  const lenses = await server.request("textDocument/codeLens", { textDocument: { uri: uri("s.yaml") } });
  const { command } = (lenses as { command: { title: string; command: string } }[])[1] ?? {};
  expect(command).toEqual({
    title: "Test this credential",
    command: "registryCache.testCredential",
    arguments: [target],
  });
  await server.request("workspace/executeCommand", command);
  expect(await server.waitFor("window/showMessage")).toEqual({
    type: 3,
    message: `${host} takes this credential, and the cache will send it`,
  });
  const { message } = (await server.waitFor("window/logMessage")) as { message: string };
  expect(message).toContain("yes  login accepted");
  expect(await server.ask("workspace/executeCommand", { command: "other", arguments: [] })).toEqual({
    error: { code: -32602, message: "unknown command other" },
  });
  expect(said(server)).not.toContain(planted);
});

test("a lens and an action offer it to a client that has the command", async () => {
  const texts = { "a.yaml": shoot("a", "quay.io"), "s.yaml": secret(planted) };
  const { server, uri } = await openFolder({ texts, commands: ["registryCache.testCredential"] });
  open(server, uri("a.yaml"), texts["a.yaml"]);
  const textDocument = { uri: uri("a.yaml") };
  const cache = { of: "cache", uri: uri("a.yaml"), upstream: "quay.io", shoot: "a" };
  const command = { title: "Test this credential", command: "registryCache.testCredential", arguments: [cache] };
  const place = { start: { line: 12, character: 29 }, end: { line: 12, character: 34 } };
  expect(await server.request("textDocument/codeLens", { textDocument })).toEqual([
    {
      range: { start: { line: 14, character: 12 }, end: { line: 14, character: 17 } },
      command: { title: "used by 1 cache", command: "" },
    },
    { range: place, command },
  ]);
  const at = { start: place.end, end: place.end };
  const params = { textDocument, range: at, context: { diagnostics: [], only: ["registryCache.test"] } };
  expect(await server.request("textDocument/codeAction", params)).toEqual([
    { title: "Test this credential", kind: "registryCache.test", command },
  ]);
});
