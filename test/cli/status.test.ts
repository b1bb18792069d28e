import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gardenerOpenApi, kubeconfigFor } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { type GardenRun, liveSecret, liveShoot, planted, putObject, startGarden, type TestGarden } from "./garden.ts";
import { type Run, scratch } from "./plugin.ts";
import { unveiled } from "./runtime-manifests.ts";

const shoots = "shoots.core.gardener.cloud";

/** Lines of a table without the ages, which go on. */
function cells({ stdout }: Run): readonly string[] {
  return stdout
    .split("\n")
    .filter((it) => it !== "")
    .map((it) =>
      it
        .replaceAll(/\b\d+y\d+d\b/g, "AGE")
        .split(/ {3,}/)
        .join(" | "),
    );
}

const head = "SHOOT | UPSTREAM | REFERENCE | SECRET | STATE | VERSION | AGE | ROLLED-OUT | FINDINGS";

/** Viewers see Shoots of a project, and their own Project by name; nobody else sees anything. */
const grants = [
  { subjects: ["viewer"], verbs: ["get", "list", "watch"], resources: ["shoots"], namespaces: ["garden-dev"] },
  { subjects: ["viewer"], verbs: ["get"], groups: ["core.gardener.cloud"], resources: ["projects"], names: ["dev"] },
];
const users = ["viewer", "nobody"];
const projects = {
  "projects.core.gardener.cloud": [
    {
      apiVersion: "core.gardener.cloud/v1beta1",
      kind: "Project",
      metadata: { name: "dev" },
      spec: { namespace: "garden-dev" },
    },
  ],
};

const openDay = "2030-01-01T13:00:00Z";
const confined = {
  metadata: { managedFields: [{ manager: "k", time: openDay, fieldsV1: { "f:spec": { "f:resources": {} } } }] },
  spec: { maintenance: { confineSpecUpdateRollout: true } },
};

test("a line for each cache says how every link of its chain is", async () => {
  const garden = await startGarden({
    [shoots]: [
      liveShoot({ name: "a" }),
      liveShoot({ name: "b", secret: "gone" }),
      liveShoot({ name: "c", secret: "dying-v3", status: { observedGeneration: 2 } }),
      liveShoot({ name: "d", ...confined }),
      liveShoot({ name: "e", spec: { resources: [] } }),
      liveShoot({ name: "none", spec: { extensions: [] } }),
    ],
    secrets: [
      liveSecret(),
      liveSecret("dying-v3", { metadata: { deletionTimestamp: "2030-01-01T00:00:00Z", finalizers: ["x"] } }),
    ],
  });
  const run = await garden.run(["status"]);
  expect([run.code, run.stderr, cells(run)]).toEqual([
    1,
    "",
    [
      head,
      "a | quay.io | quay | quay-v1 | present | v1 | AGE | yes | <none>",
      "b | quay.io | quay | gone | missing | <none> | <none> | yes | RC205",
      "c | quay.io | quay | dying-v3 | terminating | v3 | AGE | no, not-started | RC206",
      "d | quay.io | quay | quay-v1 | present | v1 | AGE | no, confined | <none>",
      "e | quay.io | quay | <none> | <none> | <none> | <none> | yes | RC201",
    ],
  ]);
  const wide = await garden.run(["status", "d", "a", "-o", "wide", "--no-headers", "-n", "garden-dev"]);
  expect([wide.code, cells(wide)]).toEqual([
    0,
    [
      "d | quay.io | quay | quay-v1 | present | v1 | AGE | no, confined | <none> | cache | the change waits for the maintenance window",
      "a | quay.io | quay | quay-v1 | present | v1 | AGE | yes | <none> | cache | <none>",
    ],
  ]);
  // Values of Secrets are not even asked for.
  const asked = garden.server.requests.filter((it) => it.url.includes("/secrets"));
  expect(asked.filter((it) => !String(it.headers["accept"]).includes("PartialObjectMetadata"))).toEqual([]);
});

