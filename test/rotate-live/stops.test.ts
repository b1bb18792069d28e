import { type LiveRotationRequest, preflightRotation } from "@registry-cache/operations";
import { afterEach, expect, test } from "vitest";
import { newValues, type RotationGarden, startRotationGarden } from "./rotation-garden.ts";

let garden: RotationGarden;
afterEach(() => garden.close());

/** How a run ended, in one line each. */
async function ending(changes: Partial<LiveRotationRequest> = {}): Promise<readonly string[]> {
  const { outcome } = await garden.rotate(changes);
  const { end, blockers, problem } = outcome;
  return [end, ...blockers.map((it) => it.message), ...(problem === undefined ? [] : [problem])];
}

const confined = {
  maintenance: { confineSpecUpdateRollout: true, timeWindow: { begin: "220000+0000", end: "221500+0000" } },
};

test("a Secret that the webhook refuses is found by the dry run, before any Shoot has it", async () => {
  garden = await startRotationGarden(2);
  const [end, problem] = await ending({ values: { ...newValues, username: "two words" } as typeof newValues });
  expect([end, problem?.includes("webhook"), garden.targets()]).toEqual([
    "failed",
    true,
    { "shoot-0": "quay-v1", "shoot-1": "quay-v1" },
  ]);
  expect(await ending({ aim: "rollback" })).toEqual(["done"]);
  expect(garden.secrets()).toEqual(["quay-v1"]);
});

test("a namespace that is gone is told at once, in one line", async () => {
  garden = await startRotationGarden(1);
  const message = 'namespaces "garden-dev" not found';
  const body = JSON.stringify({ kind: "Status", apiVersion: "v1", reason: "NotFound", code: 404, message });
  garden.server.faults.add({ method: "POST", path: /\/secrets/, times: 9, effect: { answer: 404, body } });
  expect(await ending()).toEqual(["failed", `Error from server (NotFound): ${message}`]);
  const tries = garden.server.requests.filter(({ method, url }) => method === "POST" && url.includes("/secrets"));
  expect(tries.map((it) => it.method)).toEqual(["POST"]);
});

test("who comes second with another credential is told who was first", async () => {
  garden = await startRotationGarden(1);
  await garden.rotate({ wait: false });
  const values = { purpose: "credentials", username: "robot", password: "invented-other" } as const;
  const { blockers } = await preflightRotation({
    client: garden.client(),
    from: "quay-v1",
    values,
    force: false,
    triggerReconcile: false,
    deleteOld: false,
    verify: undefined,
    now: 0,
  });
  expect(blockers.map((it) => it.replace(/since \S+,/, "since T,"))).toEqual([
    'tester rotates "quay-v1" to "quay-v2" since T, with another credential: rotate resume goes on with it, rotate rollback takes it back',
  ]);
});

test("a name that is taken by something else is passed over, and the same Secret made by hand is taken", async () => {
  garden = await startRotationGarden(1);
  const metadata = { namespace: "garden-dev", labels: { by: "hand" } };
  const secret = (name: string, password: string): void => {
    const data = { username: "cm9ib3Q=", password: Buffer.from(password).toString("base64") };
    garden.store.put("secrets", {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { ...metadata, name, uid: name },
      immutable: true,
      data,
    });
  };
  secret("quay-v2", "invented-other");
  secret("quay-v3", "invented-new");
  expect(await ending()).toEqual(["done"]);
  expect([garden.targets(), garden.secrets()]).toEqual([{ "shoot-0": "quay-v3" }, ["quay-v1", "quay-v2", "quay-v3"]]);
});

test("a Shoot that waits for its window pauses the run, and --trigger-reconcile ends that", async () => {
  garden = await startRotationGarden(1, () => confined);
  expect(await ending()).toEqual(["paused"]);
  expect(garden.targets()).toEqual({ "shoot-0": "quay-v2" });
  expect(await ending({ triggerReconcile: true, values: undefined })).toEqual(["done"]);
});

test("what another run saw of a confined Shoot is not known to finish, which says how to go on", async () => {
  garden = await startRotationGarden(1, () => confined);
  expect(await ending({ triggerReconcile: true })).toEqual(["done"]);
  expect(await ending({ aim: "finish" })).toEqual([
    "blocked",
    'Shoot "shoot-0" may not use the new Secret yet: nothing shows that the last reconcile has seen the change, ' +
      "rotate resume --trigger-reconcile --delete-old does not wait for its window",
  ]);
  expect(await ending({ triggerReconcile: true, deleteOld: true, values: undefined })).toEqual(["done"]);
  expect(garden.secrets()).toEqual(["quay-v2"]);
});

