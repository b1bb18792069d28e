import { expect, test } from "vitest";
import { liveSecret, liveShoot, putObject, startGarden } from "../cli/garden.ts";
import { shoot } from "../cli/manifests.ts";
import { type GardenEditor, type GardenTold, openGardenEditor } from "./garden.ts";

const shoots = "shoots.core.gardener.cloud";

interface Rows {
  readonly stale: boolean;
  readonly total: number;
  readonly shoots: readonly {
    readonly name: string;
    readonly caches: readonly {
      readonly upstream: string;
      readonly secret?: { readonly name: string; readonly state: string };
      readonly rollOut: { readonly done: boolean };
    }[];
  }[];
}

/** The Shoots of the garden, each cache in a line. */
async function rows({ server }: GardenEditor): Promise<readonly string[]> {
  const { shoots: found, stale } = (await server.request("registryCache/garden/shoots")) as Rows;
  return found.flatMap(({ name, caches }) =>
    caches.map(({ upstream, secret, rollOut }) =>
      [name, upstream, secret?.name, secret?.state, rollOut.done ? "done" : "waits", stale ? "old" : ""]
        .join(" ")
        .trim(),
    ),
  );
}

test("the Shoots of the garden are told with their caches and Secrets, and follow what happens there", async () => {
  const garden = await startGarden({
    [shoots]: [
      liveShoot({ name: "a" }),
      liveShoot({ name: "b", secret: "gone" }),
      liveShoot({ name: "plain", spec: { extensions: [] } }),
      liveShoot({ name: "far", namespace: "garden-far" }),
    ],
    secrets: [liveSecret()],
  });
  const editor = await openGardenEditor(garden, {});
  await editor.connect();
  expect(await rows(editor)).toEqual(["a quay.io quay-v1 present done", "b quay.io gone missing done"]);
  expect(await editor.server.request("registryCache/garden/shoots")).toMatchObject({ total: 3 });
  const changed = editor.server.next("registryCache/gardenChanged");
  putObject(garden.server.store, shoots, liveShoot({ name: "a", metadata: { generation: 4 } }));
  putObject(garden.server.store, "secrets", liveSecret("gone"));
  await changed;
  expect(await rows(editor)).toEqual(["a quay.io quay-v1 present waits", "b quay.io gone present done"]);
  await editor.connect({ all: true });
  expect(await rows(editor)).toEqual([
    "a quay.io quay-v1 present waits",
    "b quay.io gone present done",
    "far quay.io quay-v1 missing done",
  ]);
});

test("a Shoot is shown as YAML, with no password of an address", async () => {
  const spec = { maintenance: { autoUpdate: { note: "https://me:Pl4nted@quay.io" } } };
  const garden = await startGarden({ [shoots]: [liveShoot({ name: "a", spec })] });
  const editor = await openGardenEditor(garden, {});
  const ref = { namespace: "garden-dev", name: "a" };
  expect(await editor.server.ask("registryCache/garden/shoot", ref)).toMatchObject({
    error: { message: "no garden is connected" },
  });
  await editor.connect();
  const text = await editor.server.request("registryCache/garden/shoot", ref);
  expect(text).toMatch(/^apiVersion: core\.gardener\.cloud\/v1beta1\nkind: Shoot\nmetadata:\n/);
  expect(text).toContain("note: https://me:<redacted>@quay.io");
  expect(text).not.toContain("Pl4nted");
  expect(await editor.server.ask("registryCache/garden/shoot", { ...ref, name: "x" })).toMatchObject({
    error: { message: 'Error from server (NotFound): shoots.core.gardener.cloud "x" not found' },
  });
});

test("a viewer sees Shoots, and of the Secrets nothing is said but that they cannot be seen", async () => {
  const grants = [
    { subjects: ["viewer"], verbs: ["get", "list", "watch"], resources: ["shoots"], namespaces: ["garden-dev"] },
  ];
  const garden = await startGarden(
    { [shoots]: [liveShoot({ secret: "gone" })] },
    { users: ["viewer", "nobody"], grants },
  );
  const files = { "a.yaml": shoot().replace("quay-v1", "gone"), "far.yaml": shoot({ namespace: "garden-far" }) };
  const editor = await openGardenEditor(garden, files, { token: "viewer" });
  expect(await editor.connect()).toMatchObject({ phase: "connected", unseen: ["Secrets in namespace garden-dev"] });
  expect(await rows(editor)).toEqual(["crazy-botany quay.io gone forbidden done"]);
  // The manifests lead to another namespace, of which nothing may be seen.
  await expect
    .poll(async () => ((await editor.server.request("registryCache/garden/state")) as GardenTold).unseen?.toSorted())
    .toEqual(["Secrets in namespace garden-dev", "Secrets in namespace garden-far", "Shoots in namespace garden-far"]);
  expect(await editor.findings()).toEqual([]);
  const nobody = await openGardenEditor(garden, {}, { token: "nobody" });
  const target = { kubeconfig: nobody.kubeconfig, context: "test" };
  expect(await nobody.server.ask("registryCache/garden/connect", target)).toMatchObject({
    error: { message: "no access to Shoots in namespace garden-dev" },
  });
});

