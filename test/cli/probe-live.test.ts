import { afterAll, beforeAll, expect, test } from "vitest";
import { challenge, registry, withPassword } from "../runtime/image.ts";
import { type Stage, serve } from "../runtime/servers.ts";
import { liveSecret, liveShoot, startGarden, type TestGarden } from "./garden.ts";
import { type Run, run, scratch } from "./plugin.ts";
import { unveiled } from "./runtime-manifests.ts";

/** Stands in every password, and must stand in no output. */
const planted = "PLANTED-PASSWORD";
const stage: Stage = { closers: [] };
let upstream = "";

beforeAll(async () => {
  upstream = `127.0.0.1:${await serve(stage, registry(withPassword("reader", planted), challenge('Basic realm="x"')))}`;
});

afterAll(() => {
  for (const close of stage.closers) close();
});

const encoded = (text: string): string => Buffer.from(text).toString("base64");
const secret = (name: string, password = planted): object =>
  liveSecret(name, { data: { username: encoded("reader"), password: encoded(password) } });

/** A Shoot with a cache for the registry, which is upstream here, and one for another that needs no login. */
function shoot(): object {
  const caches = [
    { upstream, remoteURL: `http://${upstream}`, secretReferenceName: "quay" },
    { upstream: "other.example", remoteURL: `http://${upstream}` },
  ];
  const extensions = [{ type: "registry-cache", providerConfig: { caches } }];
  return liveShoot({ spec: { extensions } });
}

const shoots = "shoots.core.gardener.cloud";
const viewer = [
  { subjects: ["viewer"], verbs: ["get", "list"], resources: ["shoots"], namespaces: ["garden-dev"] },
] as const;

function garden(secrets: readonly object[] = [secret("quay-v1")]): Promise<TestGarden> {
  return startGarden({ [shoots]: [shoot()], secrets }, { users: ["viewer"], grants: viewer });
}

/** How it ended, and where each credential came from with its verdict. */
function outcome({ code, stdout, stderr }: Run): readonly unknown[] {
  expect(stdout + stderr).not.toContain("PLANTED");
  const { probes } = JSON.parse(stdout) as { probes: { credential: string; verdict: string }[] };
  return [code, ...probes.map((it) => `${it.credential}: ${it.verdict}`)];
}

const probe = ["probe", "--shoot", "crazy-botany", "--repository", "team/app:v1", "-o", "json"];

/** The Secrets that were read with their values. */
function readSecrets({ server }: TestGarden): readonly string[] {
  return server.requests.filter((it) => it.url.includes("/secrets")).map((it) => it.url.split("/").at(-1) ?? "");
}

test("the caches of a Shoot are probed with the Secrets of the garden", async () => {
  const at = await garden();
  expect(outcome(await at.run(probe))).toEqual([1, "Secret quay-v1: can-pull", "none: cannot-pull"]);
  expect(outcome(await at.run([...probe, "--cache", upstream]))).toEqual([0, "Secret quay-v1: can-pull"]);
  const refused = await garden([secret("quay-v1", "PLANTED-OTHER")]);
  expect(outcome(await refused.run([...probe, "--cache", upstream]))).toEqual([1, "Secret quay-v1: cannot-pull"]);
});

test("the text shows no value either, at any verbosity", async () => {
  for (const password of [planted, "PLANTED-OTHER"]) {
    const at = await garden([secret("quay-v1", password)]);
    const { stdout, stderr } = await at.run(probe.slice(0, -2), { env: { DEBUG: "*" } });
    expect([stdout.includes("Secret quay-v1"), /PLANTED/.test(unveiled(stdout + stderr))]).toEqual([true, false]);
  }
});

test("values of Secrets are read only where they are the credential", async () => {
  const at = await garden([secret("quay-v1"), secret("quay-v2"), secret("unused")]);
  await at.run([...probe, "--cache", "other.example"]);
  expect(readSecrets(at)).toEqual([]);
  const next = await at.run([...probe, "--cache", upstream, "--secret", "quay-v2"]);
  expect([outcome(next), readSecrets(at)]).toEqual([[0, "Secret quay-v2: can-pull"], ["quay-v2"]]);
});

