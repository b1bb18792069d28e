import { expect, test } from "vitest";
import { later } from "./later.ts";

test("is made when it is first asked for, and only then", () => {
  const calls: string[] = [];
  const constant = later(() => {
    calls.push("made");
    return { value: 1 };
  });
  expect(calls).toEqual([]);
  expect(constant()).toBe(constant());
  expect(calls).toEqual(["made"]);
});
