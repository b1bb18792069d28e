import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterDefaults, type KubernetesObject, renderCluster, toRuntimeCache } from "@registry-cache/runtime";
import { makeScratch } from "@registry-cache/testkit";
import { afterEach, expect, test } from "vitest";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

const ours = "# Written by the DaemonSet registry-cache-nodes.";

/** A node: the DaemonSet's script with names and caches that answer as the test says. */
interface Node {
  readonly certsD: string;
  readonly files: () => { readonly [path: string]: string };
  readonly start: (upstreams: readonly string[], tls?: boolean) => Promise<string>;
  readonly stop: () => Promise<void>;
}

function createNode({ address = "10.0.0.7", answers = true } = {}): Node {
  const root = makeScratch();
  const [bin, certsD, config] = ["bin", "certs.d", "config"].map((it) => join(root, it));
  if (bin === undefined || certsD === undefined || config === undefined) throw new Error("unreachable");
  for (const folder of [bin, certsD, config]) mkdirSync(folder);
  // busybox prints the server's own address first.
  program(
    bin,
    "nslookup",
    `printf 'Server:\\t10.0.0.10\\nAddress:\\t10.0.0.10:53\\n\\nName:\\t%s\\nAddress: ${address}\\n' "$1"`,
  );
  program(bin, "wget", answers ? "exit 0" : "exit 1");
  // The loop is ended after its first round.
  program(bin, "sleep", "exec tail -f /dev/null");
  let child: ChildProcess | undefined;
  return {
    certsD,
    files: () => readFiles(certsD),
    start: async (upstreams, tls = false) => {
      for (const [name, text] of Object.entries(configOf(upstreams, tls))) writeFileSync(join(config, name), text);
      child = spawn("sh", [join(config, "write-hosts.sh"), config, certsD], {
        env: { PATH: `${bin}:${process.env["PATH"]}` },
        detached: true,
      });
      running.push(child);
      let said = "";
      child.stdout?.on("data", (chunk) => (said += chunk));
      await untilAsleep(child);
      return said.replaceAll(certsD, "");
    },
    stop: async () => {
      const ended = new Promise((resolve) => child?.once("exit", resolve));
      child?.kill("SIGTERM");
      await ended;
      rmSync(config, { recursive: true });
      mkdirSync(config);
    },
  };
}

test("each upstream gets a hosts.toml with the address of its cache", async () => {
  const node = createNode();
  expect(await node.start(["docker.io", "registry.example.com:5000"])).toBe(
    "wrote /docker.io/hosts.toml\nwrote /registry.example.com:5000/hosts.toml\n",
  );
  expect(node.files()).toEqual({
    "docker.io/hosts.toml": `${ours}
server = "https://registry-1.docker.io"

[host."http://10.0.0.7:5000"]
  capabilities = ["pull","resolve"]
`,
    "registry.example.com:5000/hosts.toml": `${ours}
server = "https://registry.example.com:5000"

[host."http://10.0.0.7:5000"]
  capabilities = ["pull","resolve"]
`,
  });
});

test("with TLS the node trusts the CA, and IPv6 stands in brackets", async () => {
  const node = createNode({ address: "fd00::7" });
  await node.start(["quay.io"], true);
  expect(node.files()).toEqual({
    "registry-cache-ca.crt": "CA\n",
    "quay.io/hosts.toml": `${ours}
server = "https://quay.io"

[host."https://[fd00::7]:5000"]
  capabilities = ["pull","resolve"]
  ca = ["/etc/containerd/certs.d/registry-cache-ca.crt"]
`,
  });
});

test("a node is not sent to a cache that never answered", async () => {
  const node = createNode({ answers: false });
  expect(await node.start(["docker.io"])).toBe("");
  expect(node.files()).toEqual({});
});

test("a file of somebody else stays as it is", async () => {
  const node = createNode();
  mkdirSync(join(node.certsD, "docker.io"));
  writeFileSync(join(node.certsD, "docker.io/hosts.toml"), "# mine\n");
  expect(await node.start(["docker.io"])).toBe("/docker.io/hosts.toml is not ours, it stays as it is\n");
  await node.stop();
  expect(node.files()).toEqual({ "docker.io/hosts.toml": "# mine\n" });
});

test("what it wrote goes with an upstream that is gone, and with itself", async () => {
  const node = createNode();
  await node.start(["docker.io", "quay.io"]);
  running.splice(0).forEach((it) => {
    it.kill("SIGKILL");
  });
  expect(await node.start(["quay.io"])).toBe("removed /docker.io/hosts.toml\n");
  expect(Object.keys(node.files())).toEqual(["quay.io/hosts.toml"]);
  await node.stop();
  expect(readdirSync(node.certsD)).toEqual([]);
});

function program(bin: string, name: string, script: string): void {
  const path = join(bin, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

/** The files of the DaemonSet's ConfigMap. */
function configOf(upstreams: readonly string[], tls: boolean): { readonly [name: string]: string } {
  const objects = renderCluster(
    upstreams.map((upstream) => toRuntimeCache({ upstream, tls })),
    {
      ...clusterDefaults,
      serviceMonitor: false,
      credentialsOf: () => undefined,
      certificateOf: () => ({ certificate: "", key: "" }),
      certificateAuthority: tls ? "CA\n" : undefined,
    },
  );
  return dataOf(objects.find((it) => it.kind === "ConfigMap" && it.metadata.name.startsWith("registry-cache-nodes-")));
}

function dataOf(object: KubernetesObject | undefined): { readonly [name: string]: string } {
  return JSON.parse(JSON.stringify(object?.["data"] ?? {}));
}

/** The script has done its round when it sleeps. */
async function untilAsleep({ pid }: ChildProcess): Promise<void> {
  const children = `/proc/${pid}/task/${pid}/children`;
  for (;;) {
    const [child] = existsSync(children) ? readFileSync(children, "utf8").split(" ") : [];
    const command = child && existsSync(`/proc/${child}/cmdline`) ? readFileSync(`/proc/${child}/cmdline`, "utf8") : "";
    if (command.startsWith("tail\0-f")) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function readFiles(folder: string): { readonly [path: string]: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  return Object.fromEntries(
    files.map((it) => {
      const path = join(it.parentPath, it.name);
      return [path.slice(folder.length + 1), readFileSync(path, "utf8")];
    }),
  );
}
