import { expect, test } from "vitest";
import type { GardenCache, GardenShoot } from "../protocol.ts";
import { type GardenNode, gardenTree } from "./garden-tree.ts";

const words = { missing: "missing", terminating: "dying", forbidden: "hidden", since: (day: string) => `since ${day}` };

function cache(more: Partial<GardenCache> = {}): GardenCache {
  const secret = { name: "quay-v1", state: "present", created: "2024-01-02T03:04:05Z" } as const;
  return {
    namespace: "garden-dev",
    shoot: "north",
    kind: "cache",
    upstream: "quay.io",
    reference: "quay",
    secret,
    rollOut: { done: true },
    findings: [],
    ...more,
  };
}

/** The rows as lines, a level deeper by a blank. */
function lines(shoots: readonly GardenShoot[], manyNamespaces = false): readonly string[] {
  const rows = { words, manyNamespaces, uriOf: ({ name }: GardenShoot) => `garden:${name}` };
  const walk = (node: GardenNode, depth: string): readonly string[] => {
    const { kind, label, note = "", health, place, rollsOut } = node;
    const line = [`${depth}${kind}`, label, health, note, place?.uri ?? "", rollsOut ? "rolls out" : ""];
    return [line.filter((it) => it !== "").join(" "), ...node.children.flatMap((it) => walk(it, `${depth} `))];
  };
  return gardenTree(shoots, rows).flatMap((it) => walk(it, ""));
}

function shoot(name: string, ...caches: readonly GardenCache[]): GardenShoot {
  return { namespace: "garden-dev", name, caches };
}

test("a Shoot holds its caches, these their reference and its Secret, and is as sound as the worst of them", () => {
  const missing = cache({
    upstream: "ghcr.io",
    secret: { name: "gone", state: "missing" },
    findings: [{ code: "RC205", severity: "error", message: "gone" }],
  });
  const { reference, secret, ...open } = cache({ kind: "mirror", upstream: "docker.io" });
  expect(lines([shoot("north", cache(), missing, open)])).toEqual([
    "shoot north error garden:north",
    " cache quay.io ok",
    "  reference quay ok",
    "   secret quay-v1 ok since 2024-01-02",
    " cache ghcr.io error",
    "  reference quay error",
    "   secret gone error missing",
    " mirror docker.io ok",
  ]);
});

test("an entry without a Secret is broken, a Secret that cannot be seen is not known, one on its way out is a warning", () => {
  const { secret, ...bare } = cache();
  expect(lines([shoot("a", bare)])).toEqual([
    "shoot a error garden:a",
    " cache quay.io error",
    "  reference quay error",
  ]);
  const row = (it: NonNullable<GardenCache["secret"]>): readonly string[] =>
    lines([shoot("a", cache({ secret: it }))]).slice(-1);
  const dying = { name: "s", state: "terminating", created: "2024-01-02T03:04:05Z" } as const;
  expect([row({ name: "s", state: "forbidden" }), row(dying)]).toEqual([
    ["   secret s unknown hidden"],
    ["   secret s warning dying"],
  ]);
});

test("a Shoot that is being rolled out is fine, one that is stuck is a warning; both say why", () => {
  const waiting = cache({ rollOut: { done: false, stuck: false, why: "running" }, reason: "its reconcile is running" });
  const stuck = cache({ rollOut: { done: false, stuck: true, why: "not-started" }, reason: "it waits" });
  expect(lines([shoot("a", waiting), shoot("b", stuck)], true).filter((it) => it.startsWith("shoot"))).toEqual([
    "shoot a ok garden-dev, its reconcile is running garden:a rolls out",
    "shoot b warning garden-dev, it waits garden:b rolls out",
  ]);
});

test("a Secret that is there, and which a cache logs in with, can be rotated", () => {
  const rows = { words, manyNamespaces: false, uriOf: () => "" };
  const secretIn = (more: Partial<GardenCache>) =>
    gardenTree([shoot("a", cache(more))], rows)[0]?.children[0]?.children[0]?.children[0]?.secret;
  expect(secretIn({})).toEqual({ name: "quay-v1", namespace: "garden-dev" });
  expect(secretIn({ kind: "mirror" })).toBeUndefined();
  expect(secretIn({ secret: { name: "gone", state: "missing" } })).toBeUndefined();
});
