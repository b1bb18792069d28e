import { createStop } from "@registry-cache/operations";
import { expect, onTestFinished, test, vi } from "vitest";
import { keepLooking, type Look, pauseAfter } from "./garden-look.ts";

test("a garden that is lost is tried again after two seconds at first, and after a minute at most", () => {
  const pauses = (chance: number): readonly number[] => [1, 2, 3, 5, 6, 20].map((it) => pauseAfter(it, chance));
  expect(pauses(1)).toEqual([2000, 4000, 8000, 32_000, 60_000, 60_000]);
  expect(pauses(0)).toEqual([1500, 3000, 6000, 24_000, 45_000, 45_000]);
});

test("nothing is left of the tries of a night without an answer", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const stop = createStop();
  const rounds: { readonly signal: AbortSignal }[] = [];
  const troubles: string[] = [];
  const operations = {
    createStop: (options?: Parameters<typeof createStop>[0]) => {
      const made = createStop(options);
      if (options?.with === stop.signal) rounds.push(made);
      return made;
    },
    resolveScope: () => Promise.reject(new Error("no answer")),
    gardenTrouble: () => ({ line: "no answer", passes: true }),
  };
  const listener = { onTrouble: ({ line }: { readonly line: string }) => troubles.push(line), onView: vi.fn() };
  const look = { operations, client: {}, all: false, stop, listener, round: createStop(), scope: [], more: [] };
  const done = keepLooking(look as unknown as Look);
  for (let minute = 0; minute < 12; minute += 1) await vi.advanceTimersByTimeAsync(60_000);
  expect(troubles.length).toBeGreaterThan(10);
  expect(rounds.slice(0, -1).every((it) => it.signal.aborted)).toBe(true);
  stop.end();
  await done;
});
