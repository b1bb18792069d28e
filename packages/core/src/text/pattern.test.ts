import { growthOf, inStep } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { matchesGlob } from "./pattern.ts";

test.each<readonly [string, readonly string[], readonly string[]]>([
  ["a.yaml", ["a.yaml", "x/a.yaml", "x/y/a.yaml"], ["b.yaml", "aa.yaml", "a.yaml.bak"]],
  ["/a.yaml", ["a.yaml"], ["x/a.yaml"]],
  ["./a.yaml", ["a.yaml"], ["x/a.yaml"]],
  ["*.gen.yaml", ["a.gen.yaml", "x/.gen.yaml"], ["a.yaml", "a.gen.yaml.bak"]],
  ["legacy", ["legacy", "legacy/a.yaml", "x/legacy/y/a.yaml"], ["legacy2/a.yaml", "my-legacy"]],
  ["legacy/", ["legacy/a.yaml"], ["legacy2/a.yaml"]],
  ["legacy/*", ["legacy/a.yaml", "legacy/x/a.yaml"], ["x/legacy/a.yaml"]],
  ["legacy/**", ["legacy/a.yaml", "legacy/x/a.yaml"], ["legacy2/a.yaml"]],
  ["**/legacy/*.yaml", ["legacy/a.yaml", "x/y/legacy/a.yaml"], ["legacy/x/a.yaml", "xlegacy/a.yaml"]],
  ["a/**/b.yaml", ["a/b.yaml", "a/x/b.yaml", "a/x/y/b.yaml"], ["a/xb.yaml", "ab.yaml"]],
  ["?.yaml", ["a.yaml", "ü.yaml"], ["ab.yaml", ".yaml"]],
  ["a+b(c).yaml", ["a+b(c).yaml"], ["aab(c).yaml"]],
  ["**", ["a", "a/b"], []],
])("%s matches as in .gitignore", (glob, matching, others) => {
  expect([...matching, ...others].filter((it) => matchesGlob(glob, it))).toEqual(matching);
});

test("a hostile pattern takes no time", () => {
  const match = (size: number): void => expect(matchesGlob(`${"*a".repeat(50)}b`, "a".repeat(size))).toBe(false);
  expect(growthOf(match, 1250)).toBeLessThan(inStep);
});
