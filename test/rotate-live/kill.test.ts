import { type ChildProcess, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kubeconfigFor, makeScratch } from "@registry-cache/testkit";
import { afterAll, afterEach, expect, test } from "vitest";
import { cleanEnvironment, plugin } from "../cli/plugin.ts";
import { type RotationGarden, startRotationGarden } from "./rotation-garden.ts";

const folder = makeScratch({});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let garden: RotationGarden;
afterEach(() => garden.close());

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

function start(...args: readonly string[]): Started {
  const kubeconfig = join(folder, "config");
  writeFileSync(kubeconfig, kubeconfigFor(garden.server, { namespace: "garden-dev" }));
  const env = { ...cleanEnvironment(), KUBECONFIG: kubeconfig, USER: "tester" };
  const child = spawn(process.execPath, [plugin, "rotate", ...args], { env });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (it) => (output.stdout += it));
  child.stderr.on("data", (it) => (output.stderr += it));
  child.stdin.on("error", () => undefined).end("invented-new\n");
  const ended = new Promise<Ended>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal, ...output })),
  );
  return { child, ended };
}

const rotate = ["quay-v1", "--username", "robot", "--password-stdin", "--skip-probe", "--yes", "--delete-old"];

/** Kills a rotation with its n-th request, counted from 0, before or after the server has done it; gives false when there is none. */
async function killAt(at: number, effect: { readonly hang: true } | { readonly delay: number }): Promise<boolean> {
  garden.server.faults.add({ after: at, effect });
  const { child, ended } = start(...rotate);
  let over = false;
  const end = ended.then(() => (over = true));
  while (!over && garden.server.requests.length <= at) await new Promise((resolve) => setTimeout(resolve, 2));
  if (over) return false;
  // What is to be done is done by then: the answer alone is late.
  await new Promise((resolve) => setTimeout(resolve, 15));
  child.kill("SIGKILL");
  await end;
  return true;
}

const cases = [1, 3].flatMap((shoots) => [
  { shoots, when: "before it is done", effect: { hang: true } } as const,
  { shoots, when: "when it is done", effect: { delay: 60_000 } } as const,
]);

test.each(cases)(
  "killed at any request $when, the same command rotates $shoots Shoots to the same end",
  { timeout: 300_000 },
  async ({ shoots, effect }) => {
    for (let at = 0; ; at += 1) {
      garden = await startRotationGarden(shoots);
      if (!(await killAt(at, effect))) break;
      const again = await start(...rotate).ended;
      const targets = Object.fromEntries(Array.from({ length: shoots }, (_, it) => [`shoot-${it}`, "quay-v2"]));
      const seen = { targets: garden.targets(), secrets: garden.secrets(), violations: garden.violations };
      expect({ at, code: again.code, stderr: again.stderr, ...seen }).toEqual({
        at,
        code: 0,
        stderr: "",
        targets,
        secrets: ["quay-v2"],
        violations: [],
      });
      await garden.close();
    }
  },
);

