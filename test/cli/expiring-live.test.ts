import { expect, test } from "vitest";
import { dayText, inDays } from "./days.ts";
import { type GardenObjects, liveShoot, startGarden, type TestGarden } from "./garden.ts";
import { type Run, run, scratch } from "./plugin.ts";

/** Stands in every value, and must stand in no output. */
const planted = "PLANTED-PASSWORD";
const shoots = "shoots.core.gardener.cloud";
const encoded = (text: string): string => Buffer.from(text).toString("base64");

interface SecretOptions {
  readonly username?: string;
  readonly password?: string;
  readonly age?: number;
  readonly ends?: number;
  readonly namespace?: string;
}

function secret(name: string, options: SecretOptions = {}): object {
  const { username = "reader", password = planted, age = 10, ends, namespace = "garden-dev" } = options;
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name,
      namespace,
      creationTimestamp: new Date(inDays(-age) * 1000).toISOString().replace(/\.\d+Z$/, "Z"),
      ...(ends !== undefined && { annotations: { "registry-cache-tools/expires-at": dayText(inDays(ends)) } }),
    },
    type: "Opaque",
    immutable: true,
    data: { username: encoded(username), password: encoded(password) },
  };
}

const token = ["ey1", Buffer.from(JSON.stringify({ exp: inDays(5), x: planted })).toString("base64url"), "s"].join(".");

const objects: GardenObjects = {
  [shoots]: [
    liveShoot({ name: "a", secret: "token" }),
    liveShoot({ name: "b", secret: "old" }),
    liveShoot({ name: "c", secret: "lost" }),
    liveShoot({ name: "d", secret: "token" }),
    liveShoot({ name: "e", secret: "other", namespace: "garden-prod" }),
  ],
  secrets: [
    secret("token", { password: token }),
    secret("old", { username: "robot$x", age: 100 }),
    secret("declared", { ends: -3 }),
    secret("unused"),
    secret("other", { namespace: "garden-prod", ends: 300 }),
  ],
};

const users = ["viewer", "partial"];
const grants = [
  { subjects: ["viewer", "partial"], verbs: ["get", "list"], resources: ["shoots"], namespaces: ["garden-dev"] },
  { subjects: ["partial"], verbs: ["list"], resources: ["secrets"], namespaces: ["garden-dev"] },
];

/** The rows of a table, cells apart. */
function rows({ stdout }: Run): readonly string[] {
  return stdout.split("\n").flatMap((it) => (it === "" ? [] : it.split(/ {3,}/).join(" | ")));
}

/** The Secrets that were read with their values. */
function readValues({ server }: TestGarden): readonly string[] {
  return server.requests
    .filter((it) => it.url.includes("/secrets") && !String(it.headers["accept"]).includes("PartialObjectMetadata"))
    .map((it) => it.url.split("/").at(-1) ?? "")
    .toSorted();
}

const head = "SECRET | ENDS | STATE | REASON";
const byIssuer = "its end, if any, is known only to who issued it";
const tokenRow = `garden-dev/token | ${dayText(inDays(5))} | ends soon | the token says so`;
const declaredRow = `garden-dev/declared | ${dayText(inDays(-3))} | expired | its annotation says so`;
const lostRow = "garden-dev/lost | - | unknown | there is no such Secret";

test("the Secrets of the caches of a namespace are listed by when they end", async () => {
  const garden = await startGarden(objects);
  const run = await garden.run(["expiring"]);
  expect([run.code, run.stderr, rows(run)]).toEqual([
    1,
    "",
    [head, declaredRow, tokenRow, lostRow, `garden-dev/old | - | unknown | ${byIssuer}`],
  ]);
  expect(readValues(garden)).toEqual(["declared", "old", "token"]);
  expect(run.stdout).not.toContain("PLANTED");
});

test("age counts where a policy says so, and values can be left alone", async () => {
  const garden = await startGarden(objects);
  const run = await garden.run(["expiring", "--max-age", "90d", "--metadata-only"]);
  expect([run.code, rows(run)]).toEqual([
    1,
    [
      head,
      declaredRow,
      "garden-dev/old | - | too old | it is 100 days old",
      lostRow,
      "garden-dev/token | - | unknown | its values were not read",
    ],
  ]);
  expect(readValues(garden)).toEqual([]);
});