test("the switch and the reconcile are one request", async () => {
  garden = await startRotationGarden(1, () => confined);
  expect(await ending({ triggerReconcile: true })).toEqual(["done"]);
  const writes = garden.server.requests.filter(
    (it) => it.method === "PATCH" && it.url.includes("/shoots/") && !it.url.includes("dryRun"),
  );
  expect(writes.map((it) => JSON.parse(it.body).map((step: { readonly path: string }) => step.path))).toEqual([
    [
      "/spec/resources/0/name",
      "/spec/resources/0/resourceRef/name",
      "/spec/resources/0/resourceRef/name",
      "/metadata/annotations",
      "/metadata/annotations",
    ],
  ]);
});

test("a hibernated Shoot is switched and pauses the run", async () => {
  garden = await startRotationGarden(2, (index) => (index === 0 ? { hibernation: { enabled: true } } : {}));
  expect(await ending({ deleteOld: true })).toEqual(["paused"]);
  expect([garden.targets(), garden.secrets()]).toEqual([
    { "shoot-0": "quay-v2", "shoot-1": "quay-v2" },
    ["quay-v1", "quay-v2"],
  ]);
});

test("a first Shoot that fails for good stops the others, and the way back is open", async () => {
  garden = await startRotationGarden(2);
  garden.simulator.plan({ namespace: "garden-dev", name: "shoot-0" }, { milliseconds: 10, outcome: "Failed" });
  expect(await ending()).toEqual([
    "blocked",
    'Shoot "shoot-0" does not use the new Secret: its last reconcile failed for good',
  ]);
  expect(garden.targets()).toEqual({ "shoot-0": "quay-v2", "shoot-1": "quay-v1" });
  expect(await ending({ aim: "rollback" })).toEqual(["done"]);
  expect([garden.targets(), garden.secrets(), garden.violations]).toEqual([
    { "shoot-0": "quay-v1", "shoot-1": "quay-v1" },
    ["quay-v1"],
    [],
  ]);
});

test("a grace is kept on the new Secret, and only the end of it lets the old one go", async () => {
  garden = await startRotationGarden(1);
  expect(await ending({ graceText: "24h", deleteOld: true })).toEqual(["done"]);
  expect(garden.secrets()).toEqual(["quay-v1", "quay-v2"]);
  expect(await ending({ aim: "finish" })).toEqual(["blocked", 'Secret "quay-v1" is to stay for its grace']);
  expect(await ending({ aim: "finish", now: () => Date.now() + 25 * 3_600_000, timeout: undefined })).toEqual(["done"]);
  expect(garden.secrets()).toEqual(["quay-v2"]);
});

test("who takes the switch back again and again is not fought with", async () => {
  garden = await startRotationGarden(1);
  const { store } = garden;
  store.watch("shoots.core.gardener.cloud", ({ object }) => {
    const text = JSON.stringify(object);
    if (text.includes('"name":"quay-v2"'))
      setTimeout(() => store.put("shoots.core.gardener.cloud", JSON.parse(text.replaceAll("quay-v2", "quay-v1"))));
  });
  expect(await ending({ wait: true })).toEqual([
    "blocked",
    'Shoot "shoot-0" was switched 3 times, and each time somebody took that back',
  ]);
  expect(garden.violations).toEqual([]);
});

test("out of time is said, and nothing is lost", async () => {
  garden = await startRotationGarden(1);
  garden.simulator.plan({ namespace: "garden-dev", name: "shoot-0" }, { milliseconds: 5, outcome: "hang" });
  expect(await ending({ timeout: 300 })).toEqual(["timeout"]);
  expect(await ending({ aim: "rollback" })).toEqual(["done"]);
});

test("what stands against a rotation is told before anything is written", async () => {
  garden = await startRotationGarden(2, (index) => ({
    ...(index === 1 && {
      resources: [
        { name: "quay", resourceRef: { apiVersion: "v1", kind: "Secret", name: "quay-v1" } },
        { name: "lost", resourceRef: { apiVersion: "v1", kind: "Secret", name: "lost" } },
      ],
    }),
  }));
  const [first] = [garden.shoot("shoot-0")];
  if (first === undefined) throw new Error("unreachable: the Shoot was put");
  const labels = { "kustomize.toolkit.fluxcd.io/name": "apps" };
  garden.store.put("shoots.core.gardener.cloud", { ...first, metadata: { ...first.metadata, labels } });
  const values = { purpose: "credentials", username: "two words", password: "x" } as const;
  const { blockers } = await preflightRotation({
    client: garden.client(),
    from: "quay-v1",
    values,
    force: false,
    triggerReconcile: false,
    deleteOld: false,
    verify: undefined,
    now: 0,
  });
  expect(blockers).toMatchInlineSnapshot(`
    [
      "the new Secret would not work: RC210 the username contains whitespace",
      "Shoot "shoot-0" is managed by Flux, which would take the switch back: rotate in its manifests with -f, or --force",
      "spec.resources[1] of Shoot "shoot-1" names Secret "lost", which is missing or being deleted: Gardener refuses every change of the list until that is mended",
    ]
  `);
  const writes = garden.server.requests.filter(
    (it) => it.method !== "GET" && !it.url.includes("selfsubjectaccessreviews"),
  );
  expect(writes).toEqual([]);
});
