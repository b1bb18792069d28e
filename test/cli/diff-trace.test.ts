import { execFileSync } from "node:child_process";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run, scratch } from "./plugin.ts";
import { planted, plantedSecret, shootWithCaches, unveiled } from "./runtime-manifests.ts";

const before = shootWithCaches();

test.each([
  { name: "nothing", after: before, code: 0, said: "quay.io: unchanged\ndocker.io: unchanged\n" },
  {
    name: "another Secret and TLS",
    after: shootWithCaches({ secretName: "quay-v2", docker: "http: { tls: true }" }),
    code: 1,
    said: `quay.io: changed
  because the login comes from Secret "quay-v2", it came from Secret "quay-v1"
  => restarts
docker.io: changed
  because http.tls is true, it was false
  => restarts
  => every node gets a new hosts.toml
`,
  },
  {
    name: "another upstream",
    after: before.replace("upstream: docker.io", "upstream: ghcr.io"),
    code: 1,
    said: `quay.io: unchanged
ghcr.io: added
  because the cache is new
  => gets a new volume
  => every node begins to use it
docker.io: removed
  because the cache is gone, and its volume with it
  => loses its volume and all images in it
  => every node stops using it
`,
  },
  {
    name: "another size",
    after: before.replace("20Gi", "30Gi"),
    code: 1,
    said: `quay.io: changed
  because volume.size is 30Gi, it was 20Gi
  => refused by admission: the size of a volume is immutable; to change it, remove the cache and add it again in a second update
docker.io: unchanged
`,
  },
])("diff tells what $name does to the caches", ({ after, code, said }) => {
  const cwd = scratch({ "old.yaml": before, "new.yaml": after });
  const result = run(["diff", "-f", "new.yaml", "--against", "old.yaml"], { cwd });
  expect(result).toEqual({ code, stdout: said, stderr: "" });
});

test("diff says in which version the Shoot is missing", () => {
  const cwd = scratch({ "new.yaml": before, "old.yaml": shootWithCaches({ name: "two" }) });
  expect(run(["diff", "-f", "new.yaml", "--against", "old.yaml"], { cwd })).toEqual({
    code: 2,
    stdout: "",
    stderr: 'error: old.yaml: there is no Shoot "one"\n',
  });
});

test("diff compares with a revision of Git, and gives JSON", () => {
  const cwd = scratch({ "shoot.yaml": before });
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd, stdio: "pipe" });
  };
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "before");
  writeFileSync(join(cwd, "shoot.yaml"), shootWithCaches({ docker: "garbageCollection: { ttl: 24h }" }));
  const { code, stdout } = run(["diff", "-f", "shoot.yaml", "--against", "git:HEAD", "-o", "json"], { cwd });
  const kept = { restarts: false, volume: "kept", nodes: "kept", reasons: [], refused: [] };
  expect([code, JSON.parse(stdout)]).toEqual([
    1,
    {
      shoot: "one",
      caches: [
        { upstream: "quay.io", kind: "unchanged", ...kept },
        {
          upstream: "docker.io",
          kind: "changed",
          restarts: true,
          volume: "kept",
          nodes: "rewritten",
          reasons: ["garbageCollection.ttl is 24h0m0s, it was 168h0m0s", "http.tls is true, it was false"],
          refused: [],
        },
      ],
    },
  ]);
});

test("diff compares logins where it knows both, and shows neither", () => {
  const results = ["planted-word", "planted-other"].map((password) => {
    const cwd = scratch({
      "old/shoot.yaml": before,
      "old/secret.yaml": plantedSecret(),
      "new/shoot.yaml": shootWithCaches({ secretName: "quay-v2" }),
      "new/secret.yaml": plantedSecret("quay-v2", { ...planted, password }),
    });
    const { code, stdout, stderr } = run(["diff", "-f", "new", "--against", "old"], { cwd });
    return [code, stdout.split("\n")[0], /planted/.test(unveiled(stdout + stderr))];
  });
  expect(results).toEqual([
    [0, "quay.io: unchanged", false],
    [1, "quay.io: changed", false],
  ]);
});

