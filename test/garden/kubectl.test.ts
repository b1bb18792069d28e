import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import {
  type ConnectOptions,
  connectGarden,
  createExecCache,
  errorLine,
  isGardenError,
  resources,
} from "@registry-cache/garden";
import {
  type ApiServer,
  createGardenerSimulator,
  createVirtualClock,
  type GardenerSimulator,
  kubeconfigFor,
  lacks,
  MemoryStore,
  makeScratch,
  startApiServer,
} from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findKubectl } from "../tools/kubectl.ts";

const kubectl = findKubectl();
const run = promisify(execFile);

/** The real kubectl is asked the same as our client, and of the same server. */
describe.skipIf(lacks(kubectl, "our client beside the real kubectl"))("beside the real kubectl", () => {
  let server: ApiServer;
  let garden: GardenerSimulator;
  const folder = makeScratch({
    "plugin.sh": `#!/bin/sh\nprintf %s "$KUBERNETES_EXEC_INFO" > "$OUT"\nprintf %s "$PRINT"\n`,
    empty: "",
    red: JSON.stringify({
      "current-context": "",
      clusters: [{ name: "c", cluster: { server: "https://red" } }],
      users: [{ name: "u", user: { token: "red" } }],
    }),
    "deep/blue": JSON.stringify({
      "current-context": "x",
      clusters: [
        { name: "c", cluster: { server: "https://blue", "tls-server-name": "n" } },
        { name: "d", cluster: { server: "https://d" } },
      ],
      users: [{ name: "u", user: { username: "blue" } }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    }),
  });

  beforeAll(async () => {
    const store = new MemoryStore();
    const clock = createVirtualClock();
    garden = createGardenerSimulator({ store, clock, authorize: async () => true });
    server = await startApiServer({ namespaces: ["garden-a"], store, clock, resources: garden.resources });
  });

  afterAll(async () => {
    garden.stop();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  async function ask(
    args: readonly string[],
    env: object = {},
  ): Promise<{ readonly out: string; readonly error: string }> {
    const home = { PATH: process.env["PATH"], HOME: folder, KUBECACHEDIR: join(folder, "cache") };
    const { stdout, stderr } = await run(kubectl.path, [...args], { env: { ...home, ...env } }).catch(
      (error: unknown) => {
        if (error instanceof Error && "stdout" in error && "stderr" in error)
          return { stdout: String(error.stdout), stderr: String(error.stderr) };
        throw error;
      },
    );
    // Discovery logs each of its tries.
    return {
      out: stdout,
      error: stderr
        .split("\n")
        .filter((it) => !/^[EW]\d{4} /.test(it))
        .join("\n")
        .trim(),
    };
  }

  async function withServer(...args: readonly string[]): Promise<string> {
    const { out, error } = await ask(args, { KUBECONFIG: writeConfig("kubeconfig", {}) });
    return (out + error).trim();
  }

  function writeConfig(name: string, request: Parameters<typeof kubeconfigFor>[1]): string {
    const scratch = makeScratch({ [name]: kubeconfigFor(server, request) });
    return join(scratch, name);
  }

  test.each([["red", "deep/blue"], ["deep/blue", "red"], ["empty", "gone", "red"], ["gone"]])(
    "the same entries count when $KUBECONFIG is %s, %s, %s",
    async (...names) => {
      const list = names
        .filter((it) => it !== undefined)
        .map((it) => join(folder, it))
        .join(delimiter);
      const { out } = await ask(["config", "view", "--raw", "-o", "json"], { KUBECONFIG: list });
      const theirs = JSON.parse(out);
      const entry = (cluster: string) => theirs.clusters?.find((it: { name: string }) => it.name === cluster)?.cluster;
      for (const cluster of ["c", "d"]) {
        const ours = said(
          () => connectGarden({ flags: { context: "x", cluster }, env: { KUBECONFIG: list } }).server.href,
        );
        const expected = theirs["current-context"] !== "x" ? undefined : entry(cluster)?.server;
        expect(ours.startsWith("https") ? ours : undefined).toBe(expected && `${expected}/`);
      }
    },
  );

  function said(work: () => string): string {
    try {
      return work();
    } catch (error) {
      if (isGardenError(error)) return errorLine(error);
      throw error;
    }
  }

  test.each([
    ["v1", {}, {}],
    ["v1", { provideClusterInfo: true }, {}],
    ["v1beta1", { provideClusterInfo: true }, { "tls-server-name": "localhost", "disable-compression": true }],
    [
      "v1",
      { provideClusterInfo: true, interactiveMode: "Never" },
      { extensions: [{ name: "client.authentication.k8s.io/exec", extension: { b: [1, null], a: "x" } }] },
    ],
    [
      "v1beta1",
      { provideClusterInfo: true, interactiveMode: null },
      { "insecure-skip-tls-verify": true, "certificate-authority-data": null },
    ],
  ])("a plugin of %s with %j is told the same of a cluster with %j", async (version, more, cluster) => {
    const apiVersion = `client.authentication.k8s.io/${version}`;
    const print = JSON.stringify({ apiVersion, kind: "ExecCredential", status: { token: "admin" } });
    const configFor = (out: string): string => {
      const env = [
        { name: "OUT", value: join(folder, out) },
        { name: "PRINT", value: print },
      ];
      const exec = {
        apiVersion,
        command: "sh",
        args: [join(folder, "plugin.sh")],
        env,
        interactiveMode: "IfAvailable",
        ...more,
      };
      return writeConfig("kubeconfig", { user: { exec }, cluster });
    };
    await ask(["get", "secrets", "-n", "garden-a"], { KUBECONFIG: configFor("theirs.json") });
    const options: ConnectOptions = {
      env: { KUBECONFIG: configFor("ours.json"), PATH: process.env["PATH"] },
      execCache: createExecCache(),
      terminal: false,
    };
    const client = connectGarden(options);
    await client.list({ resource: resources.secrets, namespace: "garden-a" });
    client.close();
    expect(readFileSync(join(folder, "ours.json"), "utf8")).toBe(readFileSync(join(folder, "theirs.json"), "utf8"));
  });

  test("the same refusals are told in the same words", async () => {
    server.known.tokens.set("token-of-nobody", { name: "nobody", groups: [] });
    server.store.put("secrets", {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "fixed", namespace: "garden-a" },
      immutable: true,
      data: { a: "YQ==" },
    });
    const questions: readonly (readonly [string, string, readonly string[]])[] = [
      ["admin", "", ["get", "secret", "gone"]],
      ["token-of-nobody", "", ["get", "secret", "fixed"]],
      ["token-of-nobody", "", ["get", "shoots.core.gardener.cloud"]],
      ["wrong-token", "", ["get", "secret", "fixed"]],
      ["admin", "https://127.0.0.1:1", ["get", "secret", "fixed"]],
      ["admin", "https://garden.invalid", ["get", "secret", "fixed"]],
    ];
    for (const [token, address, args] of questions) {
      const config = writeConfig("kubeconfig", { user: { token } });
      const flags = { kubeconfig: config, ...(address && { server: address }) };
      const theirs = await ask([
        ...args,
        "-n",
        "garden-a",
        "--kubeconfig",
        config,
        ...(address ? ["--server", address] : []),
      ]);
      const client = connectGarden({ flags, env: {} });
      const [, , name] = args;
      const ours = await (name === undefined || args[1] !== "secret"
        ? client.list({ resource: resources.shoots, namespace: "garden-a" })
        : client.get({ resource: resources.secrets, namespace: "garden-a", name })
      ).then(
        () => "no error",
        (error: unknown) => (isGardenError(error) ? errorLine(error) : String(error)),
      );
      client.close();
      expect(ours).toBe(
        theirs.error.replace(/lookup garden\.invalid.*: no such host/, "lookup garden.invalid: no such host"),
      );
    }
  });

  test("kubectl works with the simulated garden", async () => {
    const manifest = {
      apiVersion: "core.gardener.cloud/v1beta1",
      kind: "Shoot",
      metadata: { name: "s" },
      spec: { seedName: "seed", purpose: "testing" },
    };
    const file = join(makeScratch({ "shoot.json": JSON.stringify(manifest) }), "shoot.json");
    const inNamespace = ["-n", "garden-a"];
    expect(await withServer("create", "--validate=false", "-f", file, ...inNamespace)).toBe(
      "shoot.core.gardener.cloud/s created",
    );
    await garden.settle();
    await garden.advance(60_000);
    const template = "jsonpath={.metadata.generation} {.status.lastOperation.state}";
    expect(await withServer("get", "shoot", "s", "-o", template, ...inNamespace)).toBe("1 Succeeded");
    expect(await withServer("annotate", "shoot", "s", "gardener.cloud/operation=reconcile", ...inNamespace)).toBe(
      "shoot.core.gardener.cloud/s annotated",
    );
    await garden.advance(60_000);
    expect(await withServer("get", "shoot", "s", "-o", template, ...inNamespace)).toBe("2 Succeeded");
    expect((await withServer("get", "shoots", ...inNamespace)).split(/\s+/).slice(0, 3)).toEqual([
      "NAME",
      "CREATED",
      "AT",
    ]);
    const patch = JSON.stringify([{ op: "test", path: "/spec/purpose", value: "production" }]);
    expect(await withServer("patch", "shoot", "s", "--type=json", "-p", patch, ...inNamespace)).toBe(
      "The request is invalid: the server rejected our request due to an error in our request",
    );
  });
});
