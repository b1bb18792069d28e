import fc from "fast-check";
import { expect, test } from "vitest";
import { rotationAnnotations } from "./live-provenance.ts";
import { type LiveRotation, liveRotation } from "./live-rotation.ts";
import type { LiveSecretView } from "./live-secret.ts";
import { readLiveShoot } from "./live-shoot.ts";
import type { LiveAction, LiveStep, RotationWish } from "./live-step.ts";
import { nextLiveStep } from "./next-live-step.ts";
import type { Verification } from "./verification.ts";

/** A Shoot in short: its Secret, and the state of its last run; `*` in front for a run that has not seen the last change. */
type Shoots = { readonly [name: string]: string };

interface World {
  readonly secrets: { readonly [name: string]: { readonly [annotation: string]: string } };
  readonly shoots: Shoots;
  /** What was seen in the clusters. */
  readonly seen?: { readonly [shoot: string]: Verification };
}

function secret(name: string, annotations: { readonly [name: string]: string }): LiveSecretView {
  return {
    name,
    uid: name,
    resourceVersion: "1",
    terminating: "gone" in annotations,
    finalizers: [],
    labels: {},
    annotations,
  };
}

function shoot(name: string, short: string): unknown {
  const [target, state = "Succeeded", flag = ""] = short.split(" ");
  const providerConfig = { caches: [{ upstream: "quay.io", secretReferenceName: "quay" }] };
  const stale = state.startsWith("*");
  return {
    metadata: {
      name,
      uid: name,
      generation: stale ? 2 : 1,
      ...(flag === "deleting" && { deletionTimestamp: "2030-01-01T00:00:00Z" }),
    },
    spec: {
      seedName: "s",
      hibernation: { enabled: flag === "asleep" },
      extensions: [{ type: "registry-cache", providerConfig }],
      resources: [{ name: "quay", resourceRef: { apiVersion: "v1", kind: "Secret", name: target } }],
    },
    status: {
      seedName: "s",
      observedGeneration: 1,
      lastOperation: { type: "Reconcile", state: state.replace("*", ""), lastUpdateTime: "2030-01-01T00:00:00Z" },
    },
  };
}

function rotationOf({ secrets, shoots, seen = {} }: World): LiveRotation {
  return liveRotation({
    from: "quay-v1",
    secrets: Object.entries(secrets).map(([name, it]) => secret(name, it)),
    shoots: Object.entries(shoots).map(([name, it]) => readLiveShoot(shoot(name, it))),
    ownWrites: new Map(),
    verifications: new Map(Object.entries(seen)),
  });
}

const wish: RotationWish = {
  aim: "rotate",
  parallel: 2,
  wait: true,
  verify: "no",
  triggerReconcile: false,
  deleteOld: true,
  grace: 0,
  now: 0,
};

/** A step in one line. */
function shown(step: LiveStep): string {
  if (step.next === "act") return step.actions.map(shownAction).join(", ");
  if (step.next === "blocked") return `blocked: ${step.blockers.map((it) => it.kind).join(", ")}`;
  return step.next === "done" ? "done" : `${step.next}: ${step.shoots.map((it) => it.shoot.name).join(", ")}`;
}

function shownAction(action: LiveAction): string {
  return [action.do, "shoot" in action ? action.shoot : [], "secret" in action ? action.secret : []].flat().join(" ");
}

const made = { [rotationAnnotations.from]: "quay-v1" };
const both = { "quay-v1": {}, "quay-v2": made };
const back = { ...made, [rotationAnnotations.rollingBack]: "2030-01-01T00:00:00Z" };

