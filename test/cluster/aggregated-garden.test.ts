import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { refineShootSchema, schemaDifferences } from "@registry-cache/core";
import { connectGarden, type KeptSchema, pullSchema } from "@registry-cache/garden";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { type AggregatedGarden, startAggregatedGarden } from "./aggregated-garden.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { findControlPlane } from "./programs.ts";

const kubectl = findKubectl();
const controlPlane = findControlPlane();
const missing = [kubectl, controlPlane].some((it) => lacks(it, "Gardener's API behind a real kube-apiserver"));

describe.skipIf(missing)("Gardener's API behind a real kube-apiserver", () => {
  const folder = makeScratch();
  let cluster: Cluster;
  let garden: AggregatedGarden;
  beforeAll(async () => {
    cluster = await startCluster(controlPlane.kubeApiserver, join(folder, "cluster"));
    garden = await startAggregatedGarden(cluster);
    writeFileSync(join(folder, "ca.crt"), cluster.certificateAuthority);
    await run("create", "namespace", "garden-a");
  }, 120_000);
  afterAll(async () => {
    await garden?.stop();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(...args: readonly string[]): Promise<string> {
    const flags = ["--server", cluster.server, "--certificate-authority", join(folder, "ca.crt"), "--token", "admin"];
    return (await promisify(execFile)(kubectl.path, [...flags, ...args])).stdout;
  }

  async function apply(object: object): Promise<string> {
    const file = join(folder, "object.json");
    writeFileSync(file, JSON.stringify(object));
    return run("create", "--validate=false", "-f", file);
  }

  const shoot = {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: { name: "crazy-botany", namespace: "garden-a" },
    spec: {
      cloudProfile: { name: "aws" },
      region: "eu-west-1",
      provider: { type: "aws", workers: [{ name: "a", machine: { type: "m5.large" }, minimum: 1, maximum: 1 }] },
      kubernetes: { version: "1.33.4" },
      resources: [{ name: "login", resourceRef: { apiVersion: "v1", kind: "Secret", name: "login-v1" } }],
    },
  };

  test("a Shoot that names a missing Secret is forbidden, in the words of Gardener", async () => {
    await expect(apply(shoot)).rejects.toMatchObject({
      stderr: expect.stringMatching(
        /^Error from server \(Forbidden\):.*shoots\.core\.gardener\.cloud "crazy-botany" is forbidden.*login-v1/,
      ),
    });
  });

  test("the Secret that a Shoot names is protected, by the finalizer on the real object", async () => {
    await run(
      "create",
      "secret",
      "generic",
      "login-v1",
      "-n",
      "garden-a",
      "--from-literal=username=u",
      "--from-literal=password=p",
    );
    expect(await apply(shoot)).toBe("shoot.core.gardener.cloud/crazy-botany created\n");
    await garden.simulator.settle();
    const finalizers = "jsonpath={.metadata.finalizers}";
    await expect
      .poll(() => run("get", "secret", "login-v1", "-n", "garden-a", "-o", finalizers))
      .toBe('["gardener.cloud/reference-protection"]');
  });

  test("the real kubectl lists, explains the generation and watches", async () => {
    expect(await run("get", "shoots", "-A", "-o", "name")).toBe("shoot.core.gardener.cloud/crazy-botany\n");
    const generation = (): Promise<string> =>
      run("get", "shoot", "crazy-botany", "-n", "garden-a", "-o", "jsonpath={.metadata.generation}");
    expect(await generation()).toBe("1");
    await run(
      "patch",
      "shoot",
      "crazy-botany",
      "-n",
      "garden-a",
      "--type=merge",
      "-p",
      '{"spec":{"purpose":"testing"}}',
    );
    expect(await generation()).toBe("2");
  });

  test("the schema of the garden comes through the real server: kubectl explains it, and it refines ours", async () => {
    const explain = (): Promise<string> => run("explain", "shoots.spec.provider.workers.bootMode");
    // The aggregator asks for descriptions now and then.
    await expect
      .poll(() => explain().catch(String), { timeout: 60_000, interval: 500 })
      .toContain("How machines start.");
    const flags = { server: cluster.server, certificateAuthority: join(folder, "ca.crt"), token: "admin" };
    const client = connectGarden({ flags, env: { KUBECONFIG: join(folder, "none") } });
    try {
      const kept: KeptSchema[] = [];
      const store = { find: () => kept[0], list: () => kept, keep: (it: KeptSchema) => void kept.unshift(it) };
      const pulled = await pullSchema(client, store);
      expect(pulled && schemaDifferences(refineShootSchema(pulled.schema.model))).toEqual({
        newer: ["spec.provider.workers[].bootMode"],
        missing: [],
      });
      expect((await pullSchema(client, store))?.unchanged).toBe(true);
    } finally {
      client.close();
    }
  }, 90_000);

  test("who may not read Secrets may not name them", async () => {
    await run("create", "role", "shoots", "-n", "garden-a", "--verb=*", "--resource=shoots.core.gardener.cloud");
    await run("create", "rolebinding", "jane", "-n", "garden-a", "--role=shoots", "--user=jane");
    const patch =
      '{"spec":{"resources":[{"name":"other","resourceRef":{"apiVersion":"v1","kind":"Secret","name":"login-v1"}}]}}';
    await expect(
      run("--as=jane", "patch", "shoot", "crazy-botany", "-n", "garden-a", "--type=merge", "-p", patch),
    ).rejects.toMatchObject({
      stderr: expect.stringMatching(/^Error from server \(Forbidden\):/),
    });
  });
});
