import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { challenge, registry, tokens, withPassword, withToken } from "../runtime/image.ts";
import { type Handler, type Stage, serve } from "../runtime/servers.ts";
import { run, scratch } from "./plugin.ts";
import { runAsync } from "./run-async.ts";

/** Stands in every password, and must stand in no output. */
const planted = "PLANTED-PASSWORD";
const lets = withPassword("reader", planted);
const stage: Stage = { closers: [] };
let basic = "";
let bearer = "";

beforeAll(async () => {
  basic = `127.0.0.1:${await serve(stage, registry(lets, challenge('Basic realm="x"')))}`;
  let port = 0;
  const handler: Handler = (request, response) =>
    request.url?.startsWith("/token")
      ? tokens(lets)(request, response)
      : registry(withToken, challenge(`Bearer realm="http://localhost:${port}/token"`))(request, response);
  port = await serve(stage, handler);
  bearer = `127.0.0.1:${port}`;
});

afterAll(() => {
  for (const close of stage.closers) close();
});

const proven = ["--repository", "team/app:v1"];
const given = ["--username", "reader", "--password-stdin"];

/** A Shoot with a cache for each upstream, and the Secret that they share. */
function files(upstreams: readonly string[], password = planted): string {
  const caches = upstreams.map(
    (it) => `      - upstream: ${it}\n        remoteURL: http://${it}\n        secretReferenceName: ref\n`,
  );
  return scratch({
    "shoot.yaml": `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: crazy-botany, namespace: garden-dev }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
${caches.join("")}  resources:
  - { name: ref, resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 } }
`,
    "secret.yaml": `apiVersion: v1
kind: Secret
metadata: { name: quay-v1, namespace: garden-dev }
immutable: true
data:
  username: ${Buffer.from("reader").toString("base64")}
  password: ${Buffer.from(password).toString("base64")}
`,
  });
}

/** The facts of the first probe by their names. */
function statuses(stdout: string): { readonly [id: string]: string } {
  expect(stdout).not.toContain("PLANTED");
  const { probes } = JSON.parse(stdout) as { probes: { facts: { id: string; status: string }[] }[] };
  return Object.fromEntries((probes[0]?.facts ?? []).map((it) => [it.id, it.status]));
}

test("a credential that many caches share is tried once", async () => {
  const seen: string[] = [];
  const refusing: Handler = (request, response) => {
    if (request.headers.authorization !== undefined) seen.push(`${request.method} ${request.url}`);
    registry(lets, challenge('Basic realm="x"'))(request, response);
  };
  const upstream = `127.0.0.1:${await serve(stage, refusing)}`;
  const cwd = files([upstream], "PLANTED-OTHER");
  const text = readFileSync(join(cwd, "shoot.yaml"), "utf8");
  writeFileSync(join(cwd, "other.yaml"), text.replace("crazy-botany", "lazy-botany"));
  const { code, stdout } = await runAsync(["probe", "-f", ".", ...proven, "-o", "json"], { cwd });
  const { probes } = JSON.parse(stdout) as { probes: { shoot: string; verdict: string }[] };
  expect([code, probes.map((it) => `${it.shoot} ${it.verdict}`), seen]).toEqual([
    1,
    ["lazy-botany cannot-pull", "crazy-botany cannot-pull"],
    ["HEAD /v2/team/app/manifests/v1"],
  ]);
});

test("tells as text what it found, with the verdict last", async () => {
  const { code, stdout, stderr } = await runAsync(["probe", `http://${basic}`, ...given, ...proven], {
    input: `${planted}\n`,
  });
  expect([code, stderr, stdout.replaceAll(basic, "HOST")]).toEqual([
    0,
    "",
    `HOST (remote URL http://HOST, credential: the command line, image team/app:v1)
  yes  reachable           http://HOST/v2/ answers with status 401
  yes  is a registry       http://HOST/v2/ answers with status 401
  yes  login accepted      the registry answers to the credential with status 200 (Basic)
  yes  may pull            team/app:v1 can be pulled
  yes  cache starts        the cache starts
  yes  cache sends it      the cache sends this credential
  yes  cache can pull      the cache will be able to pull the image
  -    kind                a username and password
  ?    expiry              its end, if any, is known only to who issued it
  -    measured from       measured from this machine; the cache asks from inside the Shoot, which may see another network
The cache will be able to pull.
`,
  ]);
});

test("what other clients can do and the cache cannot are two things", async () => {
  const { code, stdout } = await runAsync(["probe", `http://${bearer}`, ...given, ...proven, "-o", "json"], {
    input: planted,
  });
  expect(code).toBe(1);
  expect(statuses(stdout)).toMatchObject({
    login: "yes",
    pull: "yes",
    "cache-starts": "yes",
    "cache-sends": "no",
    "cache-pulls": "no",
    symptom: "info",
  });
});

