import { spawn } from "node:child_process";
import { examineCaches, type NodesPlan, type NodesRequest } from "@registry-cache/operations";
import { ApiFailure, type ApiServer, makeScratch, writeKubeconfig } from "@registry-cache/testkit";
import { afterEach, expect, test } from "vitest";
import { type PodLaw, startCachesApi } from "../runtime/caches-api.ts";
import { cleanEnvironment, plugin, type Run } from "./plugin.ts";
import { runAsync } from "./run-async.ts";

let cluster: ApiServer;
let kubeconfig: string;
afterEach(() => cluster.close());

const right = 'server = "https://quay.io"\n[host."http://10.0.0.7:5000"]\n  capabilities = ["pull","resolve"]\n';
const logOf = (files: { readonly [upstream: string]: string }): string => {
  const lines = Object.entries(files).map(([name, text]) => `file ${name} ${Buffer.from(text).toString("base64")}\n`);
  return `${lines.join("")}end\n`;
};

/** Pods get a status at once, as a kubelet of few words gives it. */
function podsWith(status: object, log: string): PodLaw {
  return {
    prepareCreate: (object) => ({ ...object, status }),
    texts: { log: async () => ({ status: 200, text: log }) },
  };
}

async function start(law: PodLaw, nodes: readonly string[] = ["node-a"]): Promise<void> {
  const app = "registry-quay-io";
  cluster = await startCachesApi({ app, upstream: "quay.io", configName: `${app}-config-00000000`, log: "" }, law);
  kubeconfig = writeKubeconfig(makeScratch(), cluster);
  for (const name of nodes)
    cluster.store.put("nodes", {
      apiVersion: "v1",
      kind: "Node",
      metadata: { name },
      status: { conditions: [{ type: "Ready", status: name === "node-late" ? "False" : "True" }] },
    });
}

const doctor = (...flags: readonly string[]): Promise<Run> =>
  runAsync(["doctor", "--kubeconfig", kubeconfig, "--admin", "--hosts-toml", ...flags]);

/** What was done with pods of ours, and the ones that are left. */
async function pods(): Promise<{
  readonly made: number;
  readonly deleted: number;
  readonly left: readonly string[];
}> {
  const ours = cluster.requests.filter((it) => /\/pods(\/registry-cache-doctor|\?)/.test(it.url));
  const left = (await cluster.store.list("pods")).items.map((it) => it.metadata.name);
  const count = (method: string): number => ours.filter((it) => it.method === method).length;
  return {
    made: count("POST"),
    deleted: count("DELETE"),
    left: left.filter((it) => it.startsWith("registry-cache-doctor")),
  };
}

/** The notes on nodes; other notes are of other tests. */
function notes({ stderr }: Run): readonly string[] {
  return stderr.split("\n").filter((it) => it.includes("hosts.toml") || it.includes("registry-cache-doctor"));
}

const succeeded = { phase: "Succeeded" };

test("a node that has what it should is read by a pod that is gone afterwards", async () => {
  await start(podsWith(succeeded, logOf({ "quay.io": right, _default: "" })));
  const result = await doctor("--yes", "-o", "json");
  const { findings, nodes } = JSON.parse(result.stdout);
  expect([result.code, findings, nodes, notes(result)]).toEqual([
    0,
    [],
    ["node-a"],
    ["reading hosts.toml on node node-a"],
  ]);
  expect(await pods()).toEqual({ made: 1, deleted: 1, left: [] });
});

test("all nodes are read where that is wanted, and what is wrong is told of each", async () => {
  await start(podsWith(succeeded, logOf({ "quay.io": right.replace("10.0.0.7", "10.0.0.9") })), [
    "node-a",
    "node-b",
    "node-late",
  ]);
  const { code, stdout, stderr } = await doctor("--yes", "--nodes", "all");
  expect([code, stdout.split("\n").filter((it) => /RC5|seen/.test(it))]).toEqual([
    1,
    [
      "quay.io: error RC518 hosts-toml-address",
      "  seen: quay.io/hosts.toml of node node-a has http://10.0.0.9:5000, the cache is at http://10.0.0.7:5000",
      "  seen: quay.io/hosts.toml of node node-b has http://10.0.0.9:5000, the cache is at http://10.0.0.7:5000",
    ],
  ]);
  expect(stderr).toContain("note: not looked at: hosts.toml of 1 node that is not ready\n");
  expect(await pods()).toEqual({ made: 2, deleted: 2, left: [] });
});

const refused: PodLaw = {
  admit: async (object) => {
    const message = `pods "${object.metadata.name}" is forbidden: violates PodSecurity "baseline:latest": hostPath volumes (volume "certs-d")`;
    throw new ApiFailure({ code: 403, reason: "Forbidden", message });
  },
};
const waiting = (reason: string, message?: string): object => ({
  phase: "Pending",
  containerStatuses: [{ state: { waiting: { reason, message } } }],
});

