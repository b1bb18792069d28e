import { rmSync } from "node:fs";
import { join } from "node:path";
import { gardenerOpenApi, makeScratch } from "@registry-cache/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { liveSecret, liveShoot, startGarden } from "../cli/garden.ts";
import { openGardenEditor } from "./garden.ts";
import { gardenChanges, keptSchema, newerShoot } from "./kept-schema.ts";
import { change, open, openServer, type Published, published, type Server, startServer, uriOf } from "./server.ts";

const path = "apis/core.gardener.cloud/v1beta1";
const unknown = 'unknown field "spec.provider.workers[0].bootMode"';
const dropped = 'the garden has no field "spec.systemComponents": it drops it, or refuses the Shoot';

function scratch(files: { readonly [path: string]: string }): string {
  const root = makeScratch(files);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** What the rule about fields says of all files. */
async function messages(server: Server): Promise<readonly string[]> {
  const report = (await server.request("workspace/diagnostic", { previousResultIds: [] })) as {
    readonly items: readonly { readonly items: readonly { readonly code: string; readonly message: string }[] }[];
  };
  return report.items.flatMap((it) => it.items.flatMap(({ code, message }) => (code === "RC010" ? [message] : [])));
}

async function says(server: Server, expected: readonly string[]): Promise<void> {
  await expect.poll(() => messages(server), { timeout: 20_000, interval: 50 }).toEqual(expected);
}

const shown = (server: Server): readonly unknown[] =>
  server.received.filter((it) => it.method === "window/showMessage").map((it) => it.params);

describe("settings name the schema that Shoots are held to", () => {
  test("from the first finding on, and completion and hover follow it", async () => {
    const folder = scratch({ "garden.json": keptSchema(), "shoot.yaml": newerShoot });
    const server = await openServer({ folders: [folder], options: { trusted: true, gardenSchema: "garden.json" } });
    const uri = uriOf(join(folder, "shoot.yaml"));
    open(server, uri, newerShoot);
    expect((await published(server, uri)).map((it) => it.message)).toEqual([dropped]);
    const line = newerShoot.split("\n").findIndex((it) => it.includes("bootMode"));
    const character = newerShoot.split("\n")[line]?.indexOf("bootMode") ?? 0;
    const at = { textDocument: { uri }, position: { line, character } };
    expect(await server.request("textDocument/hover", at)).toMatchObject({
      contents: { value: expect.stringContaining("Only the garden knows it") },
    });
    const { items } = (await server.request("textDocument/completion", at)) as {
      readonly items: readonly { readonly label: string }[];
    };
    expect(items.map((it) => it.label)).toContain("bootMode");
    change(server, uri, 2, newerShoot.replace("bootMode", "bootMod"));
    expect((await published(server, uri, 2)).map((it) => it.message)).toContain(
      'unknown field "spec.provider.workers[0].bootMod"; did you mean "bootMode"',
    );
  });

  test("and may change: told by the client, or asked for where it says nothing", async () => {
    const folder = scratch({ "garden.json": keptSchema(), "shoot.yaml": newerShoot });
    let gardenSchema: string | null = null;
    const server = await openServer(
      { folders: [folder], options: { trusted: true }, capabilities: { workspace: { configuration: true } } },
      { answers: { "workspace/configuration": () => [{ gardenSchema }] } },
    );
    const uri = uriOf(join(folder, "shoot.yaml"));
    open(server, uri, newerShoot);
    const tells = (message: string): Promise<unknown> =>
      server.next("textDocument/publishDiagnostics", (it) => (it as Published).diagnostics[0]?.message === message);
    expect((await published(server, uri))[0]?.message).toBe(unknown);
    for (const [settings, message] of [
      [{ registryCache: { gardenSchema: "garden.json" } }, dropped],
      [{ gardenSchema: "" }, unknown],
    ] as const) {
      const told = tells(message);
      server.notify("workspace/didChangeConfiguration", { settings });
      await told;
    }
    gardenSchema = "garden.json";
    const told = tells(dropped);
    server.notify("workspace/didChangeConfiguration", { settings: null });
    await told;
    // What says nothing of it changes nothing.
    server.notify("workspace/didChangeConfiguration", { settings: { registryCache: { other: 1 } } });
    expect(await messages(server)).toEqual([dropped]);
  });

  test("and what they name wrongly is told once, in the words of lint", async () => {
    const folder = scratch({ "shoot.yaml": newerShoot });
    const server = await openServer({ folders: [folder], options: { trusted: true, gardenSchema: "gone.json" } });
    await says(server, [unknown]);
    expect(shown(server)).toEqual([{ type: 2, message: 'gardenSchema: "gone.json": no such file or directory' }]);
  });

  test("but where nobody trusts the folders, or they are on no disk, nothing is read", async () => {
    const folder = scratch({ "shoot.yaml": newerShoot });
    const gardenSchema = join(folder, "gone.json");
    const untrusted = await openServer({ folders: [folder], options: { gardenSchema } });
    await says(untrusted, [unknown]);
    const virtual = startServer();
    await virtual.request("initialize", {
      processId: null,
      workspaceFolders: [{ uri: "vscode-vfs://github/a/b", name: "b" }],
      capabilities: {},
      initializationOptions: { trusted: true, gardenSchema },
    });
    virtual.notify("initialized", {});
    await says(virtual, []);
    expect([...shown(untrusted), ...shown(virtual)]).toEqual([]);
  });
});

describe("a garden that is connected", () => {
  test("is asked for its schema when somebody wants that, and from then on Shoots are held to it while it is connected", async () => {
    const garden = await startGarden(
      { "shoots.core.gardener.cloud": [liveShoot()], secrets: [liveSecret()] },
      { openApi: { [path]: gardenerOpenApi(gardenChanges) } },
    );
    const env = { XDG_CACHE_HOME: scratch({}) };
    const files = { "shoot.yaml": newerShoot };
    const { server, connect, kubeconfig } = await openGardenEditor(garden, files, { env });
    const pull = "registryCache/garden/pullSchema";
    expect(await server.ask(pull)).toEqual({ error: { code: -32803, message: "no garden is connected" } });
    await connect();
    await says(server, [unknown]);
    const pulled = { context: "test", newer: ["spec.provider.workers[].bootMode"], missing: ["spec.systemComponents"] };
    expect(await server.request(pull)).toMatchObject({ ...pulled, unchanged: false, used: true });
    await says(server, [dropped]);
    expect(await server.request(pull)).toMatchObject({ ...pulled, unchanged: true, used: true });
    await server.request("registryCache/garden/disconnect");
    await says(server, [unknown]);
    const before = garden.server.requests.filter((it) => it.url.startsWith("/openapi")).length;
    await connect();
    await says(server, [dropped]);
    expect(garden.server.requests.filter((it) => it.url.startsWith("/openapi")).length).toBe(before);
    // A context is a name, too, and needs no connection.
    await server.request("registryCache/garden/disconnect");
    await says(server, [unknown]);
    server.notify("workspace/didChangeConfiguration", { settings: { gardenSchema: "test", kubeconfig } });
    await says(server, [dropped]);
    await connect();
    expect(await server.request(pull)).toMatchObject({ unchanged: true, used: false });
  });

  test("that may not show its schema says so in a line", async () => {
    const garden = await startGarden({}, { openApi: { [path]: gardenerOpenApi(gardenChanges) } });
    const { server, connect } = await openGardenEditor(garden, {}, { env: { XDG_CACHE_HOME: scratch({}) } });
    await connect();
    garden.server.faults.add({ path: /^\/openapi/, effect: { answer: 403 } });
    expect(await server.ask("registryCache/garden/pullSchema")).toMatchObject({
      error: { message: expect.stringMatching(/^[^\n]*forbidden[^\n]*$/i) },
    });
  });

  test("is asked no longer when the editor gives up", async () => {
    const garden = await startGarden({}, { openApi: { [path]: gardenerOpenApi(gardenChanges) } });
    const { server, connect } = await openGardenEditor(garden, {}, { env: { XDG_CACHE_HOME: scratch({}) } });
    await connect();
    garden.server.faults.add({ path: /^\/openapi/, times: 1, effect: { hang: true } });
    const { answer, cancel } = server.start("registryCache/garden/pullSchema");
    await expect.poll(() => garden.server.requests.some((it) => it.url.startsWith("/openapi"))).toBe(true);
    cancel();
    expect(await answer).toEqual({ error: { code: -32800, message: "cancelled" } });
    expect(await server.request("registryCache/garden/pullSchema")).toMatchObject({ unchanged: false, used: true });
  });

  test("is the one that was chosen last, whatever the one before does", async () => {
    const garden = await startGarden({ "shoots.core.gardener.cloud": [liveShoot()], secrets: [liveSecret()] });
    const { server, kubeconfig } = await openGardenEditor(garden, {});
    const target = { kubeconfig, context: "test" };
    const connect = "registryCache/garden/connect";
    const answers = await Promise.all([
      server.ask(connect, { ...target, namespace: "garden-other" }),
      server.ask(connect, { ...target, namespace: "garden-dev" }),
    ]);
    expect(answers).toEqual([
      { error: { code: -32800, message: "cancelled" } },
      { result: expect.objectContaining({ phase: "connected", namespace: "garden-dev" }) },
    ]);
    expect(await server.request("registryCache/garden/state")).toMatchObject({
      phase: "connected",
      namespace: "garden-dev",
    });
    // Nobody looks at the one before any more.
    expect(garden.server.requests.filter((it) => it.url.includes("/namespaces/garden-other"))).toEqual([]);
  });
});
