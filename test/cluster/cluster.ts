import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Authority, type Certificate, createAuthority } from "@registry-cache/testkit";

/** A control plane of Kubernetes on loopback: a real kube-apiserver and etcd, no controllers, no nodes. */
export interface Cluster {
  readonly server: string;
  /** The authority of the server's certificate, as PEM. */
  readonly certificateAuthority: string;
  /** Signs client certificates: a user's name and groups. */
  readonly clients: Authority;
  /** The authority whose client is the aggregator; who serves an aggregated API trusts its headers. */
  readonly frontProxy: Authority;
  /** A folder for whatever belongs to the cluster; it is removed with it. */
  readonly folder: string;
  /** The token of a member of system:masters. */
  readonly adminToken: string;
  stop(): Promise<void>;
}

const adminToken = "admin";

/** Flags of kube-apiserver, without the dashes. */
export interface ServerFlags {
  readonly [flag: string]: string;
}

/** Starts a control plane in an empty folder. Takes three seconds. */
export async function startCluster(kubeApiserver: string, folder: string, flags: ServerFlags = {}): Promise<Cluster> {
  mkdirSync(folder, { recursive: true });
  const [etcdPort, peerPort, port] = await freePorts(3);
  const servers = createAuthority("servers");
  const clients = createAuthority("clients");
  const frontProxy = createAuthority("front-proxy");
  const write = writerFor(folder);
  const serving = write.pair(
    "server",
    servers.issue({ commonName: "kube-apiserver", names: ["localhost", "127.0.0.1"] }),
  );
  const proxy = write.pair("front-proxy-client", frontProxy.issue({ commonName: "front-proxy-client" }));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const accounts = write.file("accounts.key", privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  const etcdUrl = `http://127.0.0.1:${etcdPort}`;
  const processes: ChildProcess[] = [];
  const start = (name: string, program: string, own: ServerFlags): void => {
    processes.push(startProgram(program, own, join(folder, `${name}.log`)));
  };
  start("etcd", "etcd", {
    "data-dir": join(folder, "etcd"),
    "listen-client-urls": etcdUrl,
    "advertise-client-urls": etcdUrl,
    "listen-peer-urls": `http://127.0.0.1:${peerPort}`,
    // Nothing here outlives the test, so nothing must be on the disk.
    "unsafe-no-fsync": "true",
  });
  start("kube-apiserver", kubeApiserver, {
    "etcd-servers": etcdUrl,
    "bind-address": "127.0.0.1",
    "secure-port": String(port),
    "tls-cert-file": serving.certificate,
    "tls-private-key-file": serving.key,
    "client-ca-file": write.file("clients.crt", clients.certificate),
    "token-auth-file": write.file("tokens.csv", `${adminToken},admin,1,"system:masters"\n`),
    "authorization-mode": "RBAC",
    "service-cluster-ip-range": "10.0.0.0/24",
    "service-account-issuer": "https://kubernetes.default.svc",
    "service-account-key-file": accounts,
    "service-account-signing-key-file": accounts,
    "requestheader-client-ca-file": write.file("front-proxy.crt", frontProxy.certificate),
    "requestheader-username-headers": "X-Remote-User",
    "requestheader-group-headers": "X-Remote-Group",
    "requestheader-extra-headers-prefix": "X-Remote-Extra-",
    "proxy-client-cert-file": proxy.certificate,
    "proxy-client-key-file": proxy.key,
    ...flags,
  });
  const cluster: Cluster = {
    server: `https://127.0.0.1:${port}`,
    certificateAuthority: servers.certificate,
    clients,
    frontProxy,
    folder,
    adminToken,
    stop: () => stopAll(processes, folder),
  };
  await untilReady(cluster, processes);
  return cluster;
}

interface Writer {
  file(name: string, text: string): string;
  pair(name: string, pair: Certificate): { readonly certificate: string; readonly key: string };
}

function writerFor(folder: string): Writer {
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  return {
    file,
    pair: (name, { certificate, key }) => ({
      certificate: file(`${name}.crt`, certificate),
      key: file(`${name}.key`, key),
    }),
  };
}

function startProgram(program: string, flags: ServerFlags, log: string): ChildProcess {
  const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const output = createWriteStream(log);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  child.once("close", () => output.end());
  return child;
}

async function untilReady(cluster: Cluster, processes: readonly ChildProcess[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isReady(cluster))) {
    const ended = processes.some((it) => it.exitCode !== null || it.signalCode !== null);
    if (ended || Date.now() > deadline) {
      const log = readFileSync(join(cluster.folder, "kube-apiserver.log"), "utf8").split("\n").slice(-15).join("\n");
      await cluster.stop();
      throw new Error(`kube-apiserver did not get ready:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isReady({ server, certificateAuthority: ca }: Cluster): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(`${server}/readyz`, { ca, headers: { authorization: `Bearer ${adminToken}` }, agent: false });
    asked.on("response", (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on("error", () => resolve(false));
    asked.end();
  });
}

/** The API server first, or it complains that its store is gone. */
async function stopAll(processes: readonly ChildProcess[], folder: string): Promise<void> {
  for (const child of [...processes].reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(late);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Ports that are free now; all are held until the last is found, so that they differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((it) => {
    const address = it.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((it) => new Promise((resolve) => it.close(resolve))));
  return ports;
}
