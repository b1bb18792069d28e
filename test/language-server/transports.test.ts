import { fork } from "node:child_process";
import { rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import {
  createLspClient,
  ipcTransport,
  type LspClient,
  type LspTransport,
  makeScratch,
  shootWith,
} from "@registry-cache/testkit";
import { build } from "esbuild";
import { describe, expect, onTestFinished, test } from "vitest";
import { open, published, shakeHands } from "./server.ts";

const shoot = shootWith({ caches: "caches:\n- upstream: quay.io\n  secretReferenceName: quay" });
const resources = "- name: quay\n  resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }";
const secret = "apiVersion: v1\nkind: Secret\nmetadata: { name: quay-v1 }\nstringData: { username: u, password: p }\n";

describe("a forked process", () => {
  const start = (): { client: LspClient; child: ReturnType<typeof fork>; ended: Promise<unknown> } => {
    const program = join(import.meta.dirname, "ipc-program.ts");
    const child = fork(program, { execArgv: ["--conditions=source"], stdio: "pipe" });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    return { client: createLspClient(ipcTransport(child)), child, ended };
  };

  test("serves the process that forked it", async () => {
    const { client, ended } = start();
    expect(await shakeHands(client, {})).toMatchObject({ serverInfo: { name: "registry-cache", version: "1.2.3" } });
    open(client, "file:///a.yaml", shoot);
    expect((await published(client, "file:///a.yaml")).map((it) => it.code)).toEqual(["RC201"]);
    await client.request("shutdown");
    client.notify("exit");
    expect(await ended).toBe(0);
  });

  test("ends when that process lets go of it", async () => {
    const { client, child, ended } = start();
    await shakeHands(client, {});
    child.disconnect();
    expect(await ended).toBe(1);
  });
});

describe("a web worker", () => {
  const bundle = async (): Promise<{ readonly text: string; readonly imports: readonly string[] }> => {
    const { outputFiles, metafile } = await build({
      stdin: {
        contents: `import { serveWorker } from "@registry-cache/language-server/worker";
import { parentPort } from "node:worker_threads";
serveWorker(parentPort, "1.2.3");`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      write: false,
      metafile: true,
      format: "cjs",
      platform: "browser",
      conditions: ["source"],
      external: ["node:worker_threads"],
    });
    const imports = Object.values(metafile.inputs).flatMap((it) => it.imports.map((of) => of.path));
    return { text: outputFiles[0]?.text ?? "", imports };
  };

  /** A worker with a client that has these files. */
  const start = async (files: { readonly [uri: string]: string }): Promise<LspClient> => {
    const folder = makeScratch({ "worker.cjs": (await bundle()).text });
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const worker = new Worker(join(folder, "worker.cjs"));
    onTestFinished(async () => {
      await worker.terminate();
    });
    const transport: LspTransport = {
      send: (message) => worker.postMessage(message),
      listen: (onMessage) => worker.on("message", onMessage),
    };
    return createLspClient(transport, {
      "registryCache/listFiles": () => Object.keys(files),
      "registryCache/readFile": (params) => files[(params as { readonly uri: string }).uri] ?? null,
    });
  };

  test("needs nothing of Node", async () => {
    const { imports } = await bundle();
    const node = imports.filter((it) => it.startsWith("node:") || builtinModules.includes(it));
    expect(node).toEqual(["node:worker_threads"]);
  });

  test("reads files by asking its client, settings too", async () => {
    const client = await start({
      "vscode-vfs://github/a/.registry-cache.yaml": "severities: { RC208: info }\n",
      "vscode-vfs://github/a/secret.yaml": secret,
      "vscode-vfs://github/a/deep/shoot.yaml": shootWith({
        caches: "caches:\n- upstream: quay.io\n  secretReferenceName: quay",
        resources,
      }),
    });
    await client.request("initialize", {
      processId: null,
      rootUri: null,
      workspaceFolders: [{ uri: "vscode-vfs://github/a", name: "a" }],
      capabilities: { textDocument: { diagnostic: {} } },
      initializationOptions: { trusted: true },
    });
    client.notify("initialized", {});
    const { items } = (await client.request("workspace/diagnostic", { previousResultIds: [] })) as {
      readonly items: readonly {
        readonly uri: string;
        readonly items: readonly { code: string; severity: number }[];
      }[];
    };
    const told = items.map((it) => [it.uri, it.items.map(({ code, severity }) => `${code} ${severity}`)]);
    expect(told).toEqual([["vscode-vfs://github/a/secret.yaml", ["RC208 3"]]]);
  });

  test("judges documents without any folder", async () => {
    const client = await start({});
    await shakeHands(client, {});
    open(client, "untitled:a", shoot);
    expect((await published(client, "untitled:a")).map((it) => it.code)).toEqual(["RC201"]);
  });
});