test("machines get all of it, names, and what a template asks for, in the order that is asked for", async () => {
  const garden = await startGarden({
    [shoots]: [liveShoot({ name: "b" }), liveShoot({ name: "a" })],
    secrets: [liveSecret()],
  });
  const items = (name: string): object => ({
    namespace: "garden-dev",
    shoot: name,
    kind: "cache",
    upstream: "quay.io",
    reference: "quay",
    secret: { name: "quay-v1", version: "v1", state: "present", created: "2024-01-01T00:00:00Z" },
    rollOut: { done: true },
    findings: [],
  });
  const stdout = async (...args: readonly string[]): Promise<string> => (await garden.run(["status", ...args])).stdout;
  expect(JSON.parse(await stdout("-o", "json"))).toEqual({
    kind: "List",
    items: [items("a"), items("b")],
    cannotSee: [],
  });
  expect(await stdout("-o", "name")).toBe("shoot.core.gardener.cloud/a\nshoot.core.gardener.cloud/b\n");
  const template = 'jsonpath={range .items[*]}{.shoot}={.secret.name}{"\\n"}{end}';
  expect(await stdout("-o", template)).toBe("a=quay-v1\nb=quay-v1\n");
  expect(await stdout("-o", "yaml", "a")).toMatch(/^cannotSee: \[\]\nitems:\n- findings: \[\]\n {2}kind: cache\n/);
  expect(await stdout("-o", "name", "--sort-by", "{.shoot}", "b", "a")).toBe(
    "shoot.core.gardener.cloud/a\nshoot.core.gardener.cloud/b\n",
  );
  expect(await stdout("-o", "name", "-l", "x=y")).toBe("");
});

describe("where rights end", () => {
  const start = (): Promise<TestGarden> =>
    startGarden(
      {
        [shoots]: [liveShoot(), liveShoot({ name: "far", namespace: "garden-far" })],
        secrets: [liveSecret()],
        ...projects,
      },
      { users, grants },
    );

  test("a viewer sees Shoots, and that the Secrets cannot be seen", async () => {
    const run = await (await start()).run(["status"], { token: "viewer" });
    expect([run.code, cells(run)[1], run.stderr]).toEqual([
      0,
      "crazy-botany | quay.io | quay | quay-v1 | cannot see | v1 | <none> | yes | <none>",
      "note: cannot see Secrets in namespace garden-dev: forbidden\n",
    ]);
  });

  test("-A shows the whole garden to who may see it, and to others their own projects", async () => {
    const garden = await start();
    const names = async (token: string): Promise<unknown> => {
      const { code, stdout, stderr } = await garden.run(
        ["status", "-A", "--no-headers", "-o", "jsonpath={.items[*].shoot}"],
        { token },
      );
      return [code, stdout, stderr];
    };
    expect(await names("admin")).toEqual([1, "crazy-botany far", ""]);
    expect(await names("viewer")).toEqual([
      0,
      "crazy-botany",
      "note: cannot see Shoots in the whole garden: forbidden, so only your own projects are shown\n" +
        "note: cannot see Secrets in namespace garden-dev: forbidden\n",
    ]);
    expect(await names("nobody")).toEqual([
      3,
      "",
      "error: may not list Shoots in the whole garden, and no rule names your projects: name them with --project\n",
    ]);
  });

  test("a project is found by its name", async () => {
    const run = await (await start()).run(["status", "--project", "dev", "-o", "name"], { namespace: "other" });
    expect(run).toEqual({ code: 0, stdout: "shoot.core.gardener.cloud/crazy-botany\n", stderr: "" });
  });
});

