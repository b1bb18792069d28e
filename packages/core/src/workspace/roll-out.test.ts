import { expect, test } from "vitest";
import { firstSighting, nextSighting, rollOutOf, type Switch } from "./roll-out.ts";
import { type RollOutState, readRollOutState } from "./roll-out-state.ts";

interface Seen {
  readonly generation?: number;
  readonly observed?: number;
  /** Type, state and minute of the last run, such as `Reconcile Succeeded 5`; empty for none. */
  readonly last?: string;
  readonly confined?: boolean;
  readonly secret?: string;
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
}

/** A Shoot as the API gives it. Before our write it is at generation 3 and was reconciled in minute 1. */
function shoot(seen: Seen): unknown {
  const {
    generation = 3,
    observed = generation,
    last = "Reconcile Succeeded 1",
    confined = false,
    secret = "v2",
  } = seen;
  const [type, state, minute] = last.split(" ");
  const lastOperation = { type, state, lastUpdateTime: `2030-01-01T00:${minute?.padStart(2, "0")}:00Z` };
  const providerConfig = { caches: [{ upstream: "docker.io", secretReferenceName: "docker" }] };
  return {
    metadata: { uid: "u", generation, ...seen.metadata },
    spec: {
      seedName: "seed",
      maintenance: { confineSpecUpdateRollout: confined },
      extensions: [{ type: "registry-cache", providerConfig }],
      resources: [{ name: "docker", resourceRef: { kind: "Secret", name: secret } }],
      ...seen.spec,
    },
    status: { seedName: "seed", observedGeneration: observed, ...(last !== "" && { lastOperation }), ...seen.status },
  };
}

/** What is said of the last of these states, when the first is the reply of our write. */
function verdict(asked: Switch["asked"], replied: Seen, ...later: readonly Seen[]): string {
  const written: Switch = { reply: readRollOutState(shoot(replied)), entries: { docker: "v2" }, asked };
  const states: readonly RollOutState[] = [replied, ...later].map((it) => readRollOutState(shoot(it)));
  const sighting = states.slice(1).reduce(nextSighting, firstSighting(written));
  const rollOut = rollOutOf(written, states.at(-1) ?? written.reply, sighting);
  return rollOut.done ? "done" : `${rollOut.stuck ? "stuck" : "waits"}: ${rollOut.why}`;
}

const free: Seen = { generation: 4, observed: 3 };
const shut: Seen = { generation: 3, observed: 3, confined: true };

interface Case {
  readonly name: string;
  readonly asked?: Switch["asked"];
  readonly states: readonly [Seen, ...Seen[]];
  readonly says: string;
}