test.each<[string, World, Partial<RotationWish>, string]>([
  ["nothing is made yet", { secrets: { "quay-v1": {} }, shoots: { a: "quay-v1" } }, {}, "create-secret"],
  ["the old Secret is not there", { secrets: {}, shoots: { a: "quay-v1" } }, {}, "blocked: no-secret"],
  ["nobody uses it", { secrets: { "quay-v1": {} }, shoots: { a: "other" } }, {}, "blocked: not-rotated"],
  ["it is made", { secrets: both, shoots: { a: "quay-v1", b: "quay-v1" } }, {}, "switch-shoot a"],
  ["the first rolls out", { secrets: both, shoots: { a: "quay-v2 *Succeeded", b: "quay-v1" } }, {}, "wait: a"],
  [
    "the first is rolled out",
    { secrets: both, shoots: { a: "quay-v2", b: "quay-v1", c: "quay-v1", d: "quay-v1" } },
    {},
    "switch-shoot b, switch-shoot c",
  ],
  [
    "one of two is under way",
    { secrets: both, shoots: { a: "quay-v2", b: "quay-v2 Processing", c: "quay-v1", d: "quay-v1" } },
    {},
    "switch-shoot c",
  ],
  [
    "the first failed for good",
    { secrets: both, shoots: { a: "quay-v2 Failed", b: "quay-v1" } },
    {},
    "blocked: broken",
  ],
  [
    "the first sleeps",
    { secrets: both, shoots: { a: "quay-v2 Succeeded asleep", b: "quay-v1" } },
    {},
    "switch-shoot b",
  ],
  ["all sleep", { secrets: both, shoots: { a: "quay-v2 Succeeded asleep" } }, {}, "paused: a"],
  [
    "nobody waits",
    { secrets: both, shoots: { a: "quay-v1", b: "quay-v1" } },
    { wait: false },
    "switch-shoot a, switch-shoot b",
  ],
  [
    "nobody waits and all are switched",
    { secrets: both, shoots: { a: "quay-v2 *Succeeded" } },
    { wait: false },
    "done",
  ],
  ["all is rolled out", { secrets: both, shoots: { a: "quay-v2" } }, {}, "delete-secret quay-v1"],
  [
    "all is rolled out and the old one stays",
    { secrets: both, shoots: { a: "quay-v2" } },
    { deleteOld: false },
    "done",
  ],
  ["a grace begins", { secrets: both, shoots: { a: "quay-v2" } }, { grace: 1000 }, "start-grace quay-v2"],
  [
    "a grace that the Secret tells of begins",
    { secrets: { ...both, "quay-v2": { ...made, [rotationAnnotations.grace]: "1h" } }, shoots: { a: "quay-v2" } },
    {},
    "start-grace quay-v2",
  ],
  [
    "a grace is under way",
    {
      secrets: { ...both, "quay-v2": { ...made, [rotationAnnotations.deleteAfter]: "2030-01-01T00:00:00Z" } },
      shoots: { a: "quay-v2" },
    },
    {},
    "done",
  ],
  [
    "a grace is under way and the end is asked for",
    {
      secrets: { ...both, "quay-v2": { ...made, [rotationAnnotations.deleteAfter]: "2030-01-01T00:00:00Z" } },
      shoots: { a: "quay-v2" },
    },
    { aim: "finish" },
    "blocked: grace",
  ],
  [
    "a deleting Shoot keeps the old one",
    { secrets: both, shoots: { a: "quay-v2", b: "quay-v1 Succeeded deleting" } },
    {},
    "blocked: still-used",
  ],
  ["all is gone", { secrets: { "quay-v2": made }, shoots: { a: "quay-v2" } }, {}, "done"],
  [
    "the new one is being deleted",
    { secrets: { ...both, "quay-v2": { ...made, gone: "" } }, shoots: { a: "quay-v1" } },
    {},
    "blocked: terminating",
  ],
  [
    "somebody takes it back",
    { secrets: { ...both, "quay-v2": back }, shoots: { a: "quay-v1" } },
    {},
    "blocked: rolling-back",
  ],
  [
    "the end is asked for too early",
    { secrets: both, shoots: { a: "quay-v1" } },
    { aim: "finish" },
    "blocked: still-used",
  ],
  [
    "the end is asked for without a rotation",
    { secrets: { "quay-v1": {} }, shoots: {} },
    { aim: "finish" },
    "blocked: not-rotated",
  ],
  ["the way back begins", { secrets: both, shoots: { a: "quay-v2" } }, { aim: "rollback" }, "mark-rollback quay-v2"],
  [
    "the way back",
    { secrets: { ...both, "quay-v2": back }, shoots: { a: "quay-v2", b: "quay-v2" } },
    { aim: "rollback" },
    "switch-shoot a, switch-shoot b",
  ],
  [
    "the way back ends",
    { secrets: { ...both, "quay-v2": back }, shoots: { a: "quay-v1 *Succeeded" } },
    { aim: "rollback" },
    "delete-secret quay-v2",
  ],
  [
    "a way back that began when the old Secret was just deleted is none",
    { secrets: { "quay-v2": back }, shoots: { a: "quay-v2", b: "quay-v2" } },
    {},
    "done",
  ],
  ["the same for finish", { secrets: { "quay-v2": back }, shoots: { a: "quay-v2" } }, { aim: "finish" }, "done"],
  ["no way back to what is not there", { secrets: {}, shoots: {} }, { aim: "rollback" }, "blocked: no-secret"],
  ["the way back is over", { secrets: { "quay-v1": {} }, shoots: { a: "quay-v1" } }, { aim: "rollback" }, "done"],
  [
    "there is no way back",
    { secrets: { "quay-v2": made }, shoots: { a: "quay-v2" } },
    { aim: "rollback" },
    "blocked: no-secret",
  ],
  [
    "the way back would lead to what is being deleted",
    { secrets: { ...both, "quay-v1": { gone: "" } }, shoots: { a: "quay-v2" } },
    { aim: "rollback" },
    "blocked: terminating",
  ],
])("%s", (_, world, changes, step) => {
  expect(shown(nextLiveStep(rotationOf(world), { ...wish, ...changes }))).toBe(step);
});

