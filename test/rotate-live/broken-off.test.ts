import { afterEach, expect, test } from "vitest";
import { type RotationGarden, startRotationGarden } from "./rotation-garden.ts";

let garden: RotationGarden;
afterEach(() => garden.close());

test("who stops while a request is under way has stopped, which is no failure of the garden", async () => {
  garden = await startRotationGarden(1);
  const stop = new AbortController();
  garden.server.faults.add({ method: "PATCH", path: /\/shoots\//, effect: { hang: true } });
  const running = garden.rotate({ signal: stop.signal });
  while (!garden.server.requests.some((it) => it.method === "PATCH")) await new Promise((go) => setTimeout(go, 5));
  stop.abort();
  const { outcome } = await running;
  expect([outcome.end, outcome.problem]).toEqual(["interrupted", undefined]);
});

test("what the garden refuses each time is not tried without end", async () => {
  garden = await startRotationGarden(1);
  garden.server.faults.add({ method: "POST", path: /\/secrets/, times: 1000, effect: { answer: 409 } });
  const { outcome, events } = await garden.rotate();
  expect([outcome.end, events.map((it) => it.event)]).toEqual(["failed", Array(4).fill("retrying")]);
});

test("a look in the middle that the garden refuses ends the run as one that can be gone on with", async () => {
  garden = await startRotationGarden(2);
  const path = /labelSelector=registry-cache-tools/;
  garden.server.faults.add({ path, after: 2, times: 1000, effect: { answer: 403 } });
  const { outcome } = await garden.rotate();
  expect([outcome.end, outcome.open.map((it) => it.shoot.name)]).toEqual(["failed", ["shoot-0", "shoot-1"]]);
});
