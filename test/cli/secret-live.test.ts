import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kubeconfigFor } from "@registry-cache/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { challenge, registry, withPassword } from "../runtime/image.ts";
import { type Stage, serve } from "../runtime/servers.ts";
import { liveSecret, liveShoot, startGarden, type TestGarden } from "./garden.ts";
import { type Run, scratch } from "./plugin.ts";
import { runAsync } from "./run-async.ts";

/** Stands in every password, and must stand in no output but a manifest that was asked for. */
const planted = "PLANTED-PASSWORD";
const stage: Stage = { closers: [] };
let upstream = "";

beforeAll(async () => {
  upstream = `127.0.0.1:${await serve(stage, registry(withPassword("reader", planted), challenge('Basic realm="x"')))}`;
});

afterAll(() => {
  for (const close of stage.closers) close();
});

const shoots = "shoots.core.gardener.cloud";
const encoded = (text: string): string => Buffer.from(text).toString("base64");

/** A Shoot whose cache for the registry uses Secret quay-v1, beside one that needs no login. */
function shoot(name = "crazy-botany", others: readonly object[] = [{ upstream: "other.example" }]): object {
  const caches = [{ upstream, remoteURL: `http://${upstream}`, secretReferenceName: "quay" }, ...others];
  return liveShoot({ name, spec: { extensions: [{ type: "registry-cache", providerConfig: { caches } }] } });
}

/** Runs with the password on standard input, which the garden's own runner leaves empty. */
async function create(
  { server }: TestGarden,
  args: readonly string[],
  { password = planted, token = "admin" }: { readonly password?: string; readonly token?: string } = {},
): Promise<Run & { readonly root: string }> {
  const root = scratch({
    config: kubeconfigFor(server, { user: { token }, namespace: "garden-dev" }),
    "out/.keep": "",
  });
  const env = { HOME: root, KUBECONFIG: join(root, "config"), GCTL_SESSION_ID: "", TERM_SESSION_ID: "" };
  const login = ["--username", "reader", "--password-stdin"];
  return { ...(await runAsync(["secret", "create", ...args, ...login], { cwd: root, env, input: password })), root };
}

async function garden(secrets: readonly object[] = [liveSecret()]): Promise<TestGarden> {
  return startGarden(
    { [shoots]: [shoot()], secrets, namespaces: [{ metadata: { name: "garden-dev" } }] },
    {
      users: ["viewer"],
      grants: [{ subjects: ["viewer"], verbs: ["get", "list"], resources: ["shoots"], namespaces: ["garden-dev"] }],
    },
  );
}

/** What was sent to make a Secret. */
function created({ server }: TestGarden): readonly unknown[] {
  return server.requests
    .filter((it) => it.method === "POST" && it.url.includes("/secrets"))
    .map((it) => [new URL(it.url, "http://x").searchParams.get("dryRun"), JSON.parse(it.body)]);
}

const note = (): string => `note: it is tried at ${upstream}, for Shoot crazy-botany\n`;

const secret = (name: string, metadata: object = {}): object => ({
  apiVersion: "v1",
  kind: "Secret",
  type: "Opaque",
  immutable: true,
  metadata: { name, namespace: "garden-dev", labels: {}, annotations: {}, ...metadata },
  data: { username: encoded("reader"), password: encoded(planted) },
});

test("the next version is tried where the Shoots use the one before, and is made in the garden", async () => {
  const at = await garden();
  const { root, ...run } = await create(at, ["quay-v2", "--label", "team=garden", "--expires", "2099-01-31"]);
  expect(run).toEqual({ code: 0, stdout: "secret/quay-v2 created\n", stderr: note() });
  const metadata = { labels: { team: "garden" }, annotations: { "registry-cache-tools/expires-at": "2099-01-31" } };
  expect(created(at)).toEqual([[null, secret("quay-v2", metadata)]]);
  const values = at.server.requests.filter(
    (it) => it.url.includes("/secrets/quay-v1") && !String(it.headers["accept"]).includes("PartialObjectMetadata"),
  );
  expect(values).toEqual([]);
});

test("a credential that the upstream refuses is not made", async () => {
  const at = await garden();
  const { code, stdout, stderr } = await create(at, ["quay-v2"], { password: "PLANTED-OTHER" });
  expect([code, stdout, created(at)]).toEqual([1, "", []]);
  expect(stderr).toContain("login accepted      the registry refuses the credential (Basic, status 401)");
  expect(stderr).not.toContain("PLANTED");
});

test("a Secret that is there is left alone, and nobody is asked for a password before", async () => {
  const at = await garden([liveSecret(), liveSecret("quay-v2")]);
  const { code, stdout, stderr } = await create(at, ["quay-v1"]);
  expect([code, stdout, stderr, created(at)]).toEqual([
    3,
    "",
    'error: Secret "quay-v1" exists already in namespace garden-dev: it is left alone, choose another name, such as quay-v3\n',
    [],
  ]);
});