const cases: readonly Case[] = [
  // Each row of "when does a Shoot write raise metadata.generation".
  { name: "an unconfined switch, just written", states: [free], says: "waits: not-started" },
  {
    name: "an unconfined switch, running",
    states: [free, { generation: 4, last: "Reconcile Processing 2" }],
    says: "waits: running",
  },
  { name: "an unconfined switch, run", states: [free, { generation: 4, last: "Reconcile Succeeded 3" }], says: "done" },
  {
    name: "an unconfined switch, run with another's write",
    states: [free, { generation: 6, last: "Reconcile Succeeded 3" }],
    says: "done",
  },
  { name: "a confined switch, just written", states: [shut], says: "stuck: confined" },
  {
    name: "a confined switch in its window",
    states: [shut, { ...shut, last: "Reconcile Processing 2" }],
    says: "waits: running",
  },
  {
    name: "a confined switch after its window",
    states: [shut, { ...shut, last: "Reconcile Processing 2" }, { ...shut, last: "Reconcile Succeeded 3" }],
    says: "done",
  },
  {
    name: "a confined switch whose run nobody watched",
    states: [shut, { ...shut, last: "Reconcile Succeeded 3" }],
    says: "done",
  },
  {
    name: "a confined switch, and then the end of confinement",
    states: [shut, { generation: 4, observed: 3 }],
    says: "waits: not-started",
  },
  { name: "the same, run", states: [shut, { generation: 4, last: "Reconcile Succeeded 3" }], says: "done" },
  {
    name: "a confined switch with reconcile",
    asked: "reconcile",
    states: [{ ...shut, generation: 4 }],
    says: "waits: not-started",
  },
  {
    name: "the same, run",
    asked: "reconcile",
    states: [
      { ...shut, generation: 4 },
      { ...shut, generation: 4, observed: 4, last: "Reconcile Succeeded 2" },
    ],
    says: "done",
  },
  {
    name: "a confined switch with reconcile, while the Shoot has failed",
    asked: "reconcile",
    states: [{ ...shut, last: "Reconcile Failed 1" }],
    says: "stuck: failed",
  },
  {
    name: "a confined switch with reconcile, before the first run",
    asked: "reconcile",
    states: [{ ...shut, last: "", observed: 0 }],
    says: "waits: not-started",
  },
  {
    name: "the same, run",
    asked: "reconcile",
    states: [
      { ...shut, last: "", observed: 0 },
      { ...shut, last: "Create Succeeded 1" },
    ],
    says: "done",
  },
  {
    name: "a confined switch with retry, while the Shoot has failed",
    asked: "retry",
    states: [{ ...shut, generation: 4, last: "Reconcile Failed 1" }],
    says: "waits: retrying",
  },
  {
    name: "the same, run",
    asked: "retry",
    states: [
      { ...shut, generation: 4, last: "Reconcile Failed 1" },
      { ...shut, generation: 4, observed: 4 },
    ],
    says: "done",
  },
  {
    name: "a confined switch with retry, while the Shoot has not failed",
    asked: "retry",
    states: [shut],
    says: "stuck: confined",
  },
  {
    name: "an unconfined switch of a failed Shoot",
    states: [{ ...free, last: "Reconcile Failed 1" }],
    says: "waits: retrying",
  },

  // A run was under way when our write landed.
  {
    name: "a confined switch into a run",
    states: [{ ...shut, last: "Reconcile Processing 1" }],
    says: "waits: running",
  },
  {
    name: "the end of that run",
    states: [
      { ...shut, last: "Reconcile Processing 1" },
      { ...shut, last: "Reconcile Succeeded 2" },
    ],
    says: "stuck: confined",
  },
  {
    name: "the end of that run, seen twice",
    states: [
      { ...shut, last: "Reconcile Processing 1" },
      { ...shut, last: "Reconcile Succeeded 2" },
      { ...shut, last: "Reconcile Succeeded 2" },
    ],
    says: "stuck: confined",
  },
  {
    name: "the run after it",
    states: [
      { ...shut, last: "Reconcile Processing 1" },
      { ...shut, last: "Reconcile Succeeded 2" },
      { ...shut, last: "Reconcile Processing 3" },
      { ...shut, last: "Reconcile Succeeded 4" },
    ],
    says: "done",
  },
  {
    name: "a run that goes on after an error",
    states: [
      { ...shut, last: "Reconcile Processing 1" },
      { ...shut, last: "Reconcile Error 2" },
      { ...shut, last: "Reconcile Processing 3" },
      { ...shut, last: "Reconcile Succeeded 4" },
    ],
    says: "done",
  },
  {
    name: "an unconfined switch into a run, whose end is not ours",
    states: [
      { ...free, last: "Reconcile Processing 1" },
      { ...free, last: "Reconcile Succeeded 2" },
    ],
    says: "waits: not-started",
  },

  // What else must hold.
  {
    name: "another Shoot of that name",
    states: [free, { generation: 4, metadata: { uid: "other" } }],
    says: "stuck: replaced",
  },
  {
    name: "a Shoot that is being deleted",
    states: [free, { generation: 5, metadata: { deletionTimestamp: "2030-01-01T00:02:00Z" } }],
    says: "stuck: deleting",
  },
  { name: "an entry that somebody set back", states: [free, { generation: 5, secret: "v1" }], says: "stuck: reverted" },
  {
    name: "a cache that refers to the entry no more",
    states: [
      free,
      { generation: 5, spec: { extensions: [{ type: "registry-cache", providerConfig: { caches: [{}] } }] } },
    ],
    says: "stuck: reverted",
  },
  {
    name: "an extension that is disabled",
    states: [
      free,
      {
        generation: 5,
        spec: {
          extensions: [
            { type: "registry-cache", disabled: true, providerConfig: { caches: [{ secretReferenceName: "docker" }] } },
          ],
        },
      },
    ],
    says: "stuck: reverted",
  },
  {
    name: "an extension that is gone",
    states: [free, { generation: 5, spec: { extensions: [] } }],
    says: "stuck: reverted",
  },
  {
    name: "a mirror that uses the entry",
    states: [
      free,
      {
        generation: 4,
        spec: {
          extensions: [
            {
              type: "registry-mirror",
              providerConfig: { mirrors: [{ hosts: [{ caBundleSecretReferenceName: "docker" }] }] },
            },
          ],
        },
      },
    ],
    says: "done",
  },
  {
    name: "another type of run",
    states: [free, { generation: 4, last: "Migrate Succeeded 3" }],
    says: "waits: not-started",
  },
  {
    name: "a migration under way",
    states: [free, { generation: 4, status: { seedName: "old" } }],
    says: "waits: migrating",
  },
  {
    name: "a Shoot that is on no seed yet",
    states: [{ ...free, last: "", status: { seedName: "" } }],
    says: "waits: not-started",
  },
  {
    name: "a Shoot that is to sleep",
    states: [free, { generation: 4, spec: { hibernation: { enabled: true } } }],
    says: "stuck: hibernated",
  },
  {
    name: "a Shoot that sleeps still",
    states: [free, { generation: 4, status: { hibernated: true } }],
    says: "stuck: hibernated",
  },
  {
    name: "a run that ends in an error",
    states: [free, { generation: 4, last: "Reconcile Error 3" }],
    says: "waits: retrying",
  },
  { name: "a run that fails", states: [free, { generation: 4, last: "Reconcile Failed 3" }], says: "stuck: failed" },
  {
    name: "a Shoot that is to be left alone",
    states: [{ ...free, metadata: { annotations: { "shoot.gardener.cloud/ignore": "true" } } }],
    says: "stuck: ignored",
  },
  ...["Failed", "Error"].map((state) => ({
    name: `the same, after a run that ended as ${state}`,
    states: [
      {
        ...free,
        last: `Reconcile ${state} 1`,
        metadata: { generation: 4, annotations: { "shoot.gardener.cloud/ignore": "true" } },
      },
    ] as const,
    says: "stuck: ignored",
  })),
];

test.each(cases)("$name: $says", ({ asked, states: [replied, ...later], says }) => {
  expect(verdict(asked, replied, ...later)).toBe(says);
});

test("a Shoot of any other shape has a state", () => {
  const none = {
    uid: "",
    generation: 0,
    observedGeneration: 0,
    deleting: false,
    confined: false,
    hibernated: false,
    migrating: false,
    ignored: false,
    lastOperation: undefined,
    used: {},
  };
  const shapes: readonly unknown[] = [
    undefined,
    null,
    1,
    "x",
    [],
    { spec: { extensions: [null, 1], resources: {} }, status: [] },
  ];
  expect(shapes.map(readRollOutState)).toEqual(shapes.map(() => none));
});
