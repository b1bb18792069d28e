import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Run } from "../cli/plugin.ts";
import { runAsync } from "../cli/run-async.ts";
import { plantedSecret, shootWithCaches, unveiled } from "../cli/runtime-manifests.ts";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { findControlPlane } from "./programs.ts";

const kubectl = findKubectl();
const controlPlane = findControlPlane();
const subject = "deploy against a real cluster";
const namespace = "registry-cache";

describe.skipIf(lacks(kubectl, subject) || lacks(controlPlane, subject))("deploy to a real kube-apiserver", () => {
  let cluster: Cluster;
  let kubeconfig: string;
  beforeAll(async () => {
    cluster = await startCluster(controlPlane.kubeApiserver, join(makeScratch(), "cluster"));
    kubeconfig = join(makeScratch(), "kubeconfig");
    const { server, certificateAuthority, adminToken: token } = cluster;
    const authority = Buffer.from(certificateAuthority).toString("base64");
    const one = {
      clusters: [{ name: "a", cluster: { server, "certificate-authority-data": authority } }],
      users: [{ name: "a", user: { token } }],
      contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
    };
    writeFileSync(kubeconfig, JSON.stringify({ apiVersion: "v1", kind: "Config", "current-context": "a", ...one }));
  }, 90_000);
  afterAll(() => cluster?.stop());

  async function ask(...args: readonly string[]): Promise<string> {
    return (await promisify(execFile)(kubectl.path, ["--kubeconfig", kubeconfig, ...args])).stdout;
  }

  const files = (shoot = shootWithCaches()): string =>
    makeScratch({ "shoot.yaml": shoot, "secret.yaml": plantedSecret() });

  function deploy(folder: string, ...flags: readonly string[]): Promise<Run> {
    const timeout = flags.includes("--timeout") ? [] : ["--timeout", "20"];
    const config = flags.includes("--kubeconfig") ? [] : ["--kubeconfig", kubeconfig];
    return runAsync(["deploy", "-f", folder, ...config, ...timeout, ...flags]);
  }

  /** Plays the controllers, which a bare API server has not: every workload is ready, as long as the test wants. */
  async function whileReady<T>(work: Promise<T>): Promise<T> {
    let ended = false;
    const result = work.finally(() => {
      ended = true;
    });
    while (!ended) {
      await markReady().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return result;
  }

  async function markReady(): Promise<void> {
    const { items } = JSON.parse(await ask("get", "statefulsets,daemonsets", "-A", "-o", "json"));
    for (const { kind, metadata } of items) {
      const status =
        kind === "DaemonSet"
          ? {
              desiredNumberScheduled: 2,
              currentNumberScheduled: 2,
              numberMisscheduled: 0,
              numberReady: 2,
              updatedNumberScheduled: 2,
            }
          : { replicas: 1, readyReplicas: 1, updatedReplicas: 1 };
      const patch = JSON.stringify({ status: { ...status, observedGeneration: metadata.generation } });
      const flags = ["-n", metadata.namespace, "--subresource=status", "--type=merge", "-p", patch];
      await ask("patch", kind.toLowerCase(), metadata.name, ...flags);
    }
  }

  const steps = (stdout: string, word: string): readonly string[] =>
    stdout
      .split("\n")
      .filter((it) => it.startsWith(`${word} `))
      .map((it) =>
        it
          .slice(word.length)
          .trim()
          .replace(/-[0-9a-f]{8}$/, "-HASH"),
      );

  interface Document {
    readonly applied: boolean;
    readonly objects: readonly {
      readonly do: string;
      readonly kind: string;
      readonly name: string;
      readonly done: boolean;
    }[];
    readonly notReady: readonly object[];
    readonly staying: readonly object[];
    readonly error?: string;
  }

  /** A run with `-o json`: its document, with a line for each object. */
  function read({ code, stdout }: Run): object {
    const { applied, objects, notReady, staying, error }: Document = JSON.parse(stdout);
    const lines = objects.map((it) => `${it.do} ${it.kind} ${it.done}`);
    return { code, applied, notReady, staying, lines: [...new Set(lines)], ...(error && { error }) };
  }

  const wanted = [
    "Namespace registry-cache",
    "Namespace registry-cache-nodes",
    "NetworkPolicy registry-cache/registry-caches",
    "Service registry-cache/registry-quay-io",
    "ConfigMap registry-cache/registry-quay-io-config-HASH",
    "Secret registry-cache/registry-quay-io-credentials",
    "Secret registry-cache/registry-quay-io-tls-HASH",
    "StatefulSet registry-cache/registry-quay-io",
    "Service registry-cache/registry-docker-io",
    "ConfigMap registry-cache/registry-docker-io-config-HASH",
    "StatefulSet registry-cache/registry-docker-io",
    "ConfigMap registry-cache-nodes/registry-cache-nodes-HASH",
    "DaemonSet registry-cache-nodes/registry-cache-nodes",
  ];

  test("shows what it would do, and does nothing without being told to", async () => {
    const dry = await deploy(files(), "--dry-run");
    const unasked = await deploy(files());
    expect([dry.code, steps(dry.stdout, "create"), dry.stdout.endsWith("\nNothing was done.\n")]).toEqual([
      0,
      wanted,
      true,
    ]);
    expect([unasked.code, unasked.stderr]).toEqual([
      2,
      "error: nothing was done, there is no terminal to ask on: add --yes to do it, or --dry-run to only look\n",
    ]);
    expect((await ask("get", "ns", "-o", "name")).includes("registry-cache")).toBe(false);
    const json = await deploy(files(), "--dry-run", "-o", "json");
    const objects: Document["objects"] = JSON.parse(json.stdout).objects;
    expect([json.code, json.stderr, JSON.parse(json.stdout).applied, objects[0]]).toEqual([
      0,
      "",
      false,
      { do: "create", kind: "Namespace", name: "registry-cache", done: false },
    ]);
    expect(objects.map((it) => it.kind)).toEqual(wanted.map((it) => it.replace(/ .*/, "")));
    const blind = await deploy(files(), "-o", "json");
    expect([blind.code, blind.stdout, steps(blind.stderr, "create")]).toEqual([2, "", wanted]);
  });

  test("-o json tells how far it got where the cluster refuses in the middle", async () => {
    const verbs = ["get", "list", "create", "patch"];
    const most = "namespaces,networkpolicies.networking.k8s.io,services,configmaps,secrets";
    await ask("create", "clusterrole", "most", ...verbs.map((it) => `--verb=${it}`), `--resource=${most}`);
    await ask("create", "clusterrole", "look", "--verb=get,list", "--resource=*.*");
    for (const role of ["most", "look"])
      await ask("create", "clusterrolebinding", role, `--clusterrole=${role}`, "--user=jane");
    const config = JSON.parse(readFileSync(kubeconfig, "utf8"));
    config.users[0].user.as = "jane";
    const as = join(makeScratch({ jane: JSON.stringify(config) }), "jane");
    const place = ["--cluster-namespace", "janes", "--kubeconfig", as];
    const stopped = await deploy(files(), "--yes", "-o", "json", ...place);
    const message =
      'Error from server (Forbidden): statefulsets.apps "registry-quay-io" is forbidden: User "jane" cannot patch resource "statefulsets" in API group "apps" in the namespace "janes"';
    expect([stopped.stderr, read(stopped)]).toEqual([
      `${message}\n`,
      {
        code: 3,
        applied: true,
        notReady: [],
        staying: [],
        lines: [
          "create Namespace true",
          "create NetworkPolicy true",
          "create Service true",
          "create ConfigMap true",
          "create Secret true",
          "create StatefulSet false",
          "create Service false",
          "create ConfigMap false",
          "create DaemonSet false",
        ],
        error: message,
      },
    ]);
    const away = await runAsync([
      "undeploy",
      "--kubeconfig",
      kubeconfig,
      "--cluster-namespace",
      "janes",
      "--yes",
      "-o",
      "json",
    ]);
    expect(read(away)).toEqual({
      code: 0,
      applied: true,
      notReady: [],
      staying: [],
      lines: ["Service", "NetworkPolicy", "Secret", "ConfigMap", "Namespace"].map((it) => `delete ${it} true`),
    });
  });

  test("creates everything, waits, and a second time changes nothing, not even certificates", async () => {
    const folder = files();
    const first = await whileReady(deploy(folder, "--yes"));
    expect([first.code, steps(first.stdout, "created")]).toEqual([0, wanted]);
    expect(first.stdout.endsWith("\nAll is ready.\n")).toBe(true);
    expect(/planted/.test(unveiled(first.stdout + first.stderr))).toBe(false);
    const hosts = ["doctor", "--kubeconfig", kubeconfig, "--cluster-namespace", namespace, "--hosts-toml"];
    expect((await runAsync(hosts)).stdout).toContain('\n  ca = ["/etc/containerd/certs.d/registry-cache-ca.crt"]\n');
    const second = await whileReady(deploy(folder, "--yes"));
    expect([second.code, steps(second.stdout, "keep")]).toEqual([0, wanted]);
    const third = await whileReady(deploy(folder, "--yes", "-o", "json"));
    const { objects }: Document = JSON.parse(third.stdout);
    expect([third.code, [...new Set(objects.map((it) => `${it.do} ${it.done}`))]]).toEqual([0, ["keep true"]]);
    const login = await ask(
      "get",
      "secret",
      "-n",
      namespace,
      "registry-quay-io-credentials",
      "-o",
      "jsonpath={.data.password}",
    );
    expect(Buffer.from(login, "base64").toString()).toBe("planted-word");
    const manager = "jsonpath={.metadata.managedFields[*].manager}";
    expect(await ask("get", "service", "-n", namespace, "registry-quay-io", "-o", manager)).toBe(
      "kubectl-registry-cache",
    );
  });

  test("keeps a login of the cluster that is in no file", async () => {
    const folder = makeScratch({ "shoot.yaml": shootWithCaches() });
    const again = await whileReady(deploy(folder, "--yes"));
    expect([again.code, steps(again.stdout, "delete"), steps(again.stdout, "update")]).toEqual([0, [], []]);
    const other = makeScratch({ "shoot.yaml": shootWithCaches().replaceAll("quay.io", "ghcr.io") });
    expect(await deploy(other, "--yes")).toEqual({
      code: 3,
      stdout: "",
      stderr:
        'error: ghcr.io: Secret "quay-v1" is not in these files, and the cluster has no Secret registry-cache/registry-ghcr-io-credentials yet; name the file of the login by -f or --secret\n',
    });
  });

  test("is late when a cache does not get ready, and deletes nothing of before then", async () => {
    const without = files(shootWithCaches().replace(/ {6}- upstream: docker.io\n.*\n/, ""));
    const late = await deploy(without, "--yes", "--timeout", "1");
    expect([late.code, late.stderr.split("\n").filter((it) => it.startsWith("error"))]).toEqual([
      1,
      [
        `error: DaemonSet registry-cache-nodes/registry-cache-nodes is not ready in time, "kubectl describe daemonset registry-cache-nodes -n registry-cache-nodes --kubeconfig ${kubeconfig}" says why`,
      ],
    ]);
    expect(
      late.stderr.endsWith("\nnote: what is to be deleted stays until all is ready, run deploy again then\n"),
    ).toBe(true);
    const json = await deploy(without, "--yes", "--timeout", "1", "-o", "json");
    expect(json.stderr.split("\n").filter((it) => it.startsWith("error"))).toEqual(
      late.stderr.split("\n").filter((it) => it.startsWith("error")),
    );
    expect(read(json)).toMatchObject({
      code: 1,
      applied: true,
      notReady: [
        { kind: "DaemonSet", namespace: "registry-cache-nodes", name: "registry-cache-nodes", ready: 2, wanted: 2 },
      ],
    });
    expect(await ask("get", "statefulset", "-n", namespace, "registry-docker-io", "-o", "name")).toBe(
      "statefulset.apps/registry-docker-io\n",
    );
  });

  test("deletes what is wanted no more when the rest is ready, and nothing of others", async () => {
    await ask("create", "configmap", "-n", namespace, "mine");
    const without = files(shootWithCaches().replace(/ {6}- upstream: docker.io\n.*\n/, ""));
    const result = await whileReady(deploy(without, "--yes"));
    expect([result.code, steps(result.stdout, "deleted")]).toEqual([
      0,
      [
        "StatefulSet registry-cache/registry-docker-io",
        "Service registry-cache/registry-docker-io",
        "ConfigMap registry-cache/registry-docker-io-config-HASH",
        "ConfigMap registry-cache-nodes/registry-cache-nodes-HASH",
      ],
    ]);
  });

  test("stops before it touches an object of somebody else", async () => {
    await ask("create", "service", "clusterip", "-n", namespace, "registry-docker-io", "--tcp=5000");
    expect(await deploy(files(), "--yes")).toEqual({
      code: 3,
      stdout: "",
      stderr:
        "error: Service registry-cache/registry-docker-io exists and was not deployed by us: take another namespace, or remove it first\n",
    });
  });

  test("undeploy takes away what is ours, and leaves a namespace in which others have something", async () => {
    const args = ["undeploy", "--kubeconfig", kubeconfig];
    const dry = await runAsync([...args, "--dry-run"]);
    const json = await runAsync([...args, "--dry-run", "-o", "json"]);
    const result = await runAsync([...args, "--yes"]);
    const gone = [
      "DaemonSet registry-cache-nodes/registry-cache-nodes",
      "StatefulSet registry-cache/registry-quay-io",
      "Service registry-cache/registry-quay-io",
      "NetworkPolicy registry-cache/registry-caches",
      "Secret registry-cache/registry-quay-io-credentials",
      "Secret registry-cache/registry-quay-io-tls-HASH",
      "ConfigMap registry-cache/registry-quay-io-config-HASH",
      "ConfigMap registry-cache-nodes/registry-cache-nodes-HASH",
      "Namespace registry-cache-nodes",
    ];
    expect([dry.code, steps(dry.stdout, "delete")]).toEqual([0, gone]);
    expect([result.code, steps(result.stdout, "deleted")]).toEqual([0, gone]);
    expect(read(json)).toMatchObject({
      code: 0,
      applied: false,
      staying: [{ name: namespace, holds: ["services/registry-docker-io", "configmaps/mine"] }],
    });
    const stays =
      "note: Namespace registry-cache stays, others have something in it: services/registry-docker-io, configmaps/mine\n";
    expect([dry.stderr, result.stderr]).toEqual([stays, stays]);
    const left = await ask("get", "service,configmap,secret,statefulset", "-n", namespace, "-o", "name");
    expect(left.split("\n").filter((it) => it !== "")).toEqual(["service/registry-docker-io", "configmap/mine"]);
  });

  test("undeploy where nothing is left says so; a namespace that is going already is left alone", async () => {
    expect(await runAsync(["undeploy", "--kubeconfig", kubeconfig, "--yes"])).toEqual({
      code: 0,
      stdout: "There is nothing that deploy made for namespace registry-cache.\n",
      stderr:
        "note: Namespace registry-cache stays, others have something in it: services/registry-docker-io, configmaps/mine\n",
    });
  });
});
