import { rmSync } from "node:fs";
import { get } from "node:https";
import { join } from "node:path";
import {
  cacheHosts,
  clusterDefaults,
  type KubernetesObject,
  renderCluster,
  renderConfigFile,
  renderHostsToml,
  toRuntimeCache,
} from "@registry-cache/runtime";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { run, scratch } from "../cli/plugin.ts";
import { plantedSecret, shootWithCaches } from "../cli/runtime-manifests.ts";
import { lacks } from "../requirements.ts";
import { findGoProgram } from "../tools/go-program.ts";
import { findContainerd, startContainerd, writeCertsD } from "./containerd.ts";
import { distribution as program } from "./find-programs.ts";
import { challenge, image, name, registry, tag, withPassword } from "./image.ts";
import type { Running } from "./programs.ts";
import { startRendered, writeLogin } from "./rendered-registry.ts";
import { type Handler, type Stage, serve } from "./servers.ts";

const distribution = findGoProgram(program);
const containerd = findContainerd();
const accept = { accept: [image.type, "application/vnd.oci.image.index.v1+json"].join(", ") };

/** An upstream that lets in one login, compared byte for byte. */
function privately(username: string, password: string): Handler {
  return registry(withPassword(username, password), challenge('Basic realm="upstream"'));
}

function portOf(running: Running): number {
  if ("ended" in running) throw new Error(`the registry ended: ${running.ended}`);
  return running.port;
}

async function pull(port: number, reference = tag): Promise<number> {
  const { status } = await fetch(`http://127.0.0.1:${port}/v2/${name}/manifests/${reference}`, { headers: accept });
  return status;
}

const scene = makeScratch();
let count = 0;
/** A folder of one registry. */
function folder(): string {
  count += 1;
  return join(scene, String(count));
}
afterAll(() => rmSync(scene, { recursive: true, force: true }));

const usernames = [
  ...["@user", "*user", "%user", "`user", "-", "[x]", "[x", "{x}", "{x", '"dq"', "'sq'", "user:", "null", "~", "&user"],
  ...["!user", "|", ">", "robot$proj+ci", "_json_key", "123456", "0123", "true", "yes", "user#1", "AWS", "<token>"],
  ...["ünïcødé", "?", "# x", "a: b", "---"],
];
const passwords = [
  ...[
    "plain",
    "it's",
    "''",
    '"',
    "\\",
    "a\tb",
    "\u0024{X}",
    "{{ .Y }}",
    "😀",
    "tail\n",
    "a\nb",
    "a\n\nb",
    "crlf\r\n",
    " x ",
  ],
  ...["nel\u0085", "bel\u0007", "del\u007f", "ls\u2028ps\u2029", "x\n---\ny", "\ufeffbom", "x".repeat(4000)],
  JSON.stringify({ type: "service_account", private_key: "a\nb\n" }, undefined, 2),
];