describe("what goes wrong is one line, and no part of an answer is shown", () => {
  const shown = async (args: readonly string[], options: GardenRun = {}, garden?: TestGarden): Promise<Run> => {
    return (garden ?? (await startGarden({ [shoots]: [liveShoot()] }))).run(["status", ...args], options);
  };

  test.each<readonly [string, readonly string[], number, string]>([
    [
      "a Shoot that is not there",
      ["gone"],
      3,
      'Error from server (NotFound): shoots.core.gardener.cloud "gone" not found\n',
    ],
    [
      "a Shoot to watch that is not there",
      ["gone", "-w"],
      3,
      'Error from server (NotFound): shoots.core.gardener.cloud "gone" not found\n',
    ],
    [
      "a name in every project",
      ["crazy-botany", "-A"],
      2,
      "error: -A and names of Shoots do not go together, say where they are by -n or --project\n",
    ],
    [
      "a context that is not there",
      ["--context", "gone"],
      3,
      'error: context "gone" does not exist in the kubeconfig; known are test\n',
    ],
    [
      "a project that is not there",
      ["--project", "x"],
      3,
      'Error from server (NotFound): projects.core.gardener.cloud "x" not found\n',
    ],
    ["a format", ["-o", "xml"], 2, 'error: -o takes json, yaml, name, wide or jsonpath=TEMPLATE, not "xml"\n'],
    ["a template", ["-o", "jsonpath={.a"], 2, 'error: -o jsonpath="{.a" ends where } should be\n'],
    ["a path to sort by", ["--sort-by", ".gone"], 2, "error: --sort-by names a field that no item has\n"],
    ["two places", ["-A", "-n", "x"], 2, "error: -A, -n and --project do not go together\n"],
    [
      "a timeout",
      ["--request-timeout", "soon"],
      2,
      'error: --request-timeout takes a duration such as 10s, not "soon"\n',
    ],
  ])("%s", async (_, args, code, stderr) => {
    expect(await shown(args)).toEqual({ code, stdout: "", stderr });
  });

  test("a token that the server does not know", async () => {
    const { code, stdout, stderr } = await shown([], { token: "wrong" });
    expect([code, stdout, stderr]).toEqual([3, "", "error: You must be logged in to the server (Unauthorized)\n"]);
  });

  test("a list that breaks off again and again", async () => {
    const garden = await startGarden({ [shoots]: [liveShoot()] });
    garden.server.faults.add({ path: /\/shoots/, times: 99, effect: { cutAfter: 40 } });
    const { code, stdout, stderr } = await shown([], {}, garden);
    expect([code, stdout, stderr.split("\n").length]).toEqual([3, "", 2]);
  });

  test("a list that breaks off on its second page, in any form", async () => {
    const many = Array.from({ length: 520 }, (_, at) => liveShoot({ name: `shoot-${at}` }));
    const garden = await startGarden({ [shoots]: many });
    const forms = ["table", "wide", "name", "json", "yaml", "jsonpath={.items[*].shoot}"];
    const flags = forms.map((it) => (it === "table" ? [] : ["-o", it]));
    for (const it of flags) expect((await shown(it, {}, garden)).stdout).toContain("shoot-519");
    garden.server.faults.add({ path: /\/shoots.*continue=/, times: 999, effect: { cutAfter: 4000 } });
    const runs = await Promise.all(flags.map((it) => shown(it, {}, garden)));
    expect(runs.map(({ code, stdout, stderr }) => [code, stdout, stderr.split("\n").length])).toEqual(
      forms.map(() => [3, "", 2]),
    );
  });

  test("a server that does not answer in time", async () => {
    const garden = await startGarden({ [shoots]: [liveShoot()] });
    garden.server.faults.add({ path: /\/secrets/, times: 99, effect: { hang: true } });
    const { code, stdout, stderr } = await shown(["--request-timeout", "200ms"], {}, garden);
    expect([code, stdout, stderr]).toEqual([
      3,
      "",
      expect.stringMatching(/^[^\n]*(timeout|Timeout|deadline)[^\n]*\n$/),
    ]);
  });

  test("warnings of the server go to the standard error", async () => {
    const garden = await startGarden({ [shoots]: [liveShoot()], secrets: [liveSecret()] });
    garden.server.faults.add({ path: /\/shoots/, times: 9, effect: { headers: { warning: '299 - "this is old"' } } });
    const { code, stderr } = await shown([], {}, garden);
    expect([code, stderr]).toEqual([0, "Warning: this is old\n"]);
  });
});

