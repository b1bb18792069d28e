import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { renderNodeReader } from "@registry-cache/runtime";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run, scratch } from "../cli/plugin.ts";
import { plantedSecret, shootWithCaches } from "../cli/runtime-manifests.ts";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { runtimeKinds } from "./crds.ts";
import { findControlPlane } from "./programs.ts";

const kubectl = findKubectl();
const controlPlane = findControlPlane();
const subject = "what is rendered against a real cluster";

describe.skipIf(lacks(kubectl, subject) || lacks(controlPlane, subject))("a real kube-apiserver", () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(controlPlane.kubeApiserver, join(makeScratch(), "cluster"));
    await apply({ kind: "List", apiVersion: "v1", items: runtimeKinds });
    await ask("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s");
    await ask("create", "namespace", "shoot--dev--one");
  }, 90_000);
  afterAll(() => cluster?.stop());

  async function ask(...args: readonly string[]): Promise<string> {
    const flags = ["--server", cluster.server, "--insecure-skip-tls-verify", "--token", cluster.adminToken];
    return (await promisify(execFile)(kubectl.path, [...flags, ...args])).stdout;
  }

  async function apply(object: unknown, ...flags: readonly string[]): Promise<readonly string[]> {
    const file = join(makeScratch({ "objects.json": JSON.stringify(object) }), "objects.json");
    const args = ["apply", "--server-side", ...flags, "-f", file];
    return (await ask(...args)).trimEnd().split("\n");
  }

  function render(...flags: readonly string[]): { readonly items: readonly { readonly metadata: object }[] } {
    const docker = "highAvailability: { enabled: true }";
    const files = { "shoot.yaml": shootWithCaches({ vpa: true, docker }), "secret.yaml": plantedSecret() };
    const args = ["render", "-f", ".", "-o", "json", "--with-credentials", ...flags];
    return JSON.parse(run(args, { cwd: scratch(files) }).stdout);
  }

  test("takes all objects of the extension, with every field known to it", async () => {
    const objects = render("--seed-namespace", "shoot--dev--one");
    const said = await apply(objects, "--dry-run=server", "--validate=strict");
    expect(said.map((it) => it.replaceAll(/-[0-9a-f]{8} /g, "-HASH "))).toEqual(
      [
        "service/registry-quay-io",
        "secret/registry-quay-io-config-HASH",
        "secret/registry-quay-io-tls-HASH",
        "statefulset.apps/registry-quay-io",
        "verticalpodautoscaler.autoscaling.k8s.io/registry-quay-io",
        "service/registry-docker-io",
        "secret/registry-docker-io-config-HASH",
        "secret/registry-docker-io-tls-HASH",
        "statefulset.apps/registry-docker-io",
        "poddisruptionbudget.policy/registry-docker-io",
        "verticalpodautoscaler.autoscaling.k8s.io/registry-docker-io",
        "networkpolicy.networking.k8s.io/gardener.cloud--allow-registry-cache",
        "configmap/registry-cache-dashboards",
        "prometheusrule.monitoring.coreos.com/shoot-registry-cache",
        "scrapeconfig.monitoring.coreos.com/shoot-registry-cache",
      ].map((it) => `${it} serverside-applied (server dry run)`),
    );
  });

  test("takes all objects of the cluster profile, and pod security has nothing to warn about", async () => {
    // A dry run creates no namespace for the others.
    for (const name of ["registry-cache", "registry-cache-nodes"]) await ask("create", "namespace", name);
    const objects = render("--profile", "cluster", "--service-monitor");
    const said = await apply(
      objects,
      "--dry-run=server",
      "--validate=strict",
      "--warnings-as-errors",
      "--force-conflicts",
    );
    expect(said.map((it) => it.replaceAll(/-[0-9a-f]{8} /g, "-HASH "))).toEqual(
      [
        "namespace/registry-cache",
        "namespace/registry-cache-nodes",
        "networkpolicy.networking.k8s.io/registry-caches",
        "service/registry-quay-io",
        "configmap/registry-quay-io-config-HASH",
        "secret/registry-quay-io-credentials",
        "secret/registry-quay-io-tls-HASH",
        "statefulset.apps/registry-quay-io",
        "service/registry-docker-io",
        "configmap/registry-docker-io-config-HASH",
        "secret/registry-docker-io-tls-HASH",
        "statefulset.apps/registry-docker-io",
        "poddisruptionbudget.policy/registry-docker-io",
        "servicemonitor.monitoring.coreos.com/registry-caches",
        "configmap/registry-cache-nodes-HASH",
        "daemonset.apps/registry-cache-nodes",
      ].map((it) => `${it} serverside-applied (server dry run)`),
    );
  });

  test("takes the pod that reads a node, of which pod security has only its folder to complain", async () => {
    await ask("create", "namespace", "watched");
    await ask("label", "namespace", "watched", "pod-security.kubernetes.io/warn=restricted");
    const makes = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: "watched" } };
    await apply(makes);
    const pod = renderNodeReader({ name: "reader", namespace: "watched", node: "node-a", image: "busybox" });
    const file = join(makeScratch({ "pod.json": JSON.stringify(pod) }), "pod.json");
    const flags = ["--server", cluster.server, "--insecure-skip-tls-verify", "--token", cluster.adminToken];
    const args = [...flags, "create", "--dry-run=server", "--validate=strict", "-f", file];
    const { stdout, stderr } = await promisify(execFile)(kubectl.path, args);
    expect([stdout, stderr]).toEqual([
      "pod/reader created (server dry run)\n",
      'Warning: would violate PodSecurity "restricted:latest": restricted volume types (volume "certs-d" uses restricted volume type "hostPath")\n',
    ]);
  });

  test.each(["public", "private"])("takes the ready-made manifests for a %s upstream, twice", async (name) => {
    const cwd = scratch();
    run(["render", "--ready-made", name, "-o", "dir=."], { cwd });
    const flags = ["apply", "--server-side", "--force-conflicts", "--warnings-as-errors", "-k"];
    const twice = [await ask(...flags, join(cwd, "overlays", name)), await ask(...flags, join(cwd, "overlays", name))];
    expect(twice[0]).toBe(twice[1]);
    const upstream = name === "public" ? "docker-io" : "registry-example-com";
    const found = await ask("get", "statefulset", "-n", "registry-cache", `registry-${upstream}`, "-o", "name");
    expect(found).toBe(`statefulset.apps/registry-${upstream}\n`);
  });
});
