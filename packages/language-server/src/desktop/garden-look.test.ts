import { expect, test } from "vitest";
import { pauseAfter } from "./garden-look.ts";

test("a garden that is lost is tried again after two seconds at first, and after a minute at most", () => {
  const pauses = (chance: number): readonly number[] => [1, 2, 3, 5, 6, 20].map((it) => pauseAfter(it, chance));
  expect(pauses(1)).toEqual([2000, 4000, 8000, 32_000, 60_000, 60_000]);
  expect(pauses(0)).toEqual([1500, 3000, 6000, 24_000, 45_000, 45_000]);
});