const [passed, running] = [{ state: "passed" }, { state: "running" }] as const;
const failed = { state: "failed", why: "x" } as const;
const unknown = { state: "unknown", why: "x" } as const;
const one = { secrets: both, shoots: { a: "quay-v2" } };
const two = { secrets: both, shoots: { a: "quay-v2", b: "quay-v1" } };

/** Twelve Shoots that are rolled out, of which the first ten are being looked into. */
const crowd = Object.fromEntries([..."0123456789ab"].map((it) => [`s${it}`, "quay-v2"]));
const allRunning = Object.fromEntries([..."0123456789"].map((it) => [`s${it}`, running]));

test.each<[string, World, Partial<RotationWish>, string]>([
  ["the first is rolled out and was not looked into", two, {}, "verify-shoot a"],
  ["the first is being looked into", { ...two, seen: { a: running } }, {}, "wait: a"],
  ["the first works", { ...two, seen: { a: passed } }, {}, "switch-shoot b"],
  ["the first does not work", { ...two, seen: { a: failed } }, {}, "blocked: not-verified"],
  ["nobody could look into the first", { ...two, seen: { a: unknown } }, {}, "switch-shoot b"],
  ["nobody could look, and must", { ...two, seen: { a: unknown } }, { verify: "must" }, "blocked: not-verified"],
  ["nobody is to look", { ...two, seen: { a: failed } }, { verify: "no" }, "switch-shoot b"],
  ["nobody waits", { ...two, seen: { a: failed } }, { wait: false }, "switch-shoot b"],
  [
    "another one is looked into while the next goes on",
    {
      secrets: both,
      shoots: { a: "quay-v2", b: "quay-v2", c: "quay-v1", d: "quay-v1" },
      seen: { a: passed, b: running },
    },
    {},
    "switch-shoot c",
  ],
  [
    "somebody switched back what is being looked into",
    { secrets: both, shoots: { a: "quay-v1", b: "quay-v1" }, seen: { a: running } },
    {},
    "switch-shoot a",
  ],
  ["the last is being looked into", { ...one, seen: { a: running } }, {}, "wait: a"],
  ["the last works", { ...one, seen: { a: passed } }, {}, "delete-secret quay-v1"],
  ["a grace begins when all work", { ...one, seen: { a: passed } }, { grace: 1 }, "start-grace quay-v2"],
  ["no grace begins before", { ...one, seen: { a: running } }, { grace: 1 }, "wait: a"],
  ["the end is asked for", one, { aim: "finish" }, "verify-shoot a"],
  ["the end, while it is looked", { ...one, seen: { a: running } }, { aim: "finish" }, "wait: a"],
  ["the end, and it works", { ...one, seen: { a: passed } }, { aim: "finish" }, "delete-secret quay-v1"],
  ["the end, and it does not", { ...one, seen: { a: failed } }, { aim: "finish" }, "blocked: not-verified"],
  ["the way back looks at nothing", { ...one, seen: { a: failed } }, { aim: "rollback" }, "mark-rollback quay-v2"],
  [
    "so many are looked into at a time",
    { secrets: both, shoots: crowd },
    {},
    "verify-shoot s0, verify-shoot s1, verify-shoot s2, verify-shoot s3, verify-shoot s4, verify-shoot s5, verify-shoot s6, verify-shoot s7, verify-shoot s8, verify-shoot s9",
  ],
  [
    "the next when one of them is done",
    { secrets: both, shoots: crowd, seen: { ...allRunning, s3: passed } },
    {},
    "verify-shoot sa",
  ],
  [
    "nobody follows those that wait to be looked into",
    { secrets: both, shoots: { ...crowd, t: "quay-v1" }, seen: allRunning },
    { parallel: 20 },
    "wait: s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, sa, sb",
  ],
])("looking into clusters: %s", (_, world, changes, step) => {
  expect(shown(nextLiveStep(rotationOf(world), { ...wish, verify: "try", ...changes }))).toBe(step);
});

