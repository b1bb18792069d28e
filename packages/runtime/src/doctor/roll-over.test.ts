import { expect, test } from "vitest";
import { toRuntimeCache } from "../cache.ts";
import { registryImage } from "../config-file.ts";
import { readRefusals } from "./refusals.ts";
import { judgeRollOver } from "./roll-over.ts";
import type { SeenPod, SeenRoll } from "./view.ts";

const cache = toRuntimeCache({ upstream: "quay.io" });
const app = "registry-quay-io";
const done: SeenRoll = { replicas: 2, ready: 2, revision: "r1", settled: true };
const pod: SeenPod = { name: `${app}-0`, app, revision: "r1", ready: true, restarts: 0 };

interface Seen {
  readonly configName?: string;
  readonly image?: string;
  readonly roll?: SeenRoll;
  readonly before?: string;
  readonly expected?: string;
  readonly waiting?: string;
}

function judge({ configName, image = registryImage, roll = done, before, expected, waiting }: Seen): string {
  const sets = configName === undefined ? [] : [{ name: app, image, configName, roll }];
  const over = judgeRollOver({ cache, before, expected }, sets, [{ ...pod, waiting }]);
  return `${over.state}: ${over.state === "rolled" ? over.seen : over.why}`;
}

test.each<[string, Seen, string]>([
  ["no StatefulSet yet", {}, "rolling: there is no StatefulSet registry-quay-io yet"],
  [
    "still the old one",
    { configName: "old", before: "old" },
    "rolling: StatefulSet registry-quay-io still has Secret old",
  ],
  [
    "an old one by its name alone",
    { configName: "old", expected: "new" },
    "rolling: StatefulSet registry-quay-io still has Secret old",
  ],
  [
    "the new one, and pods on the way",
    { configName: "new", before: "old", roll: { replicas: 2, ready: 1, settled: false } },
    "rolling: 1 of 2 pods of registry-quay-io are ready",
  ],
  [
    "the new one, everywhere",
    { configName: "new", before: "old" },
    "rolled: cache quay.io runs with Secret new, before it was old; 2 of 2 pods ready",
  ],
  [
    "the one that was expected, and nobody looked before",
    { configName: "new", expected: "new", roll: { replicas: 1, ready: 1, settled: true } },
    "rolled: cache quay.io runs with Secret new, the one of the new login; 1 of 1 pod ready",
  ],
  [
    "the same login under another Secret changes nothing",
    { configName: "same", before: "same", expected: "same" },
    "rolled: cache quay.io runs with Secret same, the one of the new login; 2 of 2 pods ready",
  ],
  [
    "another release of the extension, and nobody looked before",
    { configName: "x", expected: "new", image: "registry:9" },
    "unclear: cache quay.io runs with Secret x, which may be the old one",
  ],
  [
    "another release of the extension, after a look",
    { configName: "x", before: "old", expected: "new", image: "registry:9" },
    "rolled: cache quay.io runs with Secret x, before it was old; 2 of 2 pods ready",
  ],
  [
    "a pod that crashes",
    { configName: "new", before: "old", waiting: "CrashLoopBackOff" },
    "crashing: pod registry-quay-io-0 ends again and again",
  ],
  [
    "a pod that crashes with the old one, as a revoked login makes it",
    { configName: "old", before: "old", waiting: "CrashLoopBackOff" },
    "rolling: StatefulSet registry-quay-io still has Secret old",
  ],
  [
    "a pod of the old one that crashes until it is replaced",
    {
      configName: "new",
      before: "old",
      waiting: "CrashLoopBackOff",
      roll: { replicas: 1, ready: 0, revision: "r2", settled: false },
    },
    "rolling: 0 of 1 pods of registry-quay-io are ready",
  ],
  [
    "the same before the controller has seen the new one",
    { configName: "new", before: "old", waiting: "CrashLoopBackOff", roll: { replicas: 1, ready: 0, settled: false } },
    "rolling: 0 of 1 pods of registry-quay-io are ready",
  ],
])("%s", (_, seen, says) => {
  expect(judge(seen)).toBe(says);
});

test("refusals in logs leave no doubt only in the words of a token server, and those of a request without a login", () => {
  const logs = [
    "unauthorized: authentication required",
    "unauthorized: incorrect username or password",
    "no basic auth credentials",
    "denied: requested access to the resource is denied",
    "all is well",
  ];
  expect(logs.map((log) => readRefusals([{ ...pod, log }]).map((it) => it.rejects))).toEqual([
    [false],
    [true],
    [true],
    [false],
    [],
  ]);
});
