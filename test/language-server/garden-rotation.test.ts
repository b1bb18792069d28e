import { expect, onTestFinished, test } from "vitest";
import { type RotationGarden, startRotationGarden } from "../rotate-live/rotation-garden.ts";
import { type GardenEditor, openGardenEditor } from "./garden.ts";

const secret = { name: "quay-v1", namespace: "garden-dev" };
const credential = { username: "robot", password: "Pl4nted-Password" };

async function start(count: number, spec?: (index: number) => object): Promise<RotationGarden> {
  const garden = await startRotationGarden(count, spec);
  onTestFinished(() => garden.close());
  return garden;
}

async function connect(garden: RotationGarden): Promise<GardenEditor> {
  const editor = await openGardenEditor(garden, {});
  await editor.connect();
  return editor;
}

/** Gives an order, and what it came to. */
function order({ server }: GardenEditor, more: object): Promise<unknown> {
  return server.request("registryCache/garden/carryOutRotation", { ...secret, skipProbe: true, ...more });
}

/** The rotations that are pending, each in a line. */
async function pending({ server }: GardenEditor): Promise<readonly string[]> {
  const found = (await server.request("registryCache/garden/rotations")) as readonly {
    from: string;
    to: string;
    next: string;
    shoots: readonly { name: string; stage: string }[];
  }[];
  return found.map(({ from, to, next, shoots }) =>
    [`${from} ${to}: ${next},`, ...shoots.map((it) => `${it.name} ${it.stage}`)].join(" "),
  );
}

test("a Secret of the garden is rotated: planned, switched in every Shoot, pending until it is finished", async () => {
  const garden = await start(3);
  const editor = await connect(garden);
  const names = Object.keys(garden.targets());
  expect(await editor.server.request("registryCache/garden/planRotation", secret)).toMatchObject({
    from: "quay-v1",
    to: "quay-v2",
    shoots: names.map((name) => ({ name, users: ["cache quay.io"] })),
    looks: true,
    blockers: [],
  });
  expect(await pending(editor)).toEqual([]);
  expect(await order(editor, { aim: "rotate", credential })).toEqual({
    end: "done",
    from: "quay-v1",
    to: "quay-v2",
    shoots: 3,
    open: [],
    blockers: [],
  });
  expect(garden.targets()).toEqual(Object.fromEntries(names.map((it) => [it, "quay-v2"])));
  expect(garden.violations).toEqual([]);
  const events = editor.server.received
    .filter((it) => it.method === "registryCache/garden/rotating")
    .map((it) => (it.params as { event: string }).event);
  expect(events.filter((it) => it !== "waiting").toSorted()).toEqual([
    "checked",
    "checked",
    "checked",
    "created",
    "looking",
    "looking",
    "looking",
    "rolled-out",
    "rolled-out",
    "rolled-out",
    "switched",
    "switched",
    "switched",
    "verified",
    "verified",
    "verified",
  ]);
  expect(await pending(editor)).toEqual([`quay-v1 quay-v2: finish, ${names.map((it) => `${it} switched`).join(" ")}`]);
  expect(await order(editor, { aim: "finish" })).toMatchObject({ end: "done" });
  expect([await pending(editor), garden.secrets()]).toEqual([[], ["quay-v2"]]);
  const said = JSON.stringify(editor.server.received) + editor.server.stderr();
  expect(said).not.toContain(credential.password);
  expect(said).not.toContain(Buffer.from(credential.password).toString("base64"));
});

test("who cancels leaves a rotation that is pending, and may go on or take it back", async () => {
  const garden = await start(2);
  const editor = await connect(garden);
  const [first = "", second = ""] = Object.keys(garden.targets());
  garden.simulator.plan({ namespace: "garden-dev", name: first }, { milliseconds: 60_000, outcome: "Succeeded" });
  const switched = editor.server.next(
    "registryCache/garden/rotating",
    (it) => (it as { event: string }).event === "switched",
  );
  const { answer, cancel } = editor.server.start("registryCache/garden/carryOutRotation", {
    ...secret,
    skipProbe: true,
    aim: "rotate",
    credential,
  });
  await switched;
  cancel();
  expect(await answer).toMatchObject({ result: { end: "interrupted", open: [first, second] } });
  expect(await pending(editor)).toEqual([`quay-v1 quay-v2: switch, ${first} switched ${second} old`]);
  expect(await order(editor, { aim: "rollback" })).toMatchObject({ end: "done" });
  expect([await pending(editor), garden.secrets()]).toEqual([[], ["quay-v1"]]);
});

test("without a username the old one is kept, and other values than those of a begun rotation are refused", async () => {
  const garden = await start(1);
  const editor = await connect(garden);
  expect(await order(editor, { aim: "rotate", credential: { password: "x" } })).toMatchObject({ end: "done" });
  const made = await garden.store.get({ resource: "secrets", namespace: "garden-dev", name: "quay-v2" });
  const old = await garden.store.get({ resource: "secrets", namespace: "garden-dev", name: "quay-v1" });
  const username = (it: object | undefined): unknown => (it as { data?: { username?: string } }).data?.username;
  expect(username(made)).toBe(username(old));
  expect(await order(editor, { aim: "rotate", credential: { password: "y" } })).toMatchObject({
    end: "blocked",
    blockers: [expect.stringContaining("quay-v2")],
  });
});

test("a credential that an upstream does not take is told, and nothing is changed", async () => {
  const providerConfig = {
    apiVersion: "registry.extensions.gardener.cloud/v1alpha3",
    kind: "RegistryConfig",
    caches: [{ upstream: "quay.io", remoteURL: "http://127.0.0.1:1", secretReferenceName: "quay" }],
  };
  const garden = await start(1, () => ({ extensions: [{ type: "registry-cache", providerConfig }] }));
  const editor = await connect(garden);
  expect(await order(editor, { aim: "rotate", credential, skipProbe: false })).toMatchObject({
    end: "refused",
    blockers: [expect.stringMatching(/^quay\.io cannot be reached from here/)],
  });
  expect(garden.secrets()).toEqual(["quay-v1"]);
});