test.each<{ name: string; law: PodLaw; note: RegExp; flags?: readonly string[]; nodes?: readonly string[] }>([
  { name: "admission forbids the pod", law: refused, note: /node node-a: .*violates PodSecurity "baseline:latest"/ },
  {
    name: "the image cannot be pulled",
    law: podsWith(waiting("ErrImagePull", "manifest unknown"), ""),
    note: /node node-a: its pod does not start: ErrImagePull: manifest unknown$/,
  },
  {
    name: "the image has no shell",
    law: podsWith(
      {
        phase: "Failed",
        containerStatuses: [
          { state: { terminated: { exitCode: 128, reason: "StartError", message: "sh: not found" } } },
        ],
      },
      "",
    ),
    note: /node node-a: its pod failed: StartError: sh: not found$/,
  },
  {
    name: "the node has no room",
    law: podsWith({ phase: "Failed", reason: "OutOfpods", message: "Node didn't have enough resource: pods" }, ""),
    note: /node node-a: its pod failed: OutOfpods: Node didn't have enough resource: pods$/,
  },
  {
    name: "the folder cannot be read",
    law: podsWith({ phase: "Failed" }, "ls: can't open '.': Permission denied\n"),
    note: /node node-a: its pod failed: ls: can't open '.': Permission denied$/,
  },
  {
    name: "the log breaks off",
    law: podsWith(succeeded, logOf({ "quay.io": "planted" }).replace("end\n", "")),
    note: /node node-a: the log of its pod breaks off$/,
  },
  {
    name: "there is no such node",
    law: podsWith(succeeded, ""),
    flags: ["--nodes", "gone"],
    note: /hosts.toml of node gone: .*nodes "gone" not found$/,
  },
  { name: "no node is ready", law: podsWith(succeeded, ""), nodes: ["node-late"], note: /nodes: no node is ready$/ },
])("where $name, a note says so and no pod is left", async ({ law, note, flags = [], nodes }) => {
  await start(law, nodes);
  const result = await doctor("--yes", ...flags);
  expect(notes(result).at(-1)).toMatch(note);
  expect([result.code, (await pods()).left]).toEqual([0, []]);
});

/** Looks at nodes without a command line, which has no flag for what only tests want. */
function examine(nodes: Partial<NodesRequest>, namespace = "kube-system"): ReturnType<typeof examineCaches> {
  return examineCaches({
    flags: { kubeconfig },
    shoot: undefined,
    open: undefined,
    admin: true,
    namespace,
    repositories: new Map(),
    now: 0,
    nodes: {
      nodes: undefined,
      image: undefined,
      confirm: async () => undefined,
      progress: () => undefined,
      pause: async () => undefined,
      timeout: 0,
      ...nodes,
    },
  });
}

test("a person is asked about node, namespace and image, and a no is heard", async () => {
  await start(podsWith(succeeded, ""), ["node-b", "node-a"]);
  const plans: NodesPlan[] = [];
  const confirm = async (plan: NodesPlan): Promise<undefined> => void plans.push(plan);
  await examine({ confirm });
  await examine({ confirm, nodes: "node-b", image: "mine" }, "registry-cache");
  await examine({ confirm, nodes: "all" }, "registry-cache");
  expect(plans).toEqual([
    {
      nodes: ["node-a"],
      namespace: "kube-system",
      image: "europe-docker.pkg.dev/gardener-project/releases/3rd/registry:3.1.1",
    },
    { nodes: ["node-b"], namespace: "registry-cache-nodes", image: "mine" },
    {
      nodes: ["node-a", "node-b"],
      namespace: "registry-cache-nodes",
      image: "docker.io/library/busybox:1.37.0",
    },
  ]);
  expect((await pods()).made).toBe(0);
});

test("a pod that stays pending is waited for as long as was said, and deleted", async () => {
  await start(podsWith(waiting("ContainerCreating"), ""));
  cluster.store.put("events", {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: "e", namespace: "kube-system" },
    message: "MountVolume.SetUp failed: hostPath type check failed: /etc/containerd/certs.d is not a directory",
  });
  const report = await examine({
    confirm: async () => new AbortController().signal,
    pause: () => new Promise((resolve) => setTimeout(resolve, 10)),
    timeout: 100,
  });
  const unseen = report.ok ? report.value.unseen.filter((it) => it.startsWith("hosts.toml")) : [report.error];
  expect(unseen[0]).toMatch(/^hosts.toml of node node-a: its pod did not end in 0.1 s/);
  expect(await pods()).toEqual({ made: 1, deleted: 1, left: [] });
});

test("Ctrl-C deletes the pod", async () => {
  await start(podsWith({ phase: "Pending" }, ""));
  const args = ["doctor", "--kubeconfig", kubeconfig, "--admin", "--hosts-toml", "--yes"];
  const child = spawn(process.execPath, [plugin, ...args], { env: cleanEnvironment() });
  let stderr = "";
  child.stderr.on("data", (it) => (stderr += it));
  const ended = new Promise((resolve) => child.on("close", resolve));
  while ((await pods()).left.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGINT");
  expect([await ended, stderr.split("\n").slice(-2)[0], (await pods()).left]).toEqual([
    3,
    "error: stopped before the nodes were read",
    [],
  ]);
});

test.each([
  [
    ["--admin", "--hosts-toml"],
    "nothing was looked at, there is no terminal to ask on: --admin --hosts-toml starts a pod on a node, add --yes to do it",
  ],
  [["--nodes", "all"], "--nodes needs --admin and --hosts-toml: a pod reads the files of a node"],
  [["--hosts-toml", "--image", "busybox"], "--image needs --admin and --hosts-toml: a pod reads the files of a node"],
])("doctor %j is refused, and nothing is asked", async (flags, message) => {
  await start({});
  const { code, stdout, stderr } = await runAsync(["doctor", "--kubeconfig", kubeconfig, ...flags]);
  expect([code, stdout, stderr, cluster.requests]).toEqual([2, "", `error: ${message}\n`, []]);
});
