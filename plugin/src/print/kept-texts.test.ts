import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { keepTexts } from "./kept-texts.ts";

/** What buffers take that somebody still holds. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().arrayBuffers;
}

test("texts come out as they went in, though most are packed, which takes a fraction of the memory", async () => {
  const texts = Array.from({ length: 400 }, (_, at) => `${at}: naïve 缓存 ${"a row of the fleet ".repeat(2_000)}`);
  const kept = keepTexts();
  expect(kept.isEmpty).toBe(true);
  const before = heldBytes();
  for (const it of texts) kept.add(it);
  // Fifteen million bytes went in. What nobody holds is given back a little later.
  await vi.waitFor(() => expect(heldBytes() - before).toBeLessThan(4_000_000));
  expect([kept.isEmpty, [...kept.all()].every((it, at) => it === texts[at])]).toEqual([false, true]);
});
