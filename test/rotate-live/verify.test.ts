import { type LiveRotationRequest, preflightRotation, type RotationEvent } from "@registry-cache/operations";
import { afterEach, expect, test } from "vitest";
import type { FakePod } from "../shoot-cluster/pods.ts";
import { type GardenOptions, type RotationGarden, startRotationGarden } from "./rotation-garden.ts";

let garden: RotationGarden;
afterEach(() => garden.close());

interface Told {
  readonly end: string;
  readonly blockers: readonly string[];
  /** What was said of looking. */
  readonly told: readonly string[];
}

const oldName = "registry-quay-io-config-1225b3d5";
const newName = "registry-quay-io-config-e3d715d9";

async function rotate(changes: Partial<LiveRotationRequest> = {}): Promise<Told> {
  const { outcome, events } = await garden.rotate({ deleteOld: true, ...changes });
  return { end: outcome.end, blockers: outcome.blockers.map((it) => it.message), told: events.flatMap(toldBy) };
}

function toldBy(event: RotationEvent): readonly string[] {
  if (event.event === "looking") return [`looking into ${event.shoot} as ${event.as}`];
  if (event.event === "verified") return [...event.seen, ...event.unsure.map((it) => `unsure: ${it}`)];
  return event.event === "not-verified" ? [`not looked into ${event.shoot}: ${event.why}`] : [];
}

/** Pods that are well with the old login, and otherwise with the new one. */
function withNew(pod: FakePod): GardenOptions {
  return { pods: (_, { config }) => (config.includes("invented-new") ? pod : {}) };
}

const both = ["quay-v1", "quay-v2"];
const admin = { verify: "must", look: { as: "admin" } } as const;

test("as a viewer: the pods have a new config Secret and are ready", async () => {
  garden = await startRotationGarden(1);
  expect(await rotate()).toEqual({
    end: "done",
    blockers: [],
    told: [
      "looking into shoot-0 as viewer",
      `cache quay.io runs with Secret ${newName}, the one of the new login, before it was ${oldName}; 1 of 1 pod ready`,
    ],
  });
  const { requests } = garden.cluster("shoot-0")?.server ?? { requests: [] };
  expect(requests.filter((it) => it.method !== "GET" || /secrets|proxy/.test(it.url))).toEqual([]);
});

test("pods that are replaced only after the roll-out are waited for", async () => {
  garden = await startRotationGarden(1, undefined, { lag: 400 });
  const { end, told } = await rotate();
  expect([end, told[1]]).toEqual([
    "done",
    `cache quay.io runs with Secret ${newName}, the one of the new login, before it was ${oldName}; 1 of 1 pod ready`,
  ]);
});

test("who goes on from elsewhere knows by its name that the Secret is the one of the new login", async () => {
  garden = await startRotationGarden(1);
  await rotate({ wait: false, deleteOld: false });
  await garden.simulator.settle();
  expect((await rotate({ values: undefined })).told[1]).toBe(
    `cache quay.io runs with Secret ${newName}, the one of the new login; 1 of 1 pod ready`,
  );
});

test("pods that crash with the old login are no fault of the new one, which is most urgent then", async () => {
  const pods: GardenOptions["pods"] = (_, { config }) => (config.includes("invented-new") ? {} : { exitCode: 1 });
  garden = await startRotationGarden(1, undefined, { pods, lag: 2_000 });
  expect(await rotate()).toMatchObject({ end: "done", blockers: [] });
});

test("two replicas are both waited for", async () => {
  const caches = [{ upstream: "quay.io", secretReferenceName: "quay", highAvailability: { enabled: true } }];
  const apiVersion = "registry.extensions.gardener.cloud/v1alpha3";
  const extensions = [{ type: "registry-cache", providerConfig: { apiVersion, kind: "RegistryConfig", caches } }];
  garden = await startRotationGarden(1, () => ({ extensions }));
  expect((await rotate()).told[1]).toMatch(/; 2 of 2 pods ready$/);
});

test("a cache that crashes stops it all: the others keep the old Secret, which stays, and the way back is open", async () => {
  const log = "configuration error: error parsing /etc/distribution/config.yml: yaml: line 40: did not find `x`\n";
  garden = await startRotationGarden(2, undefined, withNew({ exitCode: 1, log }));
  const { end, blockers } = await rotate();
  expect([end, blockers]).toEqual([
    "blocked",
    [
      'Shoot "shoot-0" is rolled out, but its cache does not work with the new Secret: the cache does not start, since the registry ' +
        "cannot read its config.yml (RC504); pod registry-quay-io-0 ended with exit code 1 (Error), restarts: 3; " +
        "configuration error: error parsing /etc/distribution/config.yml: yaml: line 40: did not find `...`",
    ],
  ]);
  expect([garden.targets(), garden.secrets()]).toEqual([{ "shoot-0": "quay-v2", "shoot-1": "quay-v1" }, both]);
  expect(await rotate({ aim: "finish" })).toMatchObject({ end: "blocked" });
  expect(garden.secrets()).toEqual(both);
  expect(await rotate({ aim: "rollback" })).toMatchObject({ end: "done" });
  expect([garden.targets(), garden.secrets(), garden.violations]).toEqual([
    { "shoot-0": "quay-v1", "shoot-1": "quay-v1" },
    ["quay-v1"],
    [],
  ]);
});

test("all are rolled out: finish looks once more, and nothing is deleted while a cache does not work", async () => {
  garden = await startRotationGarden(
    1,
    undefined,
    withNew({ exitCode: 2, log: "panic: dial tcp: connection refused\n" }),
  );
  expect(await rotate({ verify: "no", deleteOld: false })).toMatchObject({ end: "done" });
  const { end, blockers } = await rotate({ aim: "finish" });
  expect([end, blockers.map((it) => /RC\d+/.exec(it)?.[0]), garden.secrets()]).toEqual(["blocked", ["RC503"], both]);
});

