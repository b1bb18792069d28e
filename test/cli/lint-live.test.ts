import { expect, test } from "vitest";
import { liveSecret, liveShoot, startGarden, type TestGarden } from "./garden.ts";
import { shoot } from "./manifests.ts";
import { scratch } from "./plugin.ts";

const shoots = "shoots.core.gardener.cloud";

/** The codes and places of findings, and how the run ended. */
async function lint(garden: TestGarden, args: readonly string[], cwd = scratch(), token = "admin"): Promise<unknown> {
  const { code, stdout, stderr } = await garden.run(["lint", "--live", "-o", "json", ...args], { cwd, token });
  if (stdout === "") return [code, stderr];
  const { findings, admission } = JSON.parse(stdout);
  const found = findings.map(
    (it: { file: string; code: string; severity: string }) => `${it.file} ${it.code} ${it.severity}`,
  );
  const answers = admission.map((it: { shoot: string; answer: string }) => `${it.shoot} ${it.answer}`);
  return [code, found, answers, stderr];
}

const mutable = { immutable: false, data: { username: "cm9ib3Q=" } };

test("live Shoots are judged with their Secrets", async () => {
  const garden = await startGarden({
    [shoots]: [
      liveShoot({ name: "a" }),
      liveShoot({ name: "b", secret: "quay-v2" }),
      liveShoot({ name: "c", secret: "gone" }),
    ],
    secrets: [liveSecret(), liveSecret("quay-v2", mutable)],
  });
  expect(await lint(garden, [])).toEqual([
    1,
    ["garden-dev/b RC208 error", "garden-dev/b RC209 error", "garden-dev/c RC205 error"],
    [],
    "",
  ]);
  expect(await lint(garden, ["a"])).toEqual([0, [], [], ""]);
  const { stdout } = await garden.run(["lint", "--live", "c"]);
  expect(
    stdout,
  ).toBe(`garden-dev/c:28:13  error  RC205 secret-missing  Secret "gone" does not exist in namespace "garden-dev"
  28 |       name: gone
     |             ^^^^

1 error in 1 of 1 Shoot
`);
});

test("manifests are judged with what the garden knows: Secrets, the version before, and drift", async () => {
  const garden = await startGarden({
    [shoots]: [liveShoot({ name: "a" }), liveShoot({ name: "b", secret: "quay-v2" })],
    secrets: [liveSecret(), liveSecret("quay-v2")],
  });
  const cwd = scratch({
    "a.yaml": shoot({ name: "a" }),
    "b.yaml": shoot({ name: "b" }),
    "grown.yaml": shoot({ name: "a", size: "40Gi" }),
    "new.yaml": shoot({ name: "new" }).replace("quay-v1", "quay-v9"),
    "open.yaml": shoot({ name: "b" }).replace("  namespace: garden-dev\n", ""),
  });
  expect(await lint(garden, ["-f", "."], cwd)).toEqual([
    1,
    ["b.yaml RC301 warning", "grown.yaml RC123 error", "new.yaml RC205 error", "open.yaml RC301 warning"],
    [],
    "",
  ]);
  // Without a garden nothing of this can be known.
  expect((await garden.run(["lint", "-f", "."], { cwd })).stdout).toBe("nothing found in 5 files\n");
});

test("drift is told for every setting of the chain, with credentials or without", async () => {
  const live = liveShoot({ name: "a" });
  const garden = await startGarden({ [shoots]: [live, liveShoot({ name: "plain" })], secrets: [liveSecret()] });
  const changed = shoot({ name: "a" }).replace("volume:", "garbageCollection: { ttl: 24h }\n        volume:");
  const plain = shoot({ name: "plain" })
    .replace(/ +secretReferenceName:.*\n/, "")
    .replace(/ {2}resources:[\s\S]*$/, "");
  const cwd = scratch({ "changed.yaml": changed, "plain.yaml": plain, "same.yaml": shoot({ name: "a" }) });
  const { stdout } = await garden.run(["lint", "--live", "-f", ".", "--select", "RC302", "-o", "json"], { cwd });
  const found = JSON.parse(stdout).findings.map(
    (it: { file: string; severity: string; message: string }) => `${it.file} ${it.severity} ${it.message}`,
  );
  expect(found).toEqual([
    'changed.yaml warning the Shoot in the garden has garbageCollection.ttl "168h" for cache "quay.io", not "24h"',
    'plain.yaml warning the Shoot in the garden has secretReferenceName "quay" for cache "quay.io", not unset',
  ]);
});