test("a Secret of the garden or of files is tried before anything uses it", async () => {
  const at = await garden([secret("quay-v2")]);
  const plain = ["probe", `http://${upstream}`, "--repository", "team/app:v1", "-o", "json", "--secret", "quay-v2"];
  expect(outcome(await at.run(plain))).toEqual([0, "Secret quay-v2: can-pull"]);
  const text = JSON.stringify(secret("quay-v3"));
  const cwd = scratch({ "secrets/v3.json": text, "again.json": text });
  const ofFile = [...probe, "--cache", upstream, "--secret", "quay-v3", "-f", "secrets"];
  expect(outcome(await at.run(ofFile, { cwd, token: "viewer" }))).toEqual([0, "Secret quay-v3: can-pull"]);
  expect(await at.run([...ofFile, "-f", "again.json"], { cwd })).toMatchObject({
    code: 2,
    stderr: 'error: Secret "quay-v3" is there 2 times in these files\n',
  });
});

test("who may not read a Secret is told so, and what to do", async () => {
  const at = await garden();
  const { code, stdout, stderr } = await at.run([...probe, "--cache", upstream], { token: "viewer" });
  expect([code, stdout, stderr]).toEqual([
    3,
    "",
    `error: you may not read Secret "quay-v1" in namespace garden-dev, which has the credential for "${upstream}": give a credential with --cache ${upstream} --username NAME --password-stdin\n`,
  ]);
  const free = await at.run([...probe, "--cache", "other.example"], { token: "viewer" });
  expect(outcome(free)).toEqual([1, "none: cannot-pull"]);
  const named = await at.run(["probe", `http://${upstream}`, "--secret", "quay-v1"], { token: "viewer" });
  expect([named.code, named.stderr]).toEqual([3, 'error: you may not read Secret "quay-v1" in namespace garden-dev\n']);
});

test.each([
  [["--shoot", "gone"], 3, 'Error from server (NotFound): shoots.core.gardener.cloud "gone" not found'],
  [
    ["--shoot", "crazy-botany", "--cache", "x.io"],
    2,
    'error: Shoot "crazy-botany" has no cache for "x.io", known are HOST, other.example',
  ],
  [
    ["--shoot", "crazy-botany"],
    3,
    'error: there is no Secret "quay-v1" in namespace garden-dev, which has the credential for "HOST": give a credential with --cache HOST --username NAME --password-stdin',
  ],
  [["http://x.example", "--secret", "gone"], 3, 'Error from server (NotFound): secrets "gone" not found'],
  [
    ["--shoot", "crazy-botany", "-n", "elsewhere"],
    3,
    'Error from server (NotFound): shoots.core.gardener.cloud "crazy-botany" not found',
  ],
] as const)("%j is told in one line", async (args, code, message) => {
  const at = await garden([]);
  const ended = await at.run(["probe", ...args]);
  expect([ended.code, ended.stdout, ended.stderr.replaceAll(upstream, "HOST")]).toEqual([code, "", `${message}\n`]);
});

test.each([
  [["x.io", "--shoot", "a"], "with --shoot the cache is named by --cache x.io"],
  [["--shoot", "a", "-f", "."], "-f and --shoot do not go together: the garden has the Shoot"],
  [["x.io", "--cache", "y.io"], "--cache needs a Shoot, by -f or --shoot"],
  [["--shoot", "a", "--secret", "b"], "--secret needs --cache, since it is the credential of one cache"],
  [
    ["x.io", "--secret", "b", "--docker-login"],
    "--username, --secret, --docker-config and --docker-login do not go together",
  ],
  [["x.io", "--secret", "gone", "-f", "."], 'there is no Secret "gone" in these files'],
  [[], "must name an upstream, for example quay.io, or a Shoot with --shoot or -f"],
] as const)("%j is refused", (args, message) => {
  const { code, stdout, stderr } = run(["probe", ...args], { cwd: scratch({ "a.yaml": "" }) });
  expect([code, stdout, stderr]).toEqual([2, "", `error: ${message}\n`]);
});
