import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gardenerOpenApi, type OpenApiChanges } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { type GardenRun, liveSecret, liveShoot, startGarden, type TestGarden } from "./garden.ts";
import { shoot } from "./manifests.ts";
import { type Run, run as runPlugin, scratch } from "./plugin.ts";

const path = "apis/core.gardener.cloud/v1beta1";
const changes: OpenApiChanges = {
  newer: { "spec.provider.workers[].bootMode": { type: "string", description: "How machines start." } },
  without: ["spec.systemComponents"],
};
const newer = shoot().replace(
  "\nspec:\n",
  "\nspec:\n  systemComponents: {}\n  provider: { workers: [{ name: a, bootMode: uefi }] }\n",
);

interface SchemaGarden {
  readonly garden: TestGarden;
  readonly folder: string;
  readonly run: (args: readonly string[], options?: GardenRun) => Promise<Run>;
}

/** A garden that is newer, and a user whose cache directory is empty. */
async function openGarden(openApi: object = gardenerOpenApi(changes)): Promise<SchemaGarden> {
  const folder = scratch({ "shoot.yaml": newer });
  const garden = await startGarden(
    { "shoots.core.gardener.cloud": [liveShoot()], secrets: [liveSecret()] },
    { openApi: { [path]: openApi }, users: ["viewer"] },
  );
  const env = { XDG_CACHE_HOME: join(folder, "cache") };
  const run = (args: readonly string[], options: GardenRun = {}): Promise<Run> =>
    garden.run(args, { cwd: folder, ...options, env: { ...env, ...options.env } });
  return { garden, folder, run };
}

function asked({ garden }: SchemaGarden): readonly string[] {
  return garden.server.requests
    .map((it) => it.url.replace(/hash=.*/, "hash="))
    .filter((it) => it.startsWith("/openapi"));
}

test("schema pull keeps what the garden says, and loads it again only when it has changed", async () => {
  const open = await openGarden();
  const { server } = open.garden;
  const first = await open.run(["schema", "pull"]);
  expect([first.code, first.stderr]).toEqual([0, ""]);
  expect(first.stdout.replace(server.url, "URL").replace(/pulled \S+/, "pulled TIME")).toBe(
    `Schema of URL/ (context "test"), pulled TIME
1 field that only the garden knows, they are no findings:
  spec.provider.workers[].bootMode
1 field that the garden does not have, they are warnings:
  spec.systemComponents
`,
  );
  const second = JSON.parse((await open.run(["schema", "pull", "-o", "json"])).stdout);
  expect(second).toMatchObject({
    server: `${server.url}/`,
    context: "test",
    unchanged: true,
    newer: ["spec.provider.workers[].bootMode"],
    missing: ["spec.systemComponents"],
  });
  expect(asked(open)).toEqual(["/openapi/v3", `/openapi/v3/${path}?hash=`, "/openapi/v3"]);
});

test("schema list and schema show tell of what is kept without a request", async () => {
  const open = await openGarden();
  const none = await open.run(["schema", "list"]);
  expect([none.code, none.stdout, none.stderr]).toEqual([
    0,
    "",
    'No schemas are kept, "kubectl registry-cache schema pull" gets one\n',
  ]);
  const unknown = await open.run(["schema", "show"]);
  expect([unknown.code, unknown.stdout]).toEqual([2, ""]);
  expect(unknown.stderr).toMatch(
    /^error: no schema of 127\.0\.0\.1:\d+ is kept, "kubectl registry-cache schema pull --context test" gets it\n$/,
  );
  const pulled = (await open.run(["schema", "pull"])).stdout;
  const before = open.garden.server.requests.length;
  expect((await open.run(["schema", "show"])).stdout).toBe(pulled);
  expect((await open.run(["schema", "list"])).stdout).toMatch(
    /^SERVER +CONTEXT +HASH +NEWER +MISSING +AGE\nhttps:\S+ +test +[0-9A-F]{12} +1 +1 +\d+s\n$/,
  );
  expect(JSON.parse((await open.run(["schema", "list", "-o", "json"])).stdout)).toMatchObject([{ context: "test" }]);
  expect(open.garden.server.requests.length).toBe(before);
});

const withoutGarden = ['error unknown field "spec.provider.workers[0].bootMode"'];
const withGarden = ['warning the garden has no field "spec.systemComponents": it drops it, or refuses the Shoot'];

function findings({ stdout }: Pick<Run, "stdout">): readonly string[] {
  const parsed: { readonly findings: readonly { severity: string; message: string; code: string }[] } =
    JSON.parse(stdout);
  return parsed.findings.filter((it) => it.code === "RC010").map((it) => `${it.severity} ${it.message}`);
}