describe.skipIf(lacks(distribution, "Distribution with the configuration that is rendered"))("Distribution", () => {
  let stage: { readonly closers: (() => void)[] };
  beforeEach(() => {
    stage = { closers: [] };
  });
  afterEach(() => {
    for (const close of stage.closers.splice(0)) close();
  });

  async function pullWith(username: string, password: string): Promise<number | string> {
    const own: Stage = { closers: [] };
    try {
      const remoteUrl = `http://127.0.0.1:${await serve(own, privately(username, password))}`;
      const cache = toRuntimeCache({ upstream: "upstream.example.com", remoteUrl, tls: false });
      const config = renderConfigFile(cache, { username, password }).text;
      const running = await startRendered(own, distribution.path, folder(), { config });
      return "ended" in running ? running.ended : await pull(running.port);
    } finally {
      for (const close of own.closers) close();
    }
  }

  test.concurrent.each(usernames)(
    "logs in with the username %j",
    async (username) => {
      expect(await pullWith(username, "s3cret-example")).toBe(200);
    },
    60_000,
  );

  test.concurrent.each(passwords)(
    "logs in with the password %j",
    async (password) => {
      expect(await pullWith("reader", password)).toBe(200);
    },
    60_000,
  );

  test("starts without a login, and asks as nobody", async () => {
    const answers = [];
    for (const handler of [registry(() => true, challenge()), privately("reader", "s3cret-example")]) {
      const remoteUrl = `http://127.0.0.1:${await serve(stage, handler)}`;
      const config = renderConfigFile(toRuntimeCache({ upstream: "a.example.com", remoteUrl, tls: false })).text;
      answers.push(await pull(portOf(await startRendered(stage, distribution.path, folder(), { config }))));
    }
    expect(answers).toEqual([200, 404]);
  });

  test("serves with the certificate of what render printed, and logs in with its login", async () => {
    const port = await serve(stage, privately("planted-user", "planted-word"));
    const shoot = shootWithCaches().replace(
      "secretReferenceName: quay",
      `secretReferenceName: quay\n        remoteURL: http://127.0.0.1:${port}`,
    );
    const cwd = scratch({ "shoot.yaml": shoot, "secret.yaml": plantedSecret() });
    const nodes = run(["render", "-f", ".", "--profile", "cluster", "-o", "json"], { cwd });
    expect(nodes.code).toBe(0);
    const { stdout } = run(["render", "-f", ".", "-o", "json", "--with-credentials"], { cwd });
    const { items }: { readonly items: readonly KubernetesObject[] } = JSON.parse(stdout);
    const [config = "", certificate = "", key = ""] = ["config.yml", "tls.crt", "tls.key"].map((it) =>
      valueIn(items, it),
    );
    const files = { "certs/tls.crt": certificate, "certs/tls.key": key };
    const running = await startRendered(stage, distribution.path, folder(), { config, files });
    expect(await pullByTls(portOf(running), certificate)).toBe(200);
    expect(await pull(portOf(running))).toBe(400);
  });

  /** The cache of the cluster profile, as its ConfigMap has it, with answers of the helper that hold for a second. */
  async function startCluster(
    on: Stage,
    at: string,
    remoteUrl: string,
    login: { username: string; password: string },
  ): Promise<Running> {
    const cache = toRuntimeCache({ upstream: "a.example.com", remoteUrl, tls: false, secretReferenceName: "login" });
    const objects = renderCluster([cache], {
      ...clusterDefaults,
      serviceMonitor: false,
      credentialsOf: () => login,
      certificateOf: () => ({ certificate: "", key: "" }),
      certificateAuthority: undefined,
    });
    const data = objects.find((it) => it.kind === "ConfigMap" && it.metadata.name.startsWith("registry-a"))?.["data"];
    const { "config.yml": config, ...files } = data as { readonly [file: string]: string };
    const soon = (config ?? "").replace("lifetime: 1m", "lifetime: 1s");
    return startRendered(on, distribution.path, at, { config: soon, files, login });
  }

  test("asks the cluster profile's helper, and takes another login without a restart", async () => {
    const first = { username: "reader", password: `it's "1" \\ 2\ttab` };
    const second = { username: "@reader", password: "s3cret\n2 ünï" };
    let lets: { readonly username: string; readonly password: string } = first;
    const upstream = await serve(stage, (request, response) =>
      privately(lets.username, lets.password)(request, response),
    );
    const at = folder();
    const port = portOf(await startCluster(stage, at, `http://127.0.0.1:${upstream}`, first));
    const answers = [await pull(port)];
    lets = second;
    const digest = `sha256:${"0".repeat(64)}`;
    const told = async (): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${port}/v2/${name}/manifests/${digest}`, { headers: accept });
      return response.text();
    };
    const rejected = await told();
    writeLogin(at, second);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const accepted = await told();
    expect([answers, /unauthorized/.test(rejected), /manifest unknown/.test(accepted)]).toEqual([[200], true, true]);
  });

  test.concurrent.each([...usernames, ...passwords, "esc\u001b[1m nul\u0000 end", "\u0001\u001f\u007f"])(
    "the helper hands over %j",
    async (value) => {
      const own: Stage = { closers: [] };
      const login = { username: "reader", password: value.replace(/\n+$/, "") };
      const upstream = await serve(own, privately(login.username, login.password));
      try {
        const port = portOf(await startCluster(own, folder(), `http://127.0.0.1:${upstream}`, login));
        expect(await pull(port)).toBe(200);
      } finally {
        for (const close of own.closers) close();
      }
    },
    60_000,
  );

  test.skipIf(lacks(containerd, "containerd pulls through a real cache"))(
    "is what containerd pulls through, by the hosts.toml that is rendered",
    async () => {
      const node = await startContainerd(join(scene, "containerd"));
      try {
        const remoteUrl = `http://127.0.0.1:${await serve(stage, privately("reader", "s3cret-example"))}`;
        const cache = toRuntimeCache({ upstream: "registry.example.com", remoteUrl, tls: false });
        const config = renderConfigFile(cache, { username: "reader", password: "s3cret-example" }).text;
        const port = portOf(await startRendered(stage, distribution.path, folder(), { config }));
        const certsD = join(scene, "certs.d");
        writeCertsD(certsD, {
          [`${cache.upstream}/hosts.toml`]: renderHostsToml(cacheHosts(cache, `http://127.0.0.1:${port}`)),
        });
        const wanted = `registry.example.com/${name}:${tag}`;
        const through = await node.fetch(wanted, certsD);
        const without = await node.fetch(`127.0.0.1:${new URL(remoteUrl).port}/${name}:${tag}`, join(scene, "none"));
        expect([through.code, without.code, /401 Unauthorized/.test(without.output)]).toEqual([0, 1, true]);
      } finally {
        await node.stop();
      }
    },
    60_000,
  );
});

/** The value of a key, in whichever Secret has it. */
function valueIn(objects: readonly KubernetesObject[], key: string): string {
  const found = objects.flatMap(({ data }) =>
    typeof data === "object" && data !== null && key in data ? [Reflect.get(data, key)] : [],
  );
  return Buffer.from(String(found[0]), "base64").toString();
}

/** Pulls by the name of the Service, from the address of the test. */
function pullByTls(port: number, certificate: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = get({
      host: "127.0.0.1",
      port,
      path: `/v2/${name}/manifests/${tag}`,
      headers: accept,
      // What it serves is compared; who signed it is another test's matter.
      checkServerIdentity: () => undefined,
      rejectUnauthorized: false,
      servername: "registry-quay-io.kube-system.svc.cluster.local",
    });
    asked.once("error", reject);
    asked.once("response", (response) => {
      const socket = response.socket;
      const served =
        "getPeerX509Certificate" in socket
          ? String(Reflect.apply(socket.getPeerX509Certificate as () => object, socket, []))
          : "";
      response.resume();
      resolve(served.trim() === certificate.trim() ? (response.statusCode ?? 0) : -1);
    });
  });
}
