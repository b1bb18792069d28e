import { afterEach, expect, test } from "vitest";
import { newValues, type RotationGarden, startRotationGarden } from "./rotation-garden.ts";

let garden: RotationGarden;
afterEach(() => garden.close());

test("a rotation with another credential that began after the last look is not gone on with", async () => {
  garden = await startRotationGarden(2);
  await garden.rotate({
    wait: false,
    values: { ...newValues, password: "invented-other" } as typeof newValues,
    aim: "rotate",
  });
  const { outcome } = await garden.rotate();
  expect([outcome.end, outcome.blockers.map((it) => it.kind)]).toEqual(["blocked", ["other-rotation"]]);
});
