import { afterEach, expect, test, vi } from "vitest";
import { realClock } from "./clock.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("what is further away than Node's longest timer waits for its time", () => {
  vi.useFakeTimers();
  const day = 86_400_000;
  const runs: number[] = [];
  const note = async (): Promise<void> => void runs.push(Date.now());
  const end = Date.now() + 60 * day;
  realClock.after(60 * day, note);
  const cancel = realClock.after(61 * day, note);
  vi.advanceTimersByTime(60 * day - 1);
  expect(runs).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(runs).toEqual([end]);
  cancel();
  vi.advanceTimersByTime(2 * day);
  expect(runs).toEqual([end]);
});
