import { expect, test } from "vitest";
import { fail, succeed } from "./result.ts";

test("a result is plain data that says which of the two it is", () => {
  expect([succeed(1), fail("no")]).toEqual([
    { ok: true, value: 1 },
    { ok: false, error: "no" },
  ]);
});
