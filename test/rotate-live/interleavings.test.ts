import type { NewValues } from "@registry-cache/core";
import type { RotationOutcome } from "@registry-cache/operations";
import type { ApiObject, FaultEffect } from "@registry-cache/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newValues, type RotationGarden, startRotationGarden } from "./rotation-garden.ts";

const shootsName = "shoots.core.gardener.cloud";
const otherValues: NewValues = { purpose: "credentials", username: "robot", password: "invented-other" };

/** What a user may do to a Shoot while it is rotated: nothing of it is about the Secret. */
const edits: { readonly [name: string]: (shoot: ApiObject) => ApiObject } = {
  annotate: (it) => ({ ...it, metadata: { ...it.metadata, annotations: { ...it.metadata.annotations, note: "x" } } }),
  "put an entry in front": (it) => {
    const entry = { name: "other", resourceRef: { apiVersion: "v1", kind: "Secret", name: "quay-v1" } };
    return withResources(it, (entries) => (entries.length > 1 ? entries : [entry, ...entries]));
  },
  "turn the entries round": (it) => withResources(it, (entries) => entries.toReversed()),
};

function withResources(shoot: ApiObject, change: (entries: readonly unknown[]) => readonly unknown[]): ApiObject {
  const { spec } = shoot;
  if (typeof spec !== "object" || spec === null || !("resources" in spec) || !Array.isArray(spec.resources))
    return shoot;
  const generation = (shoot.metadata.generation ?? 0) + 1;
  const resources = change(spec.resources);
  return { ...shoot, metadata: { ...shoot.metadata, generation }, spec: { ...spec, resources } };
}

const effects: readonly FaultEffect[] = [
  { answer: 409 },
  { answer: 429 },
  { answer: 500 },
  { reset: true },
  { cutAfter: 0 },
  { delay: 20 },
];

const faults = fc.array(fc.record({ after: fc.nat({ max: 12 }), effect: fc.constantFrom(...effects) }), {
  maxLength: 4,
});
const users = fc.array(
  fc.record({ at: fc.nat({ max: 30 }), shoot: fc.nat({ max: 2 }), edit: fc.constantFrom(...Object.keys(edits)) }),
  { maxLength: 4 },
);
const second = fc.record({ same: fc.boolean(), at: fc.nat({ max: 20 }) });

test("however two rotators, users and faults meet, no Shoot is without a valid Secret and one credential wins", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(faults, users, second, async (troubles, changes, other) => {
      const garden = await startRotationGarden(3);
      try {
        for (const it of troubles) garden.server.faults.add(it);
        const first = garden.rotate().catch(() => undefined);
        const rival = after(garden, other.at).then(() =>
          garden.rotate({ values: other.same ? newValues : otherValues }).catch(() => undefined),
        );
        const people = changes.map(({ at, shoot, edit }) =>
          after(garden, at).then(() => change(garden, `shoot-${shoot}`, edits[edit] ?? ((it) => it))),
        );
        await Promise.all([first, rival, ...people]);
        // Whoever won, any machine brings it to its end; an entry that a user has put there meanwhile goes along.
        const { outcome } = await garden.rotate({ values: garden.secrets().length > 1 ? undefined : newValues });
        const made = garden.secrets().filter((it) => it !== "quay-v1");
        const used = new Set(Object.values(garden.targets()).flatMap((it) => it.split("+")));
        expect({
          violations: garden.violations,
          end: outcome.end,
          blockers: outcome.blockers,
          made,
          used: [...used],
        }).toEqual({
          violations: [],
          end: "done",
          blockers: [],
          made: ["quay-v2"],
          used: ["quay-v2"],
        });
      } finally {
        await garden.close();
      }
    }),
    { numRuns: Number(process.env["INTERLEAVINGS"] ?? 40) },
  );
});

const back = fc.record({ at: fc.nat({ max: 40 }), deleteOld: fc.boolean() });

test("however a way back meets a rotator, users and faults, no Shoot is without a valid Secret and one of both wins", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(faults, users, back, async (troubles, changes, { at, deleteOld }) => {
      const garden = await startRotationGarden(3);
      try {
        for (const it of troubles) garden.server.faults.add(it);
        const first = garden.rotate({ deleteOld }).catch(() => undefined);
        const rival = after(garden, at).then(() => garden.rotate({ aim: "rollback" }).catch(() => undefined));
        // Admission takes no entry for a Secret that is gone, as the old one may be here; the store of these tests would.
        const people = changes
          .filter((it) => !deleteOld || it.edit !== "put an entry in front")
          .map((it) =>
            after(garden, it.at).then(() => change(garden, `shoot-${it.shoot}`, edits[it.edit] ?? ((of) => of))),
          );
        await Promise.all([first, rival, ...people]);
        const wayBack = garden.secrets().includes("quay-v1");
        const outcome = await untilNoFault(() =>
          garden.rotate(wayBack ? { aim: "rollback" } : { values: undefined, deleteOld }),
        );
        const used = new Set(Object.values(garden.targets()).flatMap((it) => it.split("+")));
        const left = wayBack ? "quay-v1" : "quay-v2";
        expect({ violations: garden.violations, end: outcome?.end, left: garden.secrets(), used: [...used] }).toEqual({
          violations: [],
          end: "done",
          left: [left],
          used: [left],
        });
      } finally {
        await garden.close();
      }
    }),
    { numRuns: Number(process.env["INTERLEAVINGS"] ?? 40) },
  );
});

/** Runs again for each fault that nobody has met before. */
async function untilNoFault(run: () => ReturnType<RotationGarden["rotate"]>): Promise<RotationOutcome | undefined> {
  for (let tries = 0; tries < 6; tries += 1) {
    const ran = await run().catch(() => undefined);
    if (ran !== undefined && ran.outcome.end !== "failed") return ran.outcome;
  }
  return undefined;
}

/** Waits until the server was asked so often, or for as long as that may take. */
async function after({ server }: RotationGarden, requests: number): Promise<void> {
  for (let tries = 0; tries < 100 && server.requests.length < requests; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 2));
}

function change({ store, shoot }: RotationGarden, name: string, edit: (shoot: ApiObject) => ApiObject): void {
  const found = shoot(name);
  if (found !== undefined) store.put(shootsName, edit(found));
}
