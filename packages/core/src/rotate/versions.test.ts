import fc from "fast-check";
import { expect, test } from "vitest";
import { dns1123SubdomainProblems } from "../formats/dns-name.ts";
import { isLaterVersion, maxNameLength, nextName } from "./versions.ts";

test.each([
  ["ro-quay-v1", "ro-quay-v2"],
  ["ro-quay-v9", "ro-quay-v10"],
  ["ro-quay-v09", "ro-quay-v10"],
  ["ro-quay-07", "ro-quay-08"],
  ["ro-quay-099", "ro-quay-100"],
  ["ro-quay-99", "ro-quay-100"],
  ["ro-quay-1", "ro-quay-2"],
  ["ro.quay.v1", "ro.quay.v2"],
  ["ro.quay.1", "ro.quay.2"],
  ["ro-quay", "ro-quay-v2"],
  ["v1", "v2"],
  ["7", "7-v2"],
  ["oauth2", "oauth2-v2"],
  ["quay-k8s", "quay-k8s-v2"],
  ["quay-v", "quay-v-v2"],
  ["quay-v1-old", "quay-v1-old-v2"],
  ["quay-99999999999999999999", "quay-100000000000000000000"],
  ["quay-2026-13-31", "quay-2026-13-32"],
  ["quay-20261399", "quay-20261400"],
  ["quay-2026-01-31", "quay-2026-01-31-v2"],
  ["quay-2026-01-31-v2", "quay-2026-01-31-v3"],
  ["Quay_Pull", "quay-pull-v2"],
  ["", "secret-v2"],
  ["a..-b", "a.b-v2"],
])("behind %j comes %j", (name, next) => {
  expect(nextName(name, new Set())).toBe(next);
});

test.each([
  ["quay-2026-01-31", "2026-03-15", "quay-2026-03-15"],
  ["quay-20260131", "2026-03-15", "quay-20260315"],
  ["quay.2026.01.31", "2026-03-15", "quay.2026.03.15"],
  ["quay-2026-01-31-v3", "2026-03-15", "quay-2026-03-15"],
  ["quay-2026-03-15", "2026-03-15", "quay-2026-03-15-v2"],
  ["quay-2026-03-15-v2", "2026-03-15", "quay-2026-03-15-v3"],
  ["quay-2027-01-01", "2026-03-15", "quay-2027-01-01-v2"],
  ["quay-2026-01-31", "yesterday", "quay-2026-01-31-v2"],
  ["quay-v1", "2026-03-15", "quay-v2"],
])("behind %j comes on %s %j", (name, today, next) => {
  expect(nextName(name, new Set(), { today })).toBe(next);
});

test.each([
  ["quay-v1", ["quay-v2", "quay-v3"], "quay-v4"],
  ["quay-08", ["quay-09"], "quay-10"],
  ["quay", ["quay-v2"], "quay-v3"],
  ["quay-2026-01-31", ["quay-2026-03-15", "quay-2026-03-15-v2"], "quay-2026-03-15-v3"],
])("behind %j comes the first name that none of %j has", (name, taken, next) => {
  expect(nextName(name, new Set(taken), { today: "2026-03-15" })).toBe(next);
});

test("a long name loses the end of its stem, not its version", () => {
  const long = "a".repeat(maxNameLength);
  expect(nextName(long, new Set())).toBe(`${"a".repeat(maxNameLength - 3)}-v2`);
  expect(nextName(`${"a".repeat(maxNameLength - 3)}-v9`, new Set())).toBe(`${"a".repeat(maxNameLength - 4)}-v10`);
  expect(nextName(`${"a".repeat(maxNameLength - 4)}-b-v1`, new Set())).toBe(`${"a".repeat(maxNameLength - 4)}-v2`);
});

test("any name gives a valid one that is free, other than itself, short enough, and later", () => {
  const parts = fc.constantFrom("a", "-", ".", "v", "1", "0", "9", "2026", "-01", "-31", "_", "Ä", "x".repeat(100));
  const names = fc.oneof(
    fc.array(parts, { maxLength: 8 }).map((it) => it.join("")),
    fc.string({ unit: "grapheme" }),
  );
  const today = fc.option(fc.constantFrom("2026-03-15", "2026-01-31", "nonsense"), { nil: undefined });
  fc.assert(
    fc.property(names, fc.nat(3), today, (name, busy, day) => {
      const taken = new Set<string>();
      let next = nextName(name, taken, { today: day });
      for (let round = 0; round < busy; round += 1) {
        taken.add(next);
        next = nextName(name, taken, { today: day });
      }
      expect(dns1123SubdomainProblems(next)).toEqual([]);
      expect([next.length <= maxNameLength, next === name, taken.has(next)]).toEqual([true, false, false]);
      expect([name, next, isLaterVersion(name, next), isLaterVersion(next, name)]).toEqual([name, next, true, false]);
    }),
  );
});

test.each([
  ["quay", "quay-v2"],
  ["quay-v1", "quay-v10"],
  ["quay-v1", "quay-2"],
  ["quay-2026-01-31", "quay-2026-02-01"],
  ["quay-2026-01-31", "quay-20260131-v2"],
  ["quay-v1", "quay-2026-02-01"],
  [`${"a".repeat(252)}-v1`, `${"a".repeat(246)}-v2`],
  [`${"a".repeat(245)}-b-v9`, `${"a".repeat(245)}-v10`],
])("%j is before %j", (old, later) => {
  expect([isLaterVersion(old, later), isLaterVersion(later, old)]).toEqual([true, false]);
});

test.each([
  ["quay-v1", "quay-v1"],
  ["quay-v1", "quay-v01"],
  ["quay-v1", "docker-v2"],
  ["quay-v1", "quay-v2-old"],
])("neither of %j and %j is before the other", (one, other) => {
  expect([isLaterVersion(one, other), isLaterVersion(other, one)]).toEqual([false, false]);
});