test("a rotation is shown line by line, and no value is in it", async () => {
  garden = await startRotationGarden(2);
  const { code, stdout, stderr } = await start(...rotate).ended;
  // How often a watch tells of a run that is under way is a matter of time.
  const lines = stdout.split("\n").filter((it) => !/its reconcile|protects it no more/.test(it));
  expect({ code, stderr, stdout: lines.join("\n") }).toMatchInlineSnapshot(`
    {
      "code": 0,
      "stderr": "",
      "stdout": "1. create Secret quay-v2, immutable, in place of quay-v1
    2. switch Shoot shoot-0 (cache quay.io), first and alone
    3. switch Shoot shoot-1 (cache quay.io)
    4. wait until each is rolled out
    5. look into each as viewer: its caches run with the new Secret
    6. delete Secret quay-v1, when nothing names it
    note: caches of one replica restart (Shoot "shoot-0" and 1 more): for some seconds nodes pull from the upstream itself, with the pull secrets of pods or as nobody; highAvailability closes that gap
    Secret quay-v2 created
    Shoot shoot-0: admission takes Secret quay-v2
    Shoot shoot-0: switched from quay-v1 to quay-v2
    Shoot shoot-0: rolled out with quay-v2
    Shoot shoot-0: looking at its caches as viewer
    Shoot shoot-0: cache quay.io runs with Secret registry-quay-io-config-e3d715d9, the one of the new login, before it was registry-quay-io-config-1225b3d5; 1 of 1 pod ready
    Shoot shoot-1: admission takes Secret quay-v2
    Shoot shoot-1: switched from quay-v1 to quay-v2
    Shoot shoot-1: rolled out with quay-v2
    Shoot shoot-1: looking at its caches as viewer
    Shoot shoot-1: cache quay.io runs with Secret registry-quay-io-config-e3d715d9, the one of the new login, before it was registry-quay-io-config-1225b3d5; 1 of 1 pod ready
    Secret quay-v1 deleted
    Secret quay-v1 is gone. Now revoke the credential that was replaced.
    ",
    }
  `);
  const secret = Buffer.from("invented-new").toString("base64");
  const holders = garden.server.requests.filter((it) => it.body.includes("invented-new") || it.body.includes(secret));
  expect(holders.map((it) => it.method)).toEqual(["POST"]);
});

test("a rotation as events is one JSON each line", async () => {
  garden = await startRotationGarden(1);
  const { stdout } = await start(...rotate, "-o", "json").ended;
  const events = stdout
    .trim()
    .split("\n")
    .map((it) => JSON.parse(it).event)
    .filter((it) => it !== "waiting" && it !== "unprotecting");
  expect(events).toEqual([
    "plan",
    "created",
    "checked",
    "switched",
    "rolled-out",
    "looking",
    "verified",
    "deleted",
    "end",
  ]);
});

test("Ctrl-C leaves what can be gone on with, and says how", async () => {
  garden = await startRotationGarden(2);
  garden.simulator.plan({ namespace: "garden-dev", name: "shoot-0" }, { milliseconds: 60_000, outcome: "Succeeded" });
  const { child, ended } = start(...rotate);
  while (garden.targets()["shoot-0"] !== "quay-v2") await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill("SIGINT");
  const { code, stderr } = await ended;
  expect([code, stderr]).toEqual([
    4,
    "stopping behind the request that is under way\n" +
      "stopped: 0 Shoots done, 2 open. Go on: kubectl registry-cache rotate resume -n garden-dev quay-v1, " +
      "or take it back: kubectl registry-cache rotate rollback -n garden-dev quay-v1\n",
  ]);
  const status = await start("status", "quay-v1").ended;
  const lines = status.stdout.trimEnd().split("\n");
  expect(lines.map((it) => it.trimEnd().replace(/ +/g, " "))).toEqual([
    "SHOOT SECRET STATE",
    expect.stringMatching(/^shoot-0 quay-v2 its reconcile (?:is running|has not started)$/),
    "shoot-1 quay-v1 to be switched",
    "Secret quay-v1 is being replaced by quay-v2: 2 of 2 Shoots open.",
  ]);
  const back = await start("rollback", "quay-v1", "--yes").ended;
  expect([back.code, back.stderr]).toEqual([0, ""]);
  expect([garden.targets(), garden.secrets(), garden.violations]).toEqual([
    { "shoot-0": "quay-v1", "shoot-1": "quay-v1" },
    ["quay-v1"],
    [],
  ]);
  const after = await start("status", "quay-v1").ended;
  expect(after.stdout.trimEnd().split("\n").at(-1)).toBe("No rotation of Secret quay-v1 is under way.");
});