test("lint takes the schema of a garden where it is named and from nowhere else", async () => {
  const open = await openGarden();
  await open.run(["schema", "pull"]);
  const file = (await open.run(["schema", "show", "-o", "json"])).stdout;
  writeFileSync(join(open.folder, "garden.json"), file);
  const lint = ["lint", "-f", "shoot.yaml", "-o", "json"];
  const before = open.garden.server.requests.length;
  expect(findings(await open.run(lint))).toEqual(withoutGarden);
  expect(findings(await open.run([...lint, "--garden-schema", "test"]))).toEqual(withGarden);
  expect(findings(await open.run([...lint, "--garden-schema=garden.json"], { kubeconfig: false }))).toEqual(withGarden);
  expect(open.garden.server.requests.length).toBe(before);
});

test("lint --live asks the garden for its schema, and says so when it may not see it", async () => {
  const open = await openGarden();
  const lint = ["lint", "--live", "-f", "shoot.yaml", "-o", "json"];
  expect(findings(await open.run(lint))).toEqual(withGarden);
  expect(findings(await open.run(lint))).toEqual(withGarden);
  expect(asked(open)).toEqual(["/openapi/v3", `/openapi/v3/${path}?hash=`, "/openapi/v3"]);
  open.garden.server.faults.add({ path: /^\/openapi/, effect: { answer: 403 } });
  const forbidden = await open.run(lint);
  expect(findings(forbidden)).toEqual(withoutGarden);
  expect(forbidden.stderr).toBe("note: cannot see the garden's schema: forbidden\n");
});

test("a cache directory that cannot be written stops schema pull and no check", async () => {
  const open = await openGarden();
  writeFileSync(join(open.folder, "cache"), "");
  const pulled = await open.run(["schema", "pull"]);
  expect([pulled.code, pulled.stderr]).toEqual([
    3,
    `error: cannot keep the schema in "${open.folder}/cache/kubectl-registry-cache/schemas": a part of its path is not a directory\n`,
  ]);
  expect(findings(await open.run(["lint", "--live", "-f", "shoot.yaml", "-o", "json"]))).toEqual(withGarden);
});

test("a damaged file of the cache is none, and what is in the cache is the user's own", async () => {
  const open = await openGarden();
  const folder = join(open.folder, "cache/kubectl-registry-cache/schemas");
  mkdirSync(folder, { recursive: true });
  await open.run(["schema", "pull"]);
  const [name = ""] = readdirSync(folder);
  expect(readFileSync(join(folder, name), "utf8")).not.toContain("admin");
  writeFileSync(join(folder, name), "{");
  expect((await open.run(["schema", "show"])).code).toBe(2);
  expect(JSON.parse((await open.run(["schema", "pull", "-o", "json"])).stdout)).toMatchObject({ unchanged: false });
});

test("explain knows the fields of the garden that is named", async () => {
  const open = await openGarden();
  await open.run(["schema", "pull"]);
  const known = await open.run(["explain", "spec.provider.workers.bootMode", "--garden-schema", "test"]);
  expect([known.code, known.stdout]).toEqual([
    0,
    `KIND:     Shoot
VERSION:  core.gardener.cloud/v1beta1

FIELD: bootMode <string>

DESCRIPTION:
    How machines start. Only the garden knows it, this program does not.
`,
  ]);
  expect((await open.run(["explain", "spec.provider.workers.bootMode"])).code).toBe(2);
});

test.each([
  [
    "a server that is no garden",
    {},
    3,
    /^error: 127\.0\.0\.1:\d+ describes no core\.gardener\.cloud\/v1beta1: is it a garden\?\n$/,
  ],
  [
    "a description without Shoots",
    { [path]: { components: {} } },
    3,
    /^error: the garden's OpenAPI describes no Shoot\n$/,
  ],
])("schema pull refuses %s", async (_, openApi, code, message) => {
  const garden = await startGarden({}, { openApi });
  const result = await garden.run(["schema", "pull"], { env: { XDG_CACHE_HOME: scratch() } });
  expect([result.code, result.stdout]).toEqual([code, ""]);
  expect(result.stderr).toMatch(message);
});

test.each([
  [["--garden-schema", "nowhere"], 'error: --garden-schema: context "nowhere" does not exist'],
  [["--garden-schema", "gone.json"], 'error: --garden-schema: "gone.json": no such file or directory\n'],
  [
    ["--garden-schema", "bad.json"],
    'error: --garden-schema: "bad.json" is no schema of a garden, "schema show -o json" prints one\n',
  ],
])("lint %j is refused", (flags, message) => {
  const cwd = scratch({ "bad.json": "{}", "shoot.yaml": newer, config: "{}" });
  const { code, stdout, stderr } = runPlugin(["lint", "-f", "shoot.yaml", ...flags], {
    cwd,
    env: { KUBECONFIG: `${cwd}/config` },
  });
  expect([code, stdout, stderr.slice(0, message.length)]).toEqual([2, "", message]);
});
