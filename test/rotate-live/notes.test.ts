import { type Preflight, preflightRotation } from "@registry-cache/operations";
import { afterEach, expect, test } from "vitest";
import { type RotationGarden, startRotationGarden } from "./rotation-garden.ts";

let garden: RotationGarden;
afterEach(() => garden.close());

function look(now = Date.UTC(2030, 0, 1, 12)): Promise<Preflight> {
  const client = garden.client();
  const rest = { values: undefined, force: false, triggerReconcile: false, deleteOld: false, verify: undefined };
  return preflightRotation({ client, from: "quay-v1", now, ...rest });
}

const single = /^caches of one replica restart/;

test("when a change reaches a Shoot is told with times", async () => {
  const maintenance = {
    confineSpecUpdateRollout: true,
    timeWindow: { begin: "220000+0100", end: "230000+0100" },
  };
  const schedules = [{ start: "0 20 * * 1-5", end: "0 6 * * 1-5", location: "Europe/Berlin" }, { end: "0 9 * * 6" }];
  const specs = [{ maintenance }, { hibernation: { enabled: true, schedules } }, { hibernation: { enabled: true } }];
  garden = await startRotationGarden(3, (index) => specs[index] ?? {});
  expect((await look()).notes.filter((it) => !single.test(it))).toEqual([
    'Shoot "shoot-0" takes changes in its maintenance window only, from 2030-01-01T21:00:00Z to 2030-01-01T21:45:00Z, --trigger-reconcile asks for it at once',
    'Shoot "shoot-1" is hibernated, its cache gets the new credential when it wakes up, by its schedule at 0 6 * * 1-5 (Europe/Berlin) and 0 9 * * 6 (UTC)',
    'Shoot "shoot-2" is hibernated, its cache gets the new credential when it wakes up, which no schedule does',
  ]);
});

test("a Shoot that is not well is told, and stops nothing: a revoked credential may be the reason", async () => {
  garden = await startRotationGarden(1);
  const shoot = garden.shoot("shoot-0");
  if (shoot === undefined) throw new Error("unreachable: the Shoot was put");
  const conditions = [
    { type: "APIServerAvailable", status: "True" },
    { type: "SystemComponentsHealthy", status: "False" },
  ];
  garden.store.put("shoots.core.gardener.cloud", { ...shoot, status: { ...Object(shoot["status"]), conditions } });
  const { notes, blockers } = await look();
  expect([notes.filter((it) => !single.test(it)), blockers]).toEqual([
    ['Shoot "shoot-0" is not well (SystemComponentsHealthy is False), which may keep its cache from starting'],
    [],
  ]);
});

test("only caches of one replica leave a gap", async () => {
  const cache = { upstream: "quay.io", secretReferenceName: "quay", highAvailability: { enabled: true } };
  const apiVersion = "registry.extensions.gardener.cloud/v1alpha3";
  const providerConfig = { apiVersion, kind: "RegistryConfig", caches: [cache, { upstream: "docker.io" }] };
  const extensions = [{ type: "registry-cache", providerConfig }];
  garden = await startRotationGarden(3, (index) => (index === 0 ? { extensions } : {}));
  expect((await look()).notes.map((it) => it.slice(0, it.indexOf(":")))).toEqual([
    'caches of one replica restart (Shoot "shoot-1" and 1 more)',
  ]);
});

test("an entry of another kind that is not there is found before anything is made", async () => {
  const secret = { apiVersion: "v1", kind: "Secret", name: "quay-v1" };
  const lost = { apiVersion: "v1", kind: "ConfigMap", name: "lost" };
  const resources = [
    { name: "quay", resourceRef: secret },
    { name: "other", resourceRef: lost },
  ];
  garden = await startRotationGarden(2, (index) => (index === 1 ? { resources } : {}));
  const { blockers } = await look();
  expect(blockers.map((it) => it.replace(/: .*lost.*$/, ": ... lost ..."))).toEqual([
    'Gardener refuses every change of spec.resources of Shoot "shoot-1": ... lost ...',
  ]);
  const writes = garden.server.requests.filter((it) => it.method === "PATCH" && !it.url.includes("dryRun=All"));
  expect([writes, garden.secrets()]).toEqual([[], ["quay-v1"]]);
});