test("--server-dry-run asks admission about the Secrets, which an equal configuration would keep from it", async () => {
  const live = [
    liveShoot({ name: "a" }),
    liveShoot({ name: "b", secret: "quay-v2" }),
    liveShoot({ name: "c", spec: { extensions: [] } }),
  ];
  const garden = await startGarden({ [shoots]: live, secrets: [liveSecret(), liveSecret("quay-v2", mutable)] });
  expect(await lint(garden, ["--server-dry-run"])).toMatchObject([
    1,
    {},
    ["a allowed", "b refused", "c not-asked"],
    "",
  ]);
  // A manifest that is to switch the Shoot is asked about with its own Secret.
  const cwd = scratch({ "a.yaml": shoot({ name: "a" }).replace("quay-v1", "quay-v2") });
  expect(await lint(garden, ["--server-dry-run", "-f", "."], cwd)).toMatchObject([1, {}, ["a refused"], ""]);
  const { stdout } = await garden.run(["lint", "-q", "--live", "--server-dry-run", "b"]);
  expect(stdout.split("\n").at(-2)).toMatch(
    /^garden-dev\/b {2}refused {2}by admission {2}Error from server: admission webhook .* denied the request: /,
  );
  const names = garden.server.store.get({ resource: shoots, namespace: "garden-dev", name: "a" });
  expect(JSON.stringify(await names)).not.toContain("probe-");
});

test("Secrets that may not be read are not known, and are not missing", async () => {
  const grants = [{ subjects: ["viewer"], verbs: ["get", "list"], resources: ["shoots"], namespaces: ["garden-dev"] }];
  const garden = await startGarden({ [shoots]: [liveShoot({ secret: "gone" })] }, { users: ["viewer"], grants });
  const note = "note: cannot see Secrets in namespace garden-dev: forbidden\n";
  expect(await lint(garden, [], undefined, "viewer")).toEqual([0, [], [], note]);
});

test.each([
  [["--live", "-f", ".", "x"], "-f and names of live Shoots do not go together"],
  [["--live", "-f", ".", "-A"], "-f and -A or --project do not go together"],
  [["--live", "--fix"], "--fix and --diff change files, name them with -f"],
  [["--live", "--against", "git:HEAD"], "--against compares files, name them with -f"],
  [["--live", "--baseline", "b"], "--baseline is for files, name them with -f"],
  [["--live", "-o", "sarif"], "-o sarif names files, live Shoots are printed as text or json"],
  [["-f", ".", "--context", "x"], "--context needs --live"],
  [["-f", ".", "--server-dry-run"], "--server-dry-run needs --live"],
])("%j do not go together", async (args, message) => {
  const garden = await startGarden({});
  expect(await garden.run(["lint", ...args])).toEqual({ code: 2, stdout: "", stderr: `error: ${message}\n` });
});

test("a garden that cannot be reached ends in one line and no findings", async () => {
  const garden = await startGarden({ [shoots]: [liveShoot()] });
  await garden.server.close();
  const { code, stdout, stderr } = await garden.run(["lint", "--live", "-f", "."], {
    cwd: scratch({ "a.yaml": shoot() }),
  });
  expect([code, stdout, stderr]).toEqual([3, "", expect.stringMatching(/^[^\n]*refused[^\n]*\n$/)]);
});
