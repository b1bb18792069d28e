import { expect, test } from "vitest";
import { chainTree } from "./chain-tree.ts";
import type { Place } from "./protocol.ts";

const at = (line: number): Place => ({
  uri: "file:///a.yaml",
  range: { start: { line, character: 0 }, end: { line, character: 1 } },
});

test("a Shoot holds its caches, a cache its reference, a reference its Secret, each with its health and place", () => {
  const tree = chainTree([
    {
      ...at(1),
      name: "north",
      namespace: "garden-dev",
      health: "error",
      links: [
        {
          purpose: "credentials",
          upstream: "quay.io",
          health: "ok",
          codes: [],
          place: at(2),
          reference: { label: "quay-secret", health: "ok", codes: [], place: at(3) },
          secret: { label: "ro-quay-v3", health: "error", codes: ["RC213"], note: "SealedSecret", place: at(4) },
        },
      ],
    },
  ]);
  const secret = {
    kind: "secret",
    label: "ro-quay-v3",
    description: "SealedSecret",
    health: "error",
    codes: ["RC213"],
    place: at(4),
    children: [],
  };
  const reference = {
    kind: "reference",
    label: "quay-secret",
    description: "",
    health: "ok",
    codes: [],
    place: at(3),
    children: [secret],
  };
  const cache = {
    kind: "cache",
    label: "quay.io",
    description: "",
    health: "ok",
    codes: [],
    place: at(2),
    children: [reference],
  };
  expect(tree).toEqual([
    {
      kind: "shoot",
      label: "north",
      description: "garden-dev",
      health: "error",
      codes: [],
      place: at(1),
      children: [cache],
    },
  ]);
});

test("a cache without credentials ends its chain, and a link that leads nowhere has no place", () => {
  const cache = { purpose: "credentials", upstream: "ghcr.io", health: "ok", codes: [], place: at(2) } as const;
  const missing = { label: "gone", health: "error", codes: ["RC201"] } as const;
  const [shoot] = chainTree([
    { ...at(1), name: "south", health: "error", links: [cache, { ...cache, reference: missing }] },
  ]);
  const row = { kind: "cache", label: "ghcr.io", description: "", health: "ok", codes: [], place: at(2) };
  expect(shoot?.children).toEqual([
    { ...row, children: [] },
    {
      ...row,
      children: [
        { kind: "reference", label: "gone", description: "", health: "error", codes: ["RC201"], children: [] },
      ],
    },
  ]);
});
