import { expect, test } from "vitest";
import { windowAround } from "./maintenance-window.ts";

function opens(begin: string, end: string, now: string): string {
  const shoot = {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: { name: "s" },
    spec: { maintenance: { timeWindow: { begin, end } } },
  };
  const { from, to } = windowAround(shoot, Date.parse(now));
  return [from, to].map((it) => (Number.isFinite(it) ? new Date(it).toISOString().slice(0, 16) : String(it))).join(" ");
}

// The effective end is 15 minutes before the one that is written.
test.each([
  ["a window ahead", "220000+0000", "230000+0000", "2030-01-01T12:00:00Z", "2030-01-01T22:00 2030-01-01T22:45"],
  ["a window that is open", "220000+0000", "230000+0000", "2030-01-01T22:30:00Z", "2030-01-01T22:00 2030-01-01T22:45"],
  [
    "its last quarter of an hour",
    "220000+0000",
    "230000+0000",
    "2030-01-01T22:50:00Z",
    "2030-01-02T22:00 2030-01-02T22:45",
  ],
  ["a window over midnight", "233000+0000", "003000+0000", "2030-01-02T00:10:00Z", "2030-01-01T23:30 2030-01-02T00:15"],
  [
    "a window in another zone",
    "010000+0200",
    "020000+0200",
    "2030-01-01T12:00:00Z",
    "2030-01-01T23:00 2030-01-01T23:45",
  ],
  ["a window to the west", "220000-0500", "230000-0500", "2030-01-01T12:00:00Z", "2030-01-02T03:00 2030-01-02T03:45"],
  ["no window", "", "", "2030-01-01T12:00:00Z", "-Infinity Infinity"],
] as const)("%s", (...[, begin, end, now, open]) => {
  expect(opens(begin, end, now)).toBe(open);
});