test("a garden that is lost is told of in the state alone; its facts are gone, its rows are old, and both come back", async () => {
  const garden = await startGarden({ [shoots]: [liveShoot({ name: "a" })], secrets: [liveSecret()] });
  const editor = await openGardenEditor(garden, { "a.yaml": shoot({ name: "a" }).replace("quay-v1", "quay-v9") });
  await editor.connect();
  await expect.poll(editor.findings, { timeout: 20_000 }).toEqual(["a.yaml RC205", "a.yaml RC301"]);
  garden.server.faults.add({ times: 12, effect: { reset: true } });
  garden.server.dropConnections();
  expect(await editor.phase("offline")).toMatchObject({
    message: expect.stringMatching(/^Unable to connect to the server: /),
  });
  expect(await editor.findings()).toEqual([]);
  expect(await rows(editor)).toEqual(["a quay.io quay-v1 present done old"]);
  putObject(garden.server.store, "secrets", liveSecret("quay-v9"));
  await editor.phase("connected");
  await expect.poll(editor.findings, { timeout: 20_000 }).toEqual(["a.yaml RC301"]);
  expect(await rows(editor)).toEqual(["a quay.io quay-v1 present done"]);
  expect(editor.server.received.filter((it) => it.method?.startsWith("window/"))).toEqual([]);
}, 120_000);

test("a garden that is not there is an error for who connects, and a context that is not there, too", async () => {
  const garden = await startGarden({});
  const editor = await openGardenEditor(garden, {});
  await garden.server.close();
  const { host } = new URL(garden.server.url);
  const target = { kubeconfig: editor.kubeconfig, context: "test" };
  expect(await editor.server.ask("registryCache/garden/connect", target)).toMatchObject({
    error: { message: `The connection to the server ${host} was refused - did you specify the right host or port?` },
  });
  expect(await editor.server.ask("registryCache/garden/connect", { ...target, context: "tset" })).toMatchObject({
    error: { message: 'error: context "tset" does not exist in the kubeconfig, did you mean "test"?' },
  });
  expect(await editor.server.request("registryCache/garden/state")).toEqual({ phase: "disconnected" });
});

test("for who has time it is only a state, and is tried again", async () => {
  const garden = await startGarden({ [shoots]: [liveShoot({ name: "a" })], secrets: [liveSecret()] });
  const editor = await openGardenEditor(garden, {});
  garden.server.faults.add({ times: 12, effect: { reset: true } });
  expect(await editor.connect({ patient: true })).toMatchObject({ phase: "offline" });
  await editor.server.request("registryCache/garden/refresh");
  await editor.phase("connected");
}, 120_000);

test("a login that is not taken waits for somebody, and asks nobody again by itself", async () => {
  const garden = await startGarden({ [shoots]: [liveShoot({ name: "a" })] }, { users: ["member"] });
  const editor = await openGardenEditor(garden, {}, { token: "wrong" });
  expect(await editor.connect({ patient: true })).toMatchObject({
    phase: "no-access",
    message: "error: You must be logged in to the server (Unauthorized)",
  });
  // What was asked beside the refused request may still be on its way.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const before = garden.server.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(garden.server.requests.length).toBe(before);
});

test("whoever gives up while a program logs in hears its words, and nothing goes on", async () => {
  const garden = await startGarden({});
  const script = "process.stderr.write('Open https://login.example and enter ABCD\\n'); setInterval(() => {}, 1000)";
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: process.execPath,
    args: ["-e", script],
    interactiveMode: "Never",
  };
  const { server, kubeconfig } = await openGardenEditor(garden, {}, { user: { exec } });
  const target = { kubeconfig, context: "test" };
  for (const request of ["projects", "connect"]) {
    const told = server.next("registryCache/garden/login");
    const { cancel, answer } = server.start(`registryCache/garden/${request}`, target);
    expect(await told).toEqual({ context: "test", message: "Open https://login.example and enter ABCD" });
    cancel();
    expect(await answer).toMatchObject({ error: { code: -32800 } });
  }
  expect(await server.request("registryCache/garden/state")).toEqual({ phase: "disconnected" });
});