test("one that somebody else makes at the same moment is left alone, too", async () => {
  const at = await garden();
  const status = { kind: "Status", status: "Failure", reason: "AlreadyExists", code: 409, message: "x" };
  at.server.faults.add({ method: "POST", path: /\/secrets/, effect: { answer: 409, body: JSON.stringify(status) } });
  const { code, stderr } = await create(at, ["quay-v2"]);
  expect([code, stderr]).toEqual([
    3,
    `${note()}error: Secret "quay-v2" exists already in namespace garden-dev: it is left alone, choose another name, such as quay-v3\n`,
  ]);
});

test("a reply that is lost does not leave open whether the Secret was made", async () => {
  const at = await garden();
  at.server.faults.add({ method: "POST", path: /\/secrets/, effect: { cutAfter: 10 } });
  const { root, ...run } = await create(at, ["quay-v2"]);
  expect(run).toEqual({ code: 0, stdout: "secret/quay-v2 created\n", stderr: note() });
});

test("the server's dry run stores nothing, and shows what it would make", async () => {
  const at = await garden();
  const line = await create(at, ["quay-v2", "--dry-run=server"]);
  expect([line.code, line.stdout]).toEqual([0, "secret/quay-v2 created (server dry run)\n"]);
  const { code, stdout } = await create(at, ["quay-v2", "--dry-run", "server", "-o", "json"]);
  expect([code, JSON.parse(stdout)]).toMatchObject([
    0,
    { kind: "Secret", immutable: true, metadata: { name: "quay-v2" } },
  ]);
  expect(created(at)).toEqual([
    ["All", secret("quay-v2")],
    ["All", secret("quay-v2")],
  ]);
  expect((await at.run(["usage", "quay-v2"])).stderr).toContain('secrets "quay-v2" not found');
});

test("a manifest for a Shoot of the garden is tried there and written here", async () => {
  const at = await garden();
  const args = ["ro-v1", "-n", "garden-dev", "--shoot", "crazy-botany", "--cache", upstream, "--to", "out"];
  const { root, ...run } = await create(at, args, { token: "viewer" });
  expect(run).toEqual({ code: 0, stdout: "out/ro-v1.yaml written\n", stderr: note() });
  expect(readFileSync(join(root, "out/ro-v1.yaml"), "utf8")).toContain("name: ro-v1\n  namespace: garden-dev\n");
});

test("the only cache of a Shoot needs no name", async () => {
  const at = await startGarden({ [shoots]: [shoot("small", [])], namespaces: [{ metadata: { name: "garden-dev" } }] });
  const { root, ...run } = await create(at, ["ro-v1", "--shoot", "small", "-o", "name"]);
  expect(run).toEqual({ code: 0, stdout: "secret/ro-v1\n", stderr: note().replace("crazy-botany", "small") });
});

test.each([
  [
    ["ro-v1"],
    2,
    'no Shoot in namespace garden-dev uses Secret "ro-v1" or an earlier version of it: say by --upstream, or --shoot and --cache where the credential is to be tried, or --skip-probe',
  ],
  [
    ["ro-v1", "--shoot", "crazy-botany"],
    2,
    'no cache of Shoot "crazy-botany" uses Secret "ro-v1" or an earlier version of it: say by --cache where the credential is to be tried, or --skip-probe',
  ],
  [
    ["ro-v1", "--shoot", "crazy-botany", "--cache", "x.io"],
    2,
    'Shoot "crazy-botany" has no cache for "x.io", known are HOST, other.example',
  ],
] as const)("%j must say where it is to be tried", async (args, code, message) => {
  const run = await create(await garden(), args);
  expect([run.code, run.stdout, run.stderr.replaceAll(upstream, "HOST")]).toEqual([code, "", `error: ${message}\n`]);
});

test("a namespace that is not there is told of as kubectl does", async () => {
  const run = await create(await garden(), ["quay-v2", "--upstream", upstream, "-n", "gone", "--skip-probe"]);
  expect([run.code, run.stderr]).toEqual([3, 'Error from server (NotFound): namespaces "gone" not found\n']);
});

test("who may not create Secrets is told at once", async () => {
  const run = await create(await garden(), ["quay-v2", "--upstream", upstream], { token: "viewer" });
  expect([run.code, run.stderr]).toEqual([3, "error: you may not create Secrets in namespace garden-dev\n"]);
});

test("what the server says to a Secret is told without its values", async () => {
  const at = await garden();
  const message = `Secret "quay-v2" is invalid: data[password]: Invalid value: "${encoded(planted)}": too short`;
  const causes = [{ reason: "FieldValueInvalid", field: "data[password]", message: `Invalid value: "${planted}"` }];
  const status = { kind: "Status", status: "Failure", reason: "Invalid", code: 422, message, details: { causes } };
  at.server.faults.add({ method: "POST", path: /\/secrets/, effect: { answer: 422, body: JSON.stringify(status) } });
  const { code, stdout, stderr } = await create(at, ["quay-v2", "--skip-probe"]);
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).not.toContain(planted);
  expect(stderr).not.toContain(encoded(planted));
  expect(stderr).toMatchInlineSnapshot(`
    "The request is invalid: Secret "quay-v2" is invalid: data[password]: Invalid value: <redacted>: too short
    "
  `);
});