test("pods that are never replaced are not waited for without end", async () => {
  garden = await startRotationGarden(1, undefined, { lag: 1_500 });
  const { blockers } = await rotate({ look: { as: "viewer", limit: 300 } });
  expect(blockers).toEqual([
    `Shoot "shoot-0" is rolled out, but its cache does not work with the new Secret: StatefulSet registry-quay-io still has Secret ${oldName}, 0 minutes after the roll-out`,
  ]);
});

test("the log tells a viewer of a login that the token server does not know", async () => {
  const log = 'level=error err.detail="Get \\"x\\": unauthorized: incorrect username or password"\n';
  garden = await startRotationGarden(1, undefined, withNew({ log }));
  expect((await rotate()).blockers).toEqual([
    'Shoot "shoot-0" is rolled out, but its cache does not work with the new Secret: the log of pod registry-quay-io-0 says that the upstream rejects the login',
  ]);
});

test("what a log says of single images stops nothing, and is told", async () => {
  const log = [
    'level=info msg="Discovered token authentication URL https://quay.io/v2/auth"',
    'level=error err.detail="denied: requested access to the resource is denied"',
  ].join("\n");
  garden = await startRotationGarden(1, undefined, withNew({ log }));
  const { end, told } = await rotate();
  expect([end, told.slice(2)]).toEqual([
    "done",
    [
      "the log of pod registry-quay-io-0 names the token server that gets the login",
      "unsure: the log of pod registry-quay-io-0 tells of 1 refusal by the upstream, which may be about single images",
    ],
  ]);
});

const rejected = {
  status: 500,
  text: '{"errors":[{"code":"UNKNOWN","detail":"unauthorized: authentication required"}]}',
};
const denied = { status: 500, text: '{"errors":[{"detail":"denied: requested access to the resource is denied"}]}' };

test("as an administrator: the cache is asked whether the upstream takes the login", async () => {
  garden = await startRotationGarden(1);
  const { end, told } = await rotate(admin);
  expect([end, told.at(-1)]).toEqual(["done", "the upstream takes the login, as registry-quay-io-0 found out"]);
});

test("as an administrator: a login that the upstream rejects stops it before the old Secret goes", async () => {
  garden = await startRotationGarden(2, undefined, withNew({ probe: rejected }));
  const { end, blockers } = await rotate(admin);
  expect([end, blockers.map((it) => /RC\d+/.exec(it)?.[0]), garden.secrets()]).toEqual(["blocked", ["RC513"], both]);
  expect(garden.targets()).toEqual({ "shoot-0": "quay-v2", "shoot-1": "quay-v1" });
});

test("as an administrator: an answer that does not tell is said, and --repository asks for another", async () => {
  garden = await startRotationGarden(1, undefined, withNew({ probe: denied }));
  const { end, blockers } = await rotate(admin);
  expect([end, blockers[0]?.includes("--repository UPSTREAM=NAME"), garden.secrets()]).toEqual(["blocked", true, both]);
});

const member = {
  subjects: ["member"],
  verbs: ["*"],
  resources: ["shoots", "secrets", "secretbindings", "credentialsbindings", "managedseedsets"],
};

async function preflightAs(verify: "try" | "must"): Promise<readonly string[]> {
  const { blockers, notes } = await preflightRotation({
    client: garden.client("member"),
    from: "quay-v1",
    values: undefined,
    force: false,
    triggerReconcile: false,
    deleteOld: false,
    verify: { wish: verify, as: "viewer" },
    now: Date.now(),
  });
  return [...blockers.map((it) => `blocked: ${it}`), ...notes.filter((it) => it.includes("looked into"))];
}

test("who may not look is told, and what was not seen is not claimed", async () => {
  garden = await startRotationGarden(2, undefined, { grants: [member] });
  const may = 'you may not create shoots/viewerkubeconfig in namespace "garden-dev"';
  expect([await preflightAs("try"), await preflightAs("must")]).toEqual([
    [`the Shoots are not looked into: ${may}`],
    [`blocked: ${may}, as --verify needs`],
  ]);
  const client = garden.client("member");
  const { end, told } = await rotate({ client, deleteOld: false });
  const why = /^not looked into shoot-[01]: .*cannot create resource "shoots\/viewerkubeconfig"/;
  expect([end, told.filter((it) => why.test(it)).length, told.length]).toEqual(["done", 2, 4]);
  const asked = garden.server.requests.filter((it) => it.url.endsWith("viewerkubeconfig"));
  expect(asked.map((it) => it.url.split("/").at(-2))).toEqual(["shoot-0", "shoot-1"]);
});

test("who asks for a look by name and may not is not let go on without", async () => {
  garden = await startRotationGarden(2, undefined, { grants: [member] });
  const { end, blockers } = await rotate({ client: garden.client("member"), verify: "must" });
  expect([end, blockers.map((it) => it.split(":")[0])]).toEqual([
    "blocked",
    ['Shoot "shoot-0" was not looked into as --verify asks'],
  ]);
  expect([garden.targets(), garden.secrets()]).toEqual([{ "shoot-0": "quay-v2", "shoot-1": "quay-v1" }, both]);
});

test("a cluster that cannot be reached is said, and stops nobody", async () => {
  garden = await startRotationGarden(1);
  await garden.cluster("shoot-0")?.close();
  const { end, told } = await rotate();
  expect([end, told[1]?.startsWith("not looked into shoot-0: ")]).toEqual(["done", true]);
});
