import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { keepTexts } from "./kept-texts.ts";

/** What buffers take that somebody still holds. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().arrayBuffers;
}

test("texts come out as they went in, though most are packed, which takes a fraction of the memory", () => {
  const texts = Array.from({ length: 400 }, (_, at) => `${at}: naïve 缓存 ${"a row of the fleet ".repeat(2_000)}`);
  const kept = keepTexts();
  expect(kept.isEmpty).toBe(true);
  const before = heldBytes();
  for (const it of texts) kept.add(it);
  const bytes = heldBytes() - before;
  expect([kept.isEmpty, [...kept.all()].every((it, at) => it === texts[at])]).toEqual([false, true]);
  // Fifteen million bytes went in.
  expect(bytes).toBeLessThan(4_000_000);
});
