import { rmSync } from "node:fs";
import { join } from "node:path";
import { type GardenClient, resources } from "@registry-cache/garden";
import { runLiveRotation } from "@registry-cache/operations";
import { makeScratch, realClock } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { type AggregatedGarden, startAggregatedGarden } from "./aggregated-garden.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { connectTo } from "./garden-client.ts";
import { findControlPlane } from "./programs.ts";

const controlPlane = findControlPlane();

describe.skipIf(lacks(controlPlane, "a rotation behind a real kube-apiserver"))(
  "a rotation behind a real kube-apiserver",
  () => {
    const folder = makeScratch({});
    let cluster: Cluster;
    let garden: AggregatedGarden;
    beforeAll(async () => {
      cluster = await startCluster(controlPlane.kubeApiserver, join(folder, "cluster"));
      garden = await startAggregatedGarden(cluster, realClock, {
        usualPlan: { milliseconds: 300, outcome: "Succeeded" },
      });
    }, 120_000);
    afterAll(async () => {
      await garden?.simulator.settle();
      await garden?.stop();
      await cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function call(path: string, object: object): Promise<void> {
      const reply = await garden.calls.call("POST", path, object);
      expect(JSON.stringify(reply)).not.toContain('"Failure"');
    }

    async function fill(namespace: string, count: number): Promise<void> {
      await call("/api/v1/namespaces", { metadata: { name: namespace } });
      const data = { username: "cm9ib3Q=", password: "aW52ZW50ZWQtb2xk" };
      await call(`/api/v1/namespaces/${namespace}/secrets`, { metadata: { name: "quay-v1" }, immutable: true, data });
      for (let index = 0; index < count; index += 1)
        await call(
          `/apis/core.gardener.cloud/v1beta1/namespaces/${namespace}/shoots`,
          shoot(`shoot-${index}`, namespace),
        );
    }

    test("a test of null passes where there is nothing, and only there", async () => {
      await call("/api/v1/namespaces", { metadata: { name: "patches" } });
      await call("/api/v1/namespaces/patches/configmaps", { metadata: { name: "m" } });
      const client = clientOf("patches");
      const ref = { resource: resources.configMaps, namespace: "patches", name: "m" };
      const add = (path: string, value: unknown): Promise<unknown> =>
        client.patch(ref, [
          { op: "test", path, value: null },
          { op: "add", path, value },
        ]);
      await add("/metadata/annotations", { "a.b/c": "1" });
      await add("/metadata/annotations/d.e~1f", "2");
      await expect(add("/metadata/annotations", {})).rejects.toMatchObject({ kind: "invalid" });
      await expect(add("/metadata/annotations/d.e~1f", "3")).rejects.toMatchObject({ kind: "invalid" });
      const { annotations } = (await client.get(ref)).metadata;
      client.close();
      expect(annotations).toEqual({ "a.b/c": "1", "d.e/f": "2" });
    });

    const clientOf = (namespace: string): GardenClient => connectTo(cluster, namespace);

    test.each([1, 50])(
      "%d Shoots are rotated, their old Secret goes, and each needs few requests",
      { timeout: 240_000 },
      async (count) => {
        const namespace = `garden-${count}`;
        await fill(namespace, count);
        const client = clientOf(namespace);
        const events: string[] = [];
        const begin = performance.now();
        const outcome = await runLiveRotation({
          client,
          from: "quay-v1",
          aim: "rotate",
          values: { purpose: "credentials", username: "robot", password: "invented-new" },
          by: "tester",
          parallel: 10,
          wait: true,
          triggerReconcile: false,
          deleteOld: true,
          grace: 0,
          timeout: 200_000,
          signal: new AbortController().signal,
          onEvent: (it) => events.push(it.event),
        });
        const seconds = (performance.now() - begin) / 1000;
        const counted = (name: string): number => events.filter((it) => it === name).length;
        const { end, blockers, problem } = outcome;
        expect({ end, blockers, problem, switched: counted("switched"), rolledOut: counted("rolled-out") }).toEqual({
          end: "done",
          blockers: [],
          problem: undefined,
          switched: count,
          rolledOut: count,
        });
        const list = await client.list({
          resource: resources.secrets,
          namespace,
          metadataOnly: true,
        });
        expect(list.items.map((it) => it.metadata.name)).toEqual(["quay-v2"]);
        client.close();
        process.stdout.write(`rotated ${count} Shoots in ${seconds.toFixed(1)} s\n`);
      },
    );
  },
);

function shoot(name: string, namespace: string): object {
  const apiVersion = "registry.extensions.gardener.cloud/v1alpha3";
  const caches = [{ upstream: "quay.io", secretReferenceName: "quay" }];
  return {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: { name, namespace },
    spec: {
      cloudProfile: { name: "aws" },
      region: "eu-west-1",
      seedName: "seed",
      provider: {
        type: "aws",
        workers: [{ name: "a", machine: { type: "m5.large" }, minimum: 1, maximum: 1, cri: { name: "containerd" } }],
      },
      kubernetes: { version: "1.33.4" },
      extensions: [{ type: "registry-cache", providerConfig: { apiVersion, kind: "RegistryConfig", caches } }],
      resources: [{ name: "quay", resourceRef: { apiVersion: "v1", kind: "Secret", name: "quay-v1" } }],
    },
  };
}