test("a credential is found through the chain, for each cache or for one", async () => {
  const cwd = files([basic, bearer]);
  const both = await runAsync(["probe", "-f", ".", ...proven, "-o", "json"], { cwd });
  const one = await runAsync(["probe", "-f", ".", "--cache", basic, ...proven, "-o", "json"], { cwd });
  const verdicts = (text: string): unknown =>
    JSON.parse(text).probes.map(
      ({ upstream, shoot, credential, image, verdict }: { readonly [key: string]: string }) => [
        upstream,
        shoot,
        credential,
        image,
        verdict,
      ],
    );
  const common = ["crazy-botany", "Secret quay-v1", "team/app:v1"];
  expect([both.code, verdicts(both.stdout)]).toEqual([
    1,
    [
      [basic, ...common, "can-pull"],
      [bearer, ...common, "cannot-pull"],
    ],
  ]);
  expect([one.code, verdicts(one.stdout)]).toEqual([0, [[basic, ...common, "can-pull"]]]);
});

test.each([
  ["right", planted, 0],
  ["wrong", "PLANTED-OTHER", 1],
  ["with a newline at its end", `${planted}\n`, 1],
])("a password in a Secret that is %s", async (_, password, expected) => {
  const { code, stdout, stderr } = await runAsync(["probe", "-f", ".", ...proven], { cwd: files([basic], password) });
  expect([code, stderr]).toEqual([expected, ""]);
  expect(stdout).not.toContain("PLANTED");
});

test("a login of Docker is used", async () => {
  const auth = Buffer.from(`reader:${planted}`).toString("base64");
  const cwd = scratch({ "config.json": JSON.stringify({ auths: { [basic]: { auth } } }) });
  const byFile = await runAsync(["probe", `http://${basic}`, "--docker-config", "config.json", "-o", "json"], { cwd });
  const byPlace = await runAsync(["probe", `http://${basic}`, "--docker-login", "-o", "json"], {
    env: { DOCKER_CONFIG: cwd },
  });
  expect([byFile.code, statuses(byFile.stdout)["login"], byPlace.code, statuses(byPlace.stdout)["login"]]).toEqual([
    0,
    "yes",
    0,
    "yes",
  ]);
});

test("an upstream that is out of reach has an exit code of its own", async () => {
  const { code, stdout } = await runAsync(["probe", "http://127.0.0.1:1", "-o", "json"]);
  expect([code, statuses(stdout)["reachable"]]).toEqual([3, "no"]);
});

test.each([
  [["probe"], "must name an upstream, for example quay.io, or a Shoot with --shoot or -f"],
  [["probe", "Quay.io"], /^"Quay.io" is no upstream: /],
  [["probe", "https://quay.io/x"], '"https://quay.io/x" is no URL of a registry: must not contain a path'],
  [["probe", "quay.io", "-f", "x"], "with -f the cache is named by --cache quay.io"],
  [["probe", "quay.io", "--cache", "quay.io"], "--cache needs a Shoot, by -f or --shoot"],
  [["probe", "quay.io", "--username", "x"], "--username and --password-stdin go together"],
  [["probe", "quay.io", "--password-stdin"], "--username and --password-stdin go together"],
  [
    ["probe", "quay.io", "--docker-login", "--username", "x"],
    "--username, --secret, --docker-config and --docker-login do not go together",
  ],
  [["probe", "quay.io", ...given], "--password-stdin: standard input is empty"],
  [["probe", "-f", "x", ...given], "--username needs --cache, since it is the credential of one cache"],
  [["probe", "-f", "-", "--cache", "x", ...given], "-f - and --password-stdin cannot both read standard input"],
  [["probe", "quay.io", "--timeout", "soon"], '--timeout takes a duration up to 10m such as 30s, not "soon"'],
  [["probe", "quay.io", "--proxy", "x"], /^--proxy: "x" the scheme must be http or https/],
  [
    ["probe", "quay.io", "--repository", "quay.io/a:b:c"],
    '"quay.io/a:b:c" is no image, write it as team/app or team/app:v1, without the registry',
  ],
  [["probe", "quay.io", "--ca-file", "gone"], "--ca-file: gone: no such file or directory"],
  [["probe", "quay.io", "--docker-config", "gone"], "gone: no such file or directory"],
  [["probe", "-f", "gone"], "gone: no such file or directory"],
] as const)("%j is refused", (args, message) => {
  const { code, stdout, stderr } = run(args, { cwd: scratch() });
  const expected = typeof message === "string" ? message : expect.stringMatching(message);
  expect([code, stdout, stderr.replace(/^error: |\n$/g, "")]).toEqual([2, "", expected]);
});

test.each([
  ["secret.yaml", "there is no cache in these files"],
  [
    "shoot.yaml",
    `the credential for "quay.io" is not known: Secret "quay-v1" is not in these files; give one with --username and --password-stdin`,
  ],
])("files that do not tell all are refused: %s", (file, message) => {
  const { code, stderr } = run(["probe", "-f", file], { cwd: files(["quay.io"]) });
  expect([code, stderr]).toEqual([2, `error: ${message}\n`]);
});
