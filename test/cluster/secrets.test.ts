import { rmSync } from "node:fs";
import { join } from "node:path";
import { errorLine, type GardenClient, isGardenError } from "@registry-cache/garden";
import { checkNewSecret, createLiveSecret, findLiveExpiring, inspectLiveSecret } from "@registry-cache/operations";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { type AggregatedGarden, startAggregatedGarden } from "./aggregated-garden.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { connectTo } from "./garden-client.ts";
import { findControlPlane } from "./programs.ts";

/** Stands in every password, and must stand in no message. */
const planted = "PLANTED-PASSWORD";
const controlPlane = findControlPlane();

describe.skipIf(lacks(controlPlane, "Secrets are made in a real kube-apiserver"))(
  "Secrets are made in a real kube-apiserver",
  () => {
    const folder = makeScratch({});
    let cluster: Cluster;
    let garden: AggregatedGarden;
    beforeAll(async () => {
      cluster = await startCluster(controlPlane.kubeApiserver, join(folder, "cluster"));
      garden = await startAggregatedGarden(cluster);
      await call("/api/v1/namespaces", { metadata: { name: "garden-a" } });
    }, 120_000);
    afterAll(async () => {
      await garden?.stop();
      await cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function call(path: string, object: object): Promise<void> {
      const reply = await garden.calls.call("POST", path, object);
      expect(JSON.stringify(reply)).not.toContain('"Failure"');
    }

    const clientOf = (namespace: string): GardenClient => connectTo(cluster, namespace);

    /** Makes it, or gives the one line why not. */
    async function create(client: GardenClient, name: string, password: string, dryRun = false): Promise<string> {
      const credential = { username: "robot$team", password };
      const request = { name, namespace: client.namespace, credential, format: "yaml", labels: { team: "x" } } as const;
      try {
        const made = await createLiveSecret(client, { ...request, expires: "2099-01-31" }, dryRun);
        return `${made["immutable"]} ${made["type"]} ${Object.keys(made["data"] ?? {})}`;
      } catch (error) {
        if (!isGardenError(error)) throw error;
        expect(error.message).not.toContain("PLANTED");
        return errorLine(error);
      }
    }

    test("made once, tried without a trace, and never written over", async () => {
      const client = clientOf("garden-a");
      expect(await create(client, "quay-v1", planted, true)).toBe("true Opaque password,username");
      await checkNewSecret(client, "quay-v1");
      expect(await create(client, "quay-v1", planted)).toBe("true Opaque password,username");
      const there =
        'error: Secret "quay-v1" exists already in namespace garden-a: it is left alone, choose another name, such as quay-v2';
      expect(await create(client, "quay-v1", "other-PLANTED")).toBe(there);
      await expect(checkNewSecret(client, "quay-v1")).rejects.toThrow(there.slice("error: ".length));
      client.close();
    });

    test("what the server refuses is told in its words, without a value", async () => {
      const client = clientOf("garden-a");
      const large = planted.repeat(1 << 17);
      expect(await create(client, "large", large)).toBe(
        'The Secret "large" is invalid: data: Too long: may not be more than 1048576 bytes',
      );
      expect(await create(clientOf("gone"), "quay-v1", planted)).toBe(
        'Error from server (NotFound): namespaces "gone" not found',
      );
      client.close();
    });

    test("it is found again with its end, by whom it is used and how it is", async () => {
      const client = clientOf("garden-a");
      await call("/apis/core.gardener.cloud/v1beta1/namespaces/garden-a/shoots", shoot);
      const nothing = { all: false, projects: [], metadataOnly: false, onProgress: () => undefined };
      const now = Date.UTC(2099, 0, 20) / 1000;
      const { secrets, unseen } = await findLiveExpiring(client, {
        ...nothing,
        now,
        within: 14 * 86_400,
        maxAge: undefined,
      });
      expect([unseen, secrets.map((it) => [it.secret.name, it.secret.kind?.id, it.expiry.state, it.sight])]).toEqual([
        [],
        [["quay-v1", "harbor-robot", "expiring", "values"]],
      ]);
      const { findings, secret, expiry } = await inspectLiveSecret(client, "quay-v1", now);
      expect([findings, secret.uses.map((it) => it.upstream), secret.immutable, expiry.state]).toEqual([
        [],
        ["quay.io"],
        true,
        "expiring",
      ]);
      client.close();
    });
  },
);

const shoot = {
  apiVersion: "core.gardener.cloud/v1beta1",
  kind: "Shoot",
  metadata: { name: "crazy-botany", namespace: "garden-a" },
  spec: {
    cloudProfile: { name: "aws" },
    region: "eu-west-1",
    provider: {
      type: "aws",
      workers: [{ name: "a", machine: { type: "m5.large" }, minimum: 1, maximum: 1, cri: { name: "containerd" } }],
    },
    kubernetes: { version: "1.33.4" },
    extensions: [
      {
        type: "registry-cache",
        providerConfig: {
          apiVersion: "registry.extensions.gardener.cloud/v1alpha3",
          kind: "RegistryConfig",
          caches: [{ upstream: "quay.io", secretReferenceName: "quay" }],
        },
      },
    ],
    resources: [{ name: "quay", resourceRef: { apiVersion: "v1", kind: "Secret", name: "quay-v1" } }],
  },
};
