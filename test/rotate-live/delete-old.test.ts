import type { LiveRotationRequest } from "@registry-cache/operations";
import type { ApiObject } from "@registry-cache/testkit";
import { afterEach, expect, test } from "vitest";
import { type RotationGarden, startRotationGarden } from "./rotation-garden.ts";

let garden: RotationGarden;
afterEach(() => garden.close());

/** How a run ended, in one line each. */
async function ending(changes: Partial<LiveRotationRequest> = {}): Promise<readonly string[]> {
  const { end, blockers, problem } = (await garden.rotate(changes)).outcome;
  return [end, ...blockers.map((it) => it.message), ...(problem === undefined ? [] : [problem])];
}

async function oldSecret(): Promise<ApiObject | undefined> {
  return garden.store.get({ resource: "secrets", namespace: "garden-dev", name: "quay-v1" });
}

async function protect(finalizer: string): Promise<void> {
  const secret = await oldSecret();
  if (secret === undefined) throw new Error("unreachable: the garden starts with it");
  garden.store.put("secrets", { ...secret, metadata: { ...secret.metadata, finalizers: [finalizer] } });
}

const confined = () => ({
  maintenance: { confineSpecUpdateRollout: true, timeWindow: { begin: "220000+0000", end: "221500+0000" } },
});

test("who saw the roll-out of a confined Shoot still leaves a Secret that a binding out of sight holds", async () => {
  garden = await startRotationGarden(1, confined);
  await protect("gardener.cloud/secretbinding");
  expect(await ending({ triggerReconcile: true, deleteOld: true })).toEqual([
    "blocked",
    'Secret "quay-v1" was not deleted: finalizer gardener.cloud/secretbinding says that somebody needs it',
  ]);
  expect((await oldSecret())?.metadata.deletionTimestamp).toBeUndefined();
});

test("a Secret that Gardener goes on protecting is waited for no longer than was asked", async () => {
  garden = await startRotationGarden(1);
  expect(await ending()).toEqual(["done"]);
  garden.simulator.stop();
  await protect("gardener.cloud/reference-protection");
  expect(await ending({ aim: "finish", timeout: 300 })).toEqual(["timeout"]);
  expect((await oldSecret())?.metadata.deletionTimestamp).toBeUndefined();
});