test("-w goes on with what changes, and says what is gone", async () => {
  const garden = await startGarden({
    [shoots]: [liveShoot({ name: "a" }), liveShoot({ name: "b" })],
    secrets: [liveSecret()],
  });
  const running = garden.start(["status", "-w", "-o", "jsonpath={.shoot} {.secret.name} {.secret.state};"]);
  const until = async (text: string): Promise<void> => {
    for (let tries = 0; !running.stdout().endsWith(text) && tries < 400; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(running.stdout().slice(-text.length)).toBe(text);
  };
  await until("a quay-v1 present;b quay-v1 present;");
  const { store } = garden.server;
  putObject(store, shoots, liveShoot({ name: "a", secret: "quay-v2" }));
  await until("b quay-v1 present;a quay-v2 missing;");
  putObject(store, "secrets", liveSecret("quay-v2"));
  await until("a quay-v2 missing;a quay-v2 present;");
  await store.remove({ resource: shoots, namespace: "garden-dev", name: "b" });
  putObject(store, shoots, liveShoot({ name: "c" }));
  await until("a quay-v2 present;c quay-v1 present;");
  running.kill("SIGINT");
  expect(await running.done).toMatchObject({ code: "SIGINT", stderr: "note: Shoot garden-dev/b is gone\n" });
});

test("gardenctl's target stands in for what no flag says", async () => {
  const garden = await startGarden({
    [shoots]: [liveShoot({ name: "a" }), liveShoot({ name: "b" }), liveShoot({ name: "far", namespace: "garden-far" })],
    secrets: [liveSecret()],
    ...projects,
  });
  const root = scratch({ "garden/s/target.yaml": "garden: g\nproject: dev\nshoot: b\n", "home/empty": "" });
  writeFileSync(join(root, "config"), kubeconfigFor(garden.server, { namespace: "other" }));
  writeFileSync(
    join(root, "home/gardenctl-v2.yaml"),
    `gardens:\n- identity: g\n  kubeconfig: ${join(root, "config")}\n`,
  );
  const env = { GCTL_SESSION_ID: "s", GCTL_HOME: join(root, "home"), TMPDIR: root };
  const names = async (...args: readonly string[]): Promise<string> =>
    (await garden.run(["status", "-o", "jsonpath={.items[*].shoot}", ...args], { env, kubeconfig: false })).stdout;
  expect(await names()).toBe("b");
  expect(await names("a")).toBe("a");
  expect(await names("-A")).toBe("a b far");
  expect(await names("-n", "garden-far")).toBe("far");
  // Whoever typed no name must learn where it comes from; whoever did knows.
  const error = async (...args: readonly string[]): Promise<string> =>
    (await garden.run(["status", ...args], { env, kubeconfig: false })).stderr;
  const target = (text: string): void => writeFileSync(join(root, "garden/s/target.yaml"), text);
  const elsewhere = "choose another target, or say where to look by -n or --project";
  target("garden: g\nproject: dev\nshoot: gone\n");
  expect(await error()).toBe(
    `Error from server (NotFound): shoots.core.gardener.cloud "gone" not found; it is what gardenctl targets: ${elsewhere}\n`,
  );
  expect(await error("lost")).toBe('Error from server (NotFound): shoots.core.gardener.cloud "lost" not found\n');
  target("garden: g\nproject: left\n");
  expect(await error()).toBe(
    `Error from server (NotFound): projects.core.gardener.cloud "left" not found; it is what gardenctl targets: ${elsewhere}\n`,
  );
  // The kubeconfig of the environment may be for another garden, where the same names are others.
  writeFileSync(join(root, "garden/s/target.yaml"), "garden: h\nproject: dev\nshoot: b\n");
  expect(await garden.run(["status"], { env })).toEqual({
    code: 3,
    stdout: "",
    stderr:
      'error: gardenctl targets garden "h", which its configuration does not name; say which garden by --context or --kubeconfig\n',
  });
  expect((await garden.run(["status", "a", "--context", "test", "-o", "name"], { env })).code).toBe(0);
});

test("no value of a Secret is in anything that is printed", async () => {
  const garden = await startGarden(
    { [shoots]: [liveShoot()], secrets: [liveSecret("quay-v1", { immutable: false })] },
    { openApi: { "apis/core.gardener.cloud/v1beta1": gardenerOpenApi() } },
  );
  const listCommands = [["status"], ["usage"], ["usage", "quay-v1"]];
  const formats = ["json", "yaml", "name", "wide", "jsonpath={.items}"];
  const both = [["lint", "--live", "--server-dry-run"], ["inspect", "quay-v1"], ["expiring"], ["schema", "show"]];
  const runs = [
    ["schema", "pull"],
    ...listCommands.flatMap((it) => [it, ...formats.map((format) => [...it, "-o", format])]),
    ...both.flatMap((it) => [it, [...it, "-o", "json"]]),
    ...["svg", "dot", "mermaid"].map((it) => ["graph", "-o", it]),
    ["schema", "list"],
  ];
  const env = { DEBUG: "*", XDG_CACHE_HOME: scratch() };
  const all: Run[] = [];
  for (const it of runs) all.push(await garden.run(it, { env }));
  const shown = (it: Run): boolean => unveiled(it.stdout + it.stderr).includes(planted);
  expect(runs.filter((_, at) => all[at] === undefined || shown(all[at]))).toEqual([]);
  const wrong = (it: readonly string[]): boolean => it[0] === "lint" || it[1] === "quay-v1";
  expect(all.map((it) => it.code)).toEqual(runs.map((it) => (wrong(it) ? 1 : 0)));
});
