import { expect, test } from "vitest";
import { chainTree } from "./chain-tree.ts";
import type { ChainLink } from "./protocol.ts";

/** A link that is fine, written in some line. */
function link(label: string, line: number): ChainLink {
  const range = { start: { line, character: 0 }, end: { line, character: 1 } };
  return { label, health: "ok", findings: [], place: { uri: "file:///a.yaml", range } };
}

test("a Shoot holds its caches, a cache its reference, a reference its Secret", () => {
  const secret = { ...link("ro-quay-v3", 4), health: "error", note: "SealedSecret" } as const;
  const reference = { ...link("quay-secret", 3), secret };
  const tree = chainTree([
    {
      ...link("north", 1),
      namespace: "garden-dev",
      uses: [
        { ...link("quay.io", 2), kind: "cache", reference },
        { ...link("ghcr.io", 5), kind: "mirror" },
      ],
    },
  ]);
  const row = { ...secret, kind: "secret", children: [] };
  const entry = { ...link("quay-secret", 3), kind: "reference", children: [row] };
  const uses = [
    { ...link("quay.io", 2), kind: "cache", children: [entry] },
    { ...link("ghcr.io", 5), kind: "mirror", children: [] },
  ];
  expect(tree).toEqual([{ ...link("north", 1), note: "garden-dev", kind: "shoot", children: uses }]);
});

test("a chain ends where it breaks", () => {
  const missing = {
    label: "gone",
    health: "error",
    findings: [{ code: "RC201", severity: "error", message: "gone is gone" }],
  } as const;
  const [shoot] = chainTree([
    { ...link("south", 1), uses: [{ ...link("ghcr.io", 2), kind: "cache", reference: missing }] },
  ]);
  const ends = [{ ...missing, kind: "reference", children: [] }];
  expect(shoot?.children).toEqual([{ ...link("ghcr.io", 2), kind: "cache", children: ends }]);
});