/** What an action does to the world, at once and without a fault. */
function after(world: World, action: LiveAction): World {
  const { secrets, shoots } = world;
  if (action.do === "create-secret") return { shoots, secrets: { ...secrets, "quay-v2": made } };
  if (action.do === "switch-shoot")
    return { secrets, shoots: { ...shoots, [action.shoot]: `${action.to} *Succeeded` } };
  if (action.do === "mark-rollback") return { shoots, secrets: { ...secrets, [action.secret]: back } };
  if (action.do !== "delete-secret") return world;
  return { shoots, secrets: Object.fromEntries(Object.entries(secrets).filter(([name]) => name !== action.secret)) };
}

/** Every Shoot names a Secret that is there. */
function isWhole({ secrets, shoots }: World): boolean {
  return Object.values(shoots).every((it) => (it.split(" ")[0] ?? "") in secrets);
}

const names = ["a", "b", "c", "d"];

test("whatever part of each step is done and whenever somebody turns round, every Shoot names a Secret that is there, and the end is reached", () => {
  const turns = fc.array(fc.record({ done: fc.nat({ max: 3 }), reconciled: fc.subarray(names), back: fc.boolean() }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), turns, fc.integer({ min: 1, max: 4 }), (count, some, parallel) => {
      const shoots = Object.fromEntries(names.slice(0, count).map((it) => [it, "quay-v1"]));
      let world: World = { secrets: { "quay-v1": {} }, shoots };
      let aim: RotationWish["aim"] = "rotate";
      const rest = Array.from({ length: 30 }, () => ({ done: 9, reconciled: names, back: false }));
      for (const { done, reconciled, back: turned } of [...some, ...rest]) {
        if (turned) aim = "rollback";
        const step = nextLiveStep(rotationOf(world), { ...wish, aim, parallel });
        if (step.next === "act") world = step.actions.slice(0, done).reduce(after, world);
        expect(isWhole(world)).toBe(true);
        const settled = Object.entries(world.shoots).map(([name, it]) => [
          name,
          reconciled.includes(name) ? it.replace("*", "") : it,
        ]);
        world = { ...world, shoots: Object.fromEntries(settled) };
      }
      const end = nextLiveStep(rotationOf(world), { ...wish, aim, parallel });
      // Who turns round when the old Secret is gone cannot get back.
      const back = "quay-v1" in world.secrets;
      expect([...new Set(Object.values(world.shoots).map((it) => it.split(" ")[0]))]).toEqual([
        back ? "quay-v1" : "quay-v2",
      ]);
      if (back) expect(shown(end)).toBe("done");
    }),
  );
});
