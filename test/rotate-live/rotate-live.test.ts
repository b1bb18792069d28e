import type { FaultEffect } from "@registry-cache/testkit";
import { afterEach, expect, test } from "vitest";
import { newValues, type RotationGarden, startRotationGarden } from "./rotation-garden.ts";

let garden: RotationGarden;
afterEach(() => garden.close());

function shown({ violations, targets, secrets }: RotationGarden): object {
  return { violations, targets: targets(), secrets: secrets() };
}

test("three Shoots are rotated, the first alone, and the old Secret is deleted", async () => {
  garden = await startRotationGarden(3);
  const { outcome, events } = await garden.rotate({ deleteOld: true });
  expect({ end: outcome.end, blockers: outcome.blockers, problem: outcome.problem }).toEqual({
    end: "done",
    blockers: [],
  });
  expect(shown(garden)).toEqual({
    violations: [],
    targets: { "shoot-0": "quay-v2", "shoot-1": "quay-v2", "shoot-2": "quay-v2" },
    secrets: ["quay-v2"],
  });
  const order = events.filter((it) => it.event === "switched" || it.event === "rolled-out" || it.event === "deleted");
  expect(order.map((it) => `${it.event} ${"shoot" in it ? it.shoot : it.secret}`).slice(0, 2)).toEqual([
    "switched shoot-0",
    "rolled-out shoot-0",
  ]);
});

test("no value of a Secret is in an event", async () => {
  garden = await startRotationGarden(1);
  const { outcome, events } = await garden.rotate({ values: newValues });
  expect(JSON.stringify([outcome, events])).not.toMatch(/invented/);
});

const done = {
  violations: [],
  targets: { "shoot-0": "quay-v2", "shoot-1": "quay-v2", "shoot-2": "quay-v2" },
  secrets: ["quay-v2"],
};

/** Each goes through some thirty gardens. */
const long = { timeout: 180_000 };

const effects: { readonly [name: string]: FaultEffect } = {
  "is refused by 409": { answer: 409 },
  "is refused by 403": { answer: 403 },
  "is refused by 429": { answer: 429 },
  "is refused by 500": { answer: 500 },
  "breaks off before it is done": { reset: true },
  "breaks off when it is done": { cutAfter: 0 },
};

test.each(Object.entries(effects))("whichever request %s, the same command does the rest", long, async (_, effect) => {
  for (let at = 0; ; at += 1) {
    garden = await startRotationGarden(3);
    garden.server.faults.add({ after: at, effect });
    await garden.rotate({ deleteOld: true }).catch(() => undefined);
    if (garden.server.requests.length <= at) return;
    const { outcome } = await garden.rotate({ deleteOld: true });
    expect({ at, end: outcome.end, blockers: outcome.blockers, ...shown(garden) }).toEqual({
      at,
      end: "done",
      blockers: [],
      ...done,
    });
    await garden.close();
  }
});

test.each(Object.entries(effects))("whichever request %s, the way back is open", long, async (_, effect) => {
  for (let at = 0; ; at += 1) {
    garden = await startRotationGarden(3);
    garden.server.faults.add({ after: at, effect });
    await garden.rotate().catch(() => undefined);
    if (garden.server.requests.length <= at) return;
    const { outcome } = await garden.rotate({ aim: "rollback", values: undefined });
    const targets = { "shoot-0": "quay-v1", "shoot-1": "quay-v1", "shoot-2": "quay-v1" };
    expect({ at, end: outcome.end, ...shown(garden) }).toEqual({
      at,
      end: "done",
      violations: [],
      targets,
      secrets: ["quay-v1"],
    });
    await garden.close();
  }
});

test("each Shoot needs at most six requests, whatever their number", async () => {
  const asked: number[] = [];
  for (const count of [2, 12]) {
    garden = await startRotationGarden(count);
    const { outcome } = await garden.rotate({ deleteOld: true, parallel: 5 });
    expect(outcome.end).toBe("done");
    asked.push(garden.server.requests.length);
    if (count === 2) await garden.close();
  }
  const [few = 0, many = 0] = asked;
  const each = (many - few) / 10;
  process.stdout.write(`requests: ${few} for 2 Shoots, ${many} for 12, so ${each} for each more\n`);
  expect(each).toBeLessThanOrEqual(6);
});
