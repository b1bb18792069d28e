import { spawn } from "node:child_process";
import {
  type ApiServer,
  createGardenerSimulator,
  kubeconfigFor,
  MemoryStore,
  makeScratch,
  realClock,
  startApiServer,
  writeKubeconfig,
} from "@registry-cache/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { startCachesApi } from "../runtime/caches-api.ts";
import { cleanEnvironment, plugin, type Run } from "./plugin.ts";
import { runAsync } from "./run-async.ts";
import { planted, plantedSecret, shootWithCaches, unveiled } from "./runtime-manifests.ts";

const metrics = `registry_proxy_requests_total{type="blob"} 7
registry_proxy_requests_total{type="manifest"} 3
registry_proxy_hits_total{type="blob"} 8
registry_proxy_misses_total{type="blob"} 2
registry_proxy_pulled_bytes_total{type="blob"} 1048576
registry_proxy_pushed_bytes_total{type="blob"} 4194304
`;

let garden: ApiServer;
let shoot: ApiServer;
let flags: readonly string[];
/** What the garden was asked to lend. */
let lent: string[];

beforeEach(async () => {
  shoot = await startCachesApi({
    app: "registry-quay-io",
    upstream: "quay.io",
    scheme: "https",
    configName: "registry-quay-io-config-00000000",
    log: "",
  });
  shoot.faults.add({ path: /:5001\/proxy\/metrics/, times: 9, effect: { answer: 200, body: metrics } });
  const [store, clock] = [new MemoryStore(), realClock];
  lent = [];
  const { resources, stop } = createGardenerSimulator(
    { store, clock, authorize: async () => true },
    {
      shootKubeconfig: (_, kind) => {
        lent.push(kind);
        return kubeconfigFor(shoot);
      },
    },
  );
  stop();
  garden = await startApiServer({ namespaces: ["garden-dev"], store, clock, resources });
  const object = parse(shootWithCaches());
  store.put("shoots.core.gardener.cloud", {
    ...object,
    status: { advertisedAddresses: [{ name: "external", url: shoot.url }] },
  });
  store.put("secrets", parse(plantedSecret()));
  flags = ["--kubeconfig", writeKubeconfig(makeScratch(), garden), "-n", "garden-dev"];
});

afterEach(async () => {
  await Promise.all([garden.close(), shoot.close()]);
});

function leaks({ stdout, stderr }: Run): readonly string[] {
  const seen = unveiled(stdout + stderr);
  return Object.values(planted).filter((it) => seen.includes(it));
}

test("doctor asks the garden for a viewer's access, and finds what is missing from outside", async () => {
  const result = await runAsync(["doctor", "one", ...flags, "-o", "json"]);
  const { upstreams, findings, unseen } = JSON.parse(result.stdout);
  const found = findings.map(({ code, subject }: { code: string; subject: string }) => `${code} ${subject}`);
  expect({ code: result.code, lent, upstreams, found, unseen, leaks: leaks(result) }).toEqual({
    code: 1,
    lent: ["viewer"],
    upstreams: ["quay.io", "docker.io"],
    found: ["RC506 docker.io", "RC511 docker.io", "RC512 quay.io"],
    unseen: [
      "logins, volumes and certificates from inside: --admin asks the caches themselves and compares what they run with",
    ],
    leaks: [],
  });
  expect(shoot.requests.filter((it) => /secrets|proxy/.test(it.url)).map((it) => it.url)).toEqual([]);
});

test("doctor prints evidence and next step, and what nodes should have when it is asked for", async () => {
  const { code, stdout, stderr } = await runAsync(["doctor", "one", ...flags, "--hosts-toml"]);
  expect([code, stderr]).toEqual([
    1,
    "note: not looked at: logins, volumes and certificates from inside: --admin asks the caches themselves and compares what they run with\n",
  ]);
  expect(stdout.split("\n\n")[1]).toBe(`docker.io: error RC511 service-missing
  A cache of the Shoot has no Service
  seen: there is no Service registry-docker-io
  next: Wait for the reconciliation of the Shoot, or see in its status why it fails`);
});

