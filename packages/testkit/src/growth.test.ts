import { expect, test } from "vitest";
import { growthOf, inStep } from "./growth.ts";

function spin(steps: number): void {
  let sum = 0;
  for (let step = 0; step < steps; step += 1) sum += Math.sqrt(step);
  if (sum < 0) throw new Error("unreachable: a sum of roots");
}

test("tells work in step with the size from work with its square", () => {
  const inStepWith = (size: number): void => spin(size * 1_000);
  const withSquare = (size: number): void => spin(size ** 2);
  expect([inStepWith, withSquare].map((it) => growthOf(it, 3_000) < inStep)).toEqual([true, false]);
});
