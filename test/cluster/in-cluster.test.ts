import { createPrivateKey, createSign } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectGarden, errorLine, type GardenClient, isGardenError, resources } from "@registry-cache/garden";
import { createAuthority, makeScratch } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plugin } from "../cli/plugin.ts";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { type AggregatedGarden, startAggregatedGarden } from "./aggregated-garden.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { findPods, type PodFiles, type PodRun, runInPod } from "./pod.ts";
import { findControlPlane } from "./programs.ts";

const kubectl = findKubectl();
const controlPlane = findControlPlane();
const pods = findPods();
const missing = [kubectl, controlPlane, pods].some((it) => lacks(it, "a service account in its pod"));

describe.skipIf(missing)("in a pod, beside the real kubectl", () => {
  const folder = makeScratch();
  let cluster: Cluster;
  let garden: AggregatedGarden;
  let files: PodFiles;
  beforeAll(async () => {
    cluster = await startCluster(controlPlane.kubeApiserver, join(folder, "cluster"));
    garden = await startAggregatedGarden(cluster);
    for (const name of ["garden-a", "garden-b"]) await create("/api/v1/namespaces", { metadata: { name } });
    for (const name of ["one", "two"]) await create(`${inA}/secrets`, { metadata: { name } });
    await create(`${inA}/serviceaccounts`, { metadata: { name: "robot" } });
    const rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/garden-a";
    await create(`${rbac}/roles`, {
      metadata: { name: "reader" },
      rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] }],
    });
    await create(`${rbac}/rolebindings`, {
      metadata: { name: "reader" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
      subjects: [{ kind: "ServiceAccount", name: "robot", namespace: "garden-a" }],
    });
    files = { token: await newToken("first"), namespace: "garden-a", "ca.crt": cluster.certificateAuthority };
  }, 120_000);
  afterAll(async () => {
    await garden?.stop();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const inA = "/api/v1/namespaces/garden-a";

  function create(path: string, body: object): Promise<unknown> {
    return garden.calls.call("POST", path, body);
  }

  /** A token that ends with the Secret that it is bound to. */
  async function newToken(bound: string): Promise<string> {
    const { metadata } = await garden.calls.call("POST", `${inA}/secrets`, { metadata: { name: bound } });
    const boundObjectRef = { apiVersion: "v1", kind: "Secret", name: bound, uid: metadata.uid };
    const path = `${inA}/serviceaccounts/robot/token`;
    const { status } = await garden.calls.call("POST", path, { spec: { boundObjectRef, expirationSeconds: 600 } });
    return typeof status === "object" && status !== null && "token" in status ? String(status.token) : "";
  }

  interface Asked {
    readonly account?: PodFiles;
    readonly env?: { readonly [name: string]: string };
    /** What kubectl is asked for; an unknown group it looks up first, and words a refusal of that in another way. */
    readonly what?: string;
  }

  async function both(
    words: readonly string[],
    { account = files, env = {}, what = "secrets,shoots.core.gardener.cloud" }: Asked,
  ): Promise<{ readonly ours: PodRun; readonly theirs: PodRun }> {
    const [ours, theirs] = await Promise.all(
      [
        [process.execPath, plugin, "usage", "-o", "name", ...words],
        [kubectl.path, "get", what, "-o", "name", ...words],
      ].map((command) => runInPod(cluster, pods.flags, account, { command, env })),
    );
    if (ours === undefined || theirs === undefined) throw new Error("unreachable: both ran");
    // What kubectl says of a login depends on whether it had to look up first what there is to get.
    const error = theirs.error.replace(
      "(the server has asked for the client to provide credentials)",
      "(Unauthorized)",
    );
    return { ours, theirs: { ...theirs, error } };
  }

  /** The lines that tell of Shoots, which both ask for. */
  function ofShoots({ error }: PodRun): string {
    const lines = error.split("\n");
    return lines.find((it) => it.includes("shoots.core.gardener.cloud is forbidden")) ?? lines[0] ?? "";
  }

  test("the same objects, in the namespace of the pod", async () => {
    const { ours, theirs } = await both([], {});
    expect(ours).toEqual(theirs);
    expect(ours.out.split("\n")).toContain("secret/one");
  });

  const wrong: readonly (readonly [string, () => Partial<PodFiles>, string])[] = [
    ["a token that is none", () => ({ token: "none" }), "must be logged in"],
    ["a token that has ended", () => ({ token: endedLike(files.token) }), "must be logged in"],
    ["a token that is empty", () => ({ token: "" }), "empty"],
    ["another authority", () => ({ "ca.crt": createAuthority().certificate }), "unknown authority"],
    ["no namespace", () => ({ namespace: "" }), 'in the namespace "default"'],
  ];

  test.each(wrong)("the same error for %s", async (_, change, says) => {
    const { ours, theirs } = await both([], {
      account: { ...files, ...change() },
      what: says.includes("namespace") ? "shoots.core.gardener.cloud" : "secrets",
    });
    const plain = (it: string): string =>
      it.replace(/^error: (read empty token from file|the token file) ("[^"]*")( is empty)?$/, "error: empty $2");
    expect(plain(ofShoots(ours))).toBe(plain(ofShoots(theirs)));
    expect(ours.error).toContain(says);
  });

  test.each([
    ["POD_NAMESPACE", [], { POD_NAMESPACE: "garden-b" }],
    ["-n", ["-n", "garden-b"], {}],
    ["a kubeconfig that is not there", [], { KUBECONFIG: "/none" }],
    ["a proxy, which nothing on this machine is asked through", [], { HTTPS_PROXY: "http://127.0.0.1:1" }],
    ["a context that there is not", ["--context", "x"], {}],
    ["another server, which gets nothing of the pod", ["--server", "https://127.0.0.1:1", "--token", "x"], {}],
  ] as const)("the same by %s", async (_, words, env) => {
    const { ours, theirs } = await both(words, { env });
    const plain = (it: PodRun): object => ({
      out: it.out,
      // Which names there are kubectl does not say.
      error: ofShoots(it).replace(
        /^Error in configuration: context was not found for specified context: (.*)$/,
        'error: context "$1" does not exist in the kubeconfig',
      ),
    });
    expect(plain(ours)).toEqual(plain(theirs));
  });

  test("another token, by --token", async () => {
    const { ours, theirs } = await both(["--token", "none"], { what: "secrets" });
    expect(ours).toEqual(theirs);
    expect(ours.error).toBe("error: You must be logged in to the server (Unauthorized)");
  });

  test("a token that is taken back and renewed in its file is read again, also in the middle of a run", async () => {
    const own = makeScratch({ token: files.token, namespace: "garden-a", "ca.crt": cluster.certificateAuthority });
    const { hostname, port } = new URL(cluster.server);
    const env = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port, KUBECONFIG: join(own, "none") };
    const options = { env, serviceAccountFolder: own };
    const [early, late] = [connectGarden(options), connectGarden(options)];
    const list = (client: GardenClient): Promise<string> =>
      client.list({ resource: resources.secrets, namespace: "garden-a", metadataOnly: true }).then(
        ({ items }) => items.map((it) => it.metadata.name).join(),
        (error: unknown) => (isGardenError(error) ? errorLine(error) : String(error)),
      );
    try {
      expect(await list(early)).toBe("first,one,two");
      const next = await newToken("second");
      await garden.calls.call("DELETE", `${inA}/secrets/first`);
      // The server believes a token for ten seconds more.
      await expect
        .poll(() => list(late), { timeout: 30_000, interval: 1_000 })
        .toBe("error: You must be logged in to the server (Unauthorized)");
      writeFileSync(join(own, "token"), next);
      // It remembers the old one, and is refused first.
      expect(await list(early)).toBe("one,second,two");
    } finally {
      early.close();
      late.close();
      rmSync(own, { recursive: true });
    }
  });

  /** A token that was one until yesterday, signed with the server's own key. */
  function endedLike(token: string): string {
    const [head = "", body = ""] = token.split(".");
    const claims = JSON.parse(Buffer.from(body, "base64url").toString());
    const yesterday = Math.floor(Date.now() / 1000) - 86_400;
    const ended = JSON.stringify({ ...claims, iat: yesterday - 600, nbf: yesterday - 600, exp: yesterday });
    const signed = `${head}.${Buffer.from(ended).toString("base64url")}`;
    const key = createPrivateKey(readFileSync(join(cluster.folder, "accounts.key")));
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
  }
});