test("the status of a rotation as JSON says who began it and how far each Shoot is", async () => {
  garden = await startRotationGarden(2);
  garden.simulator.plan({ namespace: "garden-dev", name: "shoot-0" }, { milliseconds: 60_000, outcome: "Succeeded" });
  await start(...rotate.filter((it) => it !== "--delete-old"), "--no-wait").ended;
  const { code, stdout } = await start("status", "quay-v1", "-o", "json").ended;
  const { next, shoots, ...rest } = JSON.parse(stdout);
  expect([code, rest, Object.keys(next), shoots[0]]).toEqual([
    0,
    { namespace: "garden-dev", from: "quay-v1", to: "quay-v2", old: { name: "quay-v1", state: "present" } },
    ["name", "state", "started", "by"],
    {
      name: "shoot-0",
      stage: "switched",
      entries: [{ name: "quay", secret: "quay-v2", users: ["cache quay.io"] }],
      state: "moving",
      why: expect.stringMatching(/^(?:running|not-started)$/),
      reason: expect.stringMatching(/^its reconcile /),
    },
  ]);
  const gone = await start("status", "quay-v9").ended;
  expect([gone.code, gone.stderr]).toEqual([3, 'error: there is no Secret "quay-v9" in namespace "garden-dev"\n']);
});

test("a rotation of nothing is no rotation that was taken back", async () => {
  garden = await startRotationGarden(1);
  const gone = await start("rollback", "quay-v9", "--yes").ended;
  expect([gone.code, gone.stdout, gone.stderr]).toEqual([1, "", 'error: there is no Secret "quay-v9"\n']);
  const none = await start("rollback", "quay-v1", "--yes").ended;
  expect([none.code, none.stdout]).toEqual([0, "Nothing is left of a rotation of Secret quay-v1, 1 Shoot names it.\n"]);
});

test("what stands against a rotation has one form, before it begins and behind", async () => {
  garden = await startRotationGarden(0);
  const { code, stdout } = await start("quay-v1", "--yes", "-o", "json").ended;
  expect([code, JSON.parse(stdout)]).toEqual([
    1,
    {
      event: "end",
      end: "blocked",
      from: "quay-v1",
      to: "quay-v2",
      open: [],
      blockers: [{ message: 'no Shoot uses Secret "quay-v1", so there is nothing to rotate' }],
    },
  ]);
});

test("a dry run shows the steps and sends nothing but questions", async () => {
  garden = await startRotationGarden(1);
  const { code, stdout, stderr } = await start("--shoot", "shoot-0", "--cache", "quay.io", "--dry-run").ended;
  expect([code, stderr, stdout]).toEqual([
    0,
    "",
    "1. create Secret quay-v2, immutable, in place of quay-v1\n" +
      "2. switch Shoot shoot-0 (cache quay.io)\n" +
      "3. wait until each is rolled out\n" +
      "4. look into each as viewer: its caches run with the new Secret\n" +
      "5. keep Secret quay-v1 as the way back\n" +
      'note: caches of one replica restart (Shoot "shoot-0"): for some seconds nodes pull from the upstream itself, ' +
      "with the pull secrets of pods or as nobody; highAvailability closes that gap\n\nNothing was changed.\n",
  ]);
  const writes = garden.server.requests.filter(
    (it) => it.method !== "GET" && !it.url.includes("selfsubject") && !it.url.includes("dryRun=All"),
  );
  expect(writes).toEqual([]);
});

test("a new password alone goes with the username of the old Secret, and labels and annotations are kept", async () => {
  garden = await startRotationGarden(1);
  const args = ["quay-v1", "--password-stdin", "--yes"];
  const kept = await start(...args, "--skip-probe").ended;
  expect([kept.code, kept.stderr]).toEqual([0, 'note: the username of Secret "quay-v1" is kept\n']);
  const made = await garden.store.get({ resource: "secrets", namespace: "garden-dev", name: "quay-v2" });
  expect(made).toMatchObject({
    immutable: true,
    data: { username: "cm9ib3Q=", password: Buffer.from("invented-new").toString("base64") },
    metadata: { labels: { team: "a" }, annotations: { note: "kept", "registry-cache-tools/rotated-from": "quay-v1" } },
  });
});