test.each([
  [
    ["diff", "-f", "shoot.yaml"],
    "must specify either --against with the Shoot before the change, for example git:HEAD, or --live",
  ],
  [["diff", "-f", "shoot.yaml", "--against", "nowhere.yaml"], "nowhere.yaml: no such file or directory"],
  [["trace", "-f", "shoot.yaml"], "must name the image, for example nginx:1.27"],
  [
    ["trace", "https://quay.io/a", "-f", "shoot.yaml"],
    '"https://quay.io/a" is no image name: it begins with a scheme, leave that out',
  ],
  [["trace", "Quay/App", "-f", "shoot.yaml"], '"Quay/App" is no image name: the repository must be in lower case'],
])("%j is refused in one line", (args, message) => {
  const result = run(args, { cwd: scratch({ "shoot.yaml": before }) });
  expect(result).toEqual({ code: 2, stdout: "", stderr: `error: ${message}\n` });
});

test("trace tells whom a node asks for a tag, and with what login", () => {
  const cwd = scratch({ "shoot.yaml": before, "secret.yaml": plantedSecret() });
  const endpoint = ["--endpoint", "quay.io=https://10.4.0.10:5000"];
  const { code, stdout, stderr } = run(["trace", "quay.io/team/app:v1", "-f", ".", ...endpoint], { cwd });
  expect([code, stderr, stdout]).toEqual([
    0,
    "",
    `quay.io/team/app:v1
/etc/containerd/certs.d/quay.io/hosts.toml

What is the tag? The first that knows it is believed:
  1. cache: HEAD https://10.4.0.10:5000/v2/team/app/manifests/v1?ns=quay.io
     login: the cache logs in with Secret "quay-v1"
  2. upstream: HEAD https://quay.io/v2/team/app/manifests/v1
     login: the pull secret of the pod, or none

Fetch the manifest, and in the same order each layer:
  1. cache: GET https://10.4.0.10:5000/v2/team/app/manifests/DIGEST?ns=quay.io
     login: the cache logs in with Secret "quay-v1"
  2. upstream: GET https://quay.io/v2/team/app/manifests/DIGEST
     login: the pull secret of the pod, or none

note: a cache whose login is refused answers 404 for a tag that it does not hold; the node then asks the upstream, so a cache that cannot log in goes unnoticed as long as pods have a pull secret
`,
  ]);
});

test("trace gives the same as JSON, also for an image without a cache", () => {
  const { stdout } = run(["trace", `ghcr.io/a/b@sha256:${"0".repeat(64)}`, "-f", "-", "-o", "json"], { input: before });
  const url = `https://ghcr.io/v2/a/b/manifests/sha256:${"0".repeat(64)}`;
  const login = "the pull secret of the pod, or none";
  expect(JSON.parse(stdout)).toEqual({
    image: {
      host: "ghcr.io",
      repository: "a/b",
      digest: `sha256:${"0".repeat(64)}`,
      full: `ghcr.io/a/b@sha256:${"0".repeat(64)}`,
    },
    resolve: [{ to: "upstream", method: "HEAD", url, login }],
    fetch: [{ to: "upstream", method: "GET", url, login }],
    notes: ["no cache and no mirror is configured for ghcr.io"],
  });
});

test("what cannot be read is told, since it may hold a login: nothing is said to be unchanged then", () => {
  const cwd = scratch({ "old.yaml": before, "new/shoot.yaml": before, "new/secret.yaml": "x: y\n" });
  truncateSync(join(cwd, "new/secret.yaml"), 65 * 2 ** 20);
  const warning = expect.stringMatching(/^warning: new\/secret\.yaml: .*\n$/);
  expect(run(["diff", "-f", "new", "--against", "old.yaml"], { cwd })).toMatchObject({ code: 2, stderr: warning });
  expect(run(["trace", "quay.io/a/b", "-f", "new"], { cwd })).toMatchObject({ code: 0, stderr: warning });
  expect(run(["deploy", "-f", "new", "--dry-run"], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: new\/secret\.yaml: /),
  });
});

test.each(["doctor", "deploy"])("%s says of a file that is not there what every command says", (command) => {
  const cwd = scratch({});
  expect(run([command, "-f", "gone.yaml"], { cwd })).toEqual({
    code: 2,
    stdout: "",
    stderr: "error: gone.yaml: no such file or directory\n",
  });
});