test("doctor looks at a cluster of which nobody knows the Shoot", async () => {
  const kubeconfig = writeKubeconfig(makeScratch(), shoot);
  const { code, stdout } = await runAsync(["doctor", "--kubeconfig", kubeconfig]);
  expect([code, stdout, lent]).toEqual([0, "nothing is wrong with 1 cache\n", []]);
});

test("top asks for an administrator's access, and prints what a cache is worth", async () => {
  const text = await runAsync(["top", "one", ...flags]);
  expect([text.code, lent, text.stderr, text.stdout.split("\n").map((it) => it.trimEnd())]).toEqual([
    0,
    ["admin"],
    "",
    [
      "UPSTREAM   REQUESTS   HITS   MISSES   HIT RATIO   SAVED",
      "quay.io    10         8      2        80 %        3.0 MiB",
      "",
    ],
  ]);
  const json = await runAsync(["top", "one", ...flags, "-o", "json"]);
  expect(JSON.parse(json.stdout)).toEqual({
    caches: [
      {
        upstream: "quay.io",
        replicas: 1,
        requests: 10,
        hits: 8,
        misses: 2,
        pulled: 1_048_576,
        pushed: 4_194_304,
        hitRatio: 0.8,
        saved: 3_145_728,
      },
    ],
    unseen: [],
  });
});

test("top -w measures again until it is stopped", async () => {
  const kubeconfig = writeKubeconfig(makeScratch(), shoot);
  const child = spawn(process.execPath, [plugin, "top", "--kubeconfig", kubeconfig, "-w", "-o", "json"], {
    env: cleanEnvironment(),
  });
  let printed = "";
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.split("\n").length > 2) resolve();
    });
    child.once("exit", () => resolve());
  });
  child.kill();
  const rounds = printed
    .trimEnd()
    .split("\n")
    .map((it) => JSON.parse(it).caches[0]?.requests);
  expect(rounds).toEqual([10, 10]);
});

test("render --live takes Shoot and Secret from the garden, and shows the login only when asked to", async () => {
  const args = ["render", "--live", "--shoot", "one", ...flags, "--reproducible"];
  const [hidden, open] = [await runAsync(args), await runAsync([...args, "--with-credentials"])];
  const files = makeScratch({ "shoot.yaml": shootWithCaches(), "secret.yaml": plantedSecret() });
  const offline = await runAsync(["render", "-f", files, "--reproducible"]);
  expect([hidden.code, leaks(hidden), hidden.stdout]).toEqual([0, [], offline.stdout]);
  expect([open.code, leaks(open)]).toEqual([0, Object.values(planted)]);
});

test("diff --live tells what a file would change in the garden", async () => {
  const changed = makeScratch({ "shoot.yaml": shootWithCaches({ docker: "http: { tls: true }" }) });
  const same = makeScratch({ "shoot.yaml": shootWithCaches() });
  const args = (folder: string): readonly string[] => ["diff", "-f", folder, "--live", ...flags];
  const results = [await runAsync(args(changed)), await runAsync(args(same))];
  expect(results.map(({ code, stdout }) => [code, stdout.split("\n").slice(0, 3)])).toEqual([
    [1, ["quay.io: unchanged", "docker.io: changed", "  because http.tls is true, it was false"]],
    [0, ["quay.io: unchanged", "docker.io: unchanged", ""]],
  ]);
});

test.each([
  {
    name: "a Shoot that is not there",
    args: ["doctor", "two"],
    message: /^Error from server \(NotFound\): .*"two" not found\n$/,
  },
  {
    name: "--live without a name",
    args: ["render", "--live"],
    message: /^error: --live needs the Shoot's name, say it by --shoot\n$/,
  },
  {
    name: "a Shoot and a file",
    args: ["doctor", "one", "-f", "x"],
    message: /^error: SHOOT and -f do not go together/,
  },
])("$name is told in one line", async ({ args, message }) => {
  const { code, stdout, stderr } = await runAsync([...args, ...flags]);
  expect([code, stdout, stderr]).toEqual([args.includes("two") ? 3 : 2, "", expect.stringMatching(message)]);
});
