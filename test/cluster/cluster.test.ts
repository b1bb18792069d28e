import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { findControlPlane } from "./programs.ts";

const kubectl = findKubectl();
const controlPlane = findControlPlane();

describe.skipIf(lacks(kubectl, "a real cluster") || lacks(controlPlane, "a real cluster"))(
  "a real kube-apiserver",
  () => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster(controlPlane.kubeApiserver, join(makeScratch(), "cluster"));
    }, 90_000);
    afterAll(() => cluster.stop());

    async function run(...args: readonly string[]): Promise<string> {
      const ca = join(cluster.folder, "ca.crt");
      writeFileSync(ca, cluster.certificateAuthority);
      const flags = ["--server", cluster.server, "--certificate-authority", ca, "--token", cluster.adminToken];
      return (await promisify(execFile)(kubectl.path, [...flags, ...args])).stdout;
    }

    test("says which version it is", async () => {
      expect(JSON.parse(await run("version", "-o", "json")).serverVersion.gitVersion).toBe("v1.35.4");
    });

    test("keeps an immutable Secret as it is", async () => {
      await run("create", "secret", "generic", "a", "--from-literal=x=y");
      await run("patch", "secret", "a", "-p", '{"immutable":true}');
      await expect(run("patch", "secret", "a", "-p", '{"data":{"x":"eg=="}}')).rejects.toMatchObject({
        stderr: expect.stringContaining("field is immutable when `immutable` is set"),
      });
    });
  },
);
