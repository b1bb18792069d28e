import { expect, test } from "vitest";
import { readRollOutState } from "../workspace/roll-out-state.ts";
import { liveRollOut } from "./live-roll-out.ts";
import { readWriteTimes } from "./write-times.ts";

interface Seen {
  readonly generation?: number;
  readonly last?: string;
  readonly confined?: boolean;
  /** When each manager of the spec wrote; one of `status` counts for nothing. */
  readonly written?: readonly string[];
  readonly maintained?: string;
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
}

const day = "2030-01-01T";

/** A Shoot of generation 3 that was created at midnight, and whose last run ended at noon. */
function shoot(seen: Seen): unknown {
  const {
    generation = 3,
    last = "Reconcile Succeeded 12:00",
    confined = false,
    written = ["00:00"],
    maintained,
  } = seen;
  const [type, state, time] = last.split(" ");
  const managedFields = written.map((it) => {
    return { time: `${day}${it}:00Z`, fieldsV1: { "f:spec": { "f:resources": {} } } };
  });
  const other = [
    { time: `${day}23:00:00Z`, subresource: "status", fieldsV1: { "f:spec": { "f:resources": {} } } },
    { time: `${day}23:00:00Z`, fieldsV1: { "f:spec": { "f:seedName": {} } } },
  ];
  return {
    metadata: {
      generation,
      creationTimestamp: `${day}00:00:00Z`,
      managedFields: [...managedFields, ...other],
      ...seen.metadata,
    },
    spec: { seedName: "s", maintenance: { confineSpecUpdateRollout: confined }, ...seen.spec },
    status: {
      seedName: "s",
      observedGeneration: 3,
      ...(last !== "" && { lastOperation: { type, state, lastUpdateTime: `${day}${time}:00Z` } }),
      ...(maintained && { lastMaintenance: { state: "Succeeded", triggeredTime: `${day}${maintained}:00Z` } }),
      ...seen.status,
    },
  };
}

const shut = { confined: true } as const;

test.each<readonly [string, Seen, string]>([
  ["all is as the last run saw it", {}, "done"],
  ["a later generation", { generation: 4 }, "waits: not-started"],
  ["a run under way", { last: "Reconcile Processing 12:00" }, "waits: running"],
  ["a run about to start", { last: "Reconcile Pending 12:00" }, "waits: running"],
  ["a run that goes on after an error", { last: "Reconcile Error 12:00" }, "waits: retrying"],
  ["a run that failed", { last: "Reconcile Failed 12:00" }, "stuck: failed"],
  ["a run that failed before a later generation", { generation: 4, last: "Reconcile Failed 12:00" }, "waits: retrying"],
  ["no run yet", { last: "" }, "waits: not-started"],
  ["the half of a migration", { last: "Migrate Succeeded 12:00" }, "waits: not-started"],
  ["another seed", { status: { seedName: "t" } }, "waits: migrating"],
  ["a Shoot that sleeps", { spec: { seedName: "s", hibernation: { enabled: true } } }, "stuck: hibernated"],
  ["a Shoot that is being deleted", { metadata: { deletionTimestamp: `${day}01:00:00Z` } }, "stuck: deleting"],
  [
    "a Shoot to be left alone, with a later generation",
    { metadata: { generation: 4, annotations: { "shoot.gardener.cloud/ignore": "true" } } },
    "stuck: ignored",
  ],
  ...["Failed", "Error", "Aborted"].map((state): readonly [string, Seen, string] => [
    `a Shoot to be left alone, whose run ended as ${state} before a later generation`,
    {
      last: `Reconcile ${state} 12:00`,
      metadata: { generation: 4, annotations: { "shoot.gardener.cloud/ignore": "true" } },
    },
    "stuck: ignored",
  ]),
  ["confined and never changed", shut, "done"],
  ["confined and changed after the last run", { ...shut, written: ["12:01"] }, "stuck: confined"],
  ["confined and changed by the later of two writers", { ...shut, written: ["12:01", "01:00"] }, "stuck: confined"],
  ["confined and changed an hour before the last run ended", { ...shut, written: ["11:00"] }, "done"],
  ["confined and changed shortly before the last run ended", { ...shut, written: ["11:30"] }, "stuck: unproven"],
  ["the same, maintained in between", { ...shut, written: ["11:30"], maintained: "11:40" }, "done"],
  ["the same, maintained before", { ...shut, written: ["11:30"], maintained: "11:20" }, "stuck: unproven"],
  ["the same, maintained after the last run", { ...shut, written: ["11:30"], maintained: "12:10" }, "stuck: unproven"],
  ["confined, and nobody tells when it was changed", { ...shut, written: [] }, "stuck: unproven"],
])("%s", (_, seen, says) => {
  const it = shoot(seen);
  const rollOut = liveRollOut(readRollOutState(it), readWriteTimes(it));
  expect(rollOut.done ? "done" : `${rollOut.stuck ? "stuck" : "waits"}: ${rollOut.why}`).toBe(says);
});