test("the whole garden goes into JSON and a calendar", async () => {
  const garden = await startGarden(objects);
  const json = await garden.run(["expiring", "-A", "-o", "json"]);
  const { secrets, cannotSee } = JSON.parse(json.stdout);
  expect([cannotSee, secrets.length, secrets[1], secrets.at(-2)]).toEqual([
    [],
    5,
    {
      name: "token",
      namespace: "garden-dev",
      seen: "values",
      form: "Secret",
      immutable: true,
      kind: { id: "json-web-token", title: "a JSON web token" },
      uses: ["a", "d"].map((shoot) => ({ shoot, upstream: "quay.io", remoteURL: "https://quay.io" })),
      createdAt: expect.stringMatching(/Z$/),
      expiry: { state: "expiring", reason: "the token says so", expiresAt: expect.stringMatching(/Z$/) },
    },
    {
      name: "lost",
      namespace: "garden-dev",
      seen: "missing",
      uses: [{ shoot: "c", upstream: "quay.io", remoteURL: "https://quay.io" }],
      expiry: { state: "unknown", reason: "there is no such Secret" },
    },
  ]);
  const calendar = await garden.run(["expiring", "-A", "-o", "ics"]);
  expect(calendar.stdout.split("\r\n").filter((it) => it.startsWith("SUMMARY"))).toEqual(
    ["garden-dev/declared", "garden-dev/token", "garden-prod/other"].map((it) => `SUMMARY:Credential ${it} ends`),
  );
});

test("who may not read Secrets sees which there are, and that they cannot be seen", async () => {
  const garden = await startGarden(objects, { users, grants });
  const run = await garden.run(["expiring"], { token: "viewer" });
  const hidden = ["lost", "old", "token"].map((it) => `garden-dev/${it} | - | unknown | you may not read it`);
  expect([run.code, run.stderr, rows(run)]).toEqual([
    3,
    "note: cannot see Secrets in namespace garden-dev: forbidden\n",
    [head, ...hidden],
  ]);
  const partial = await garden.run(["expiring"], { token: "partial" });
  expect([partial.code, rows(partial)]).toEqual([1, [head, declaredRow, lostRow, ...hidden.slice(1)]]);
  const nobody = await garden.run(["expiring", "-n", "garden-prod"], { token: "viewer" });
  expect([nobody.code, nobody.stderr]).toEqual([
    3,
    'Error from server (Forbidden): shoots.core.gardener.cloud is forbidden: User "<redacted>" cannot list resource "shoots" in API group "core.gardener.cloud" in the namespace "garden-prod"\n',
  ]);
});

test("inspect tells of a Secret of the garden all but its values", async () => {
  const garden = await startGarden({
    ...objects,
    secrets: [secret("old", { username: "robot$x", password: `${planted}\n`, age: 100 })],
  });
  const run = await garden.run(["inspect", "old"]);
  expect(run.stdout).not.toContain("PLANTED");
  expect([run.code, run.stderr, run.stdout]).toEqual([
    1,
    "",
    `garden-dev/old
  form      Secret, immutable
  kind      a robot account of Harbor
  used for  quay.io (https://quay.io) of Shoot b
  age       100 days
  expiry    unknown: ${byIssuer}
  health    error RC213 the password ends with a newline, which becomes a blank in the cache's configuration
`,
  ]);
  expect(readValues(garden)).toEqual(["old"]);
});

test("inspect says who uses a Secret that it may not read", async () => {
  const garden = await startGarden(objects, { users, grants });
  const run = await garden.run(["inspect", "token"], { token: "viewer" });
  const hidden = "cannot see: you may not read it";
  expect([run.code, run.stdout]).toEqual([
    3,
    `garden-dev/token
  form      ${hidden}
  kind      ${hidden}
  used for  quay.io (https://quay.io) of Shoot a
            quay.io (https://quay.io) of Shoot d
  age       ${hidden}
  expiry    ${hidden}
  health    ${hidden}
`,
  ]);
  const json = await garden.run(["inspect", "unused", "-o", "json"]);
  expect(JSON.parse(json.stdout).secrets).toMatchObject([{ name: "unused", seen: "values", uses: [], findings: [] }]);
  expect(await garden.run(["inspect", "gone"])).toEqual({
    code: 3,
    stdout: "",
    stderr: 'Error from server (NotFound): secrets "gone" not found\n',
  });
});

test.each([
  [["expiring", "-f", ".", "-A"], "--all-namespaces is for a garden, and -f names files"],
  [["expiring", "-f", ".", "--metadata-only"], "--metadata-only is for a garden, and -f names files"],
  [["expiring", "-A", "-n", "x"], "-A, -n and --project do not go together"],
  [["inspect", "x", "-f", ".", "--context", "y"], "--context is for a garden, and -f names files"],
  [
    ["probe", "x.io", "-n", "y"],
    "--namespace is for a garden, name a Shoot or a Secret of it with --shoot or --secret",
  ],
] as const)("%j is refused", (args, message) => {
  const { code, stdout, stderr } = run(args, { cwd: scratch({ "a.yaml": "" }) });
  expect([code, stdout, stderr]).toEqual([2, "", `error: ${message}\n`]);
});
