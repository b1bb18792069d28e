import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ApiServer, kubeconfigFor, makeScratch, startApiServer } from "@registry-cache/testkit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  type ConnectOptions,
  connectGarden,
  createExecCache,
  type GardenClient,
  isGardenError,
  resources,
} from "../index.ts";

/** A plugin that prints what the environment tells it, if KUBERNETES_EXEC_INFO is as the protocol wants it. */
const program = `
const { appendFileSync, readFileSync, existsSync } = require("node:fs");
const { PID, LOG, PRINT, EXIT, HANG, SAY, WANT_VERSION, WANT_SERVER, KUBERNETES_EXEC_INFO } = process.env;
if (PID) appendFileSync(PID, String(process.pid));
appendFileSync(LOG, KUBERNETES_EXEC_INFO);
const info = JSON.parse(KUBERNETES_EXEC_INFO);
if (SAY) console.error(SAY);
if (info.kind !== "ExecCredential" || info.apiVersion !== WANT_VERSION) process.exit(3);
if (WANT_SERVER && info.spec.cluster.server !== WANT_SERVER) process.exit(4);
if (HANG) setInterval(() => {}, 1000);
else {
  const runs = readFileSync(LOG, "utf8").trim().split("\\n").length;
  console.log(PRINT.replaceAll("RUNS", runs));
  process.exitCode = Number(EXIT ?? 0);
}
`;

let server: ApiServer;
let folder = "";

beforeEach(async () => {
  server = await startApiServer({ namespaces: ["garden-a"] });
  folder = makeScratch({ "plugin.cjs": program, log: "" });
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const v1 = "client.authentication.k8s.io/v1";
const v1beta1 = "client.authentication.k8s.io/v1beta1";

function credential(status: object, apiVersion = v1): string {
  return JSON.stringify({ apiVersion, kind: "ExecCredential", status });
}

interface Setup {
  readonly exec?: object;
  readonly env?: { readonly [name: string]: string };
  readonly cluster?: object;
  readonly options?: ConnectOptions;
}

function connect({ exec = {}, env = {}, cluster = {}, options = {} }: Setup = {}): GardenClient {
  const all = { LOG: join(folder, "log"), WANT_VERSION: v1, PRINT: credential({ token: "admin" }), ...env };
  const base = {
    apiVersion: v1,
    command: process.execPath,
    args: [join(folder, "plugin.cjs")],
    interactiveMode: "Never",
  };
  const user = { exec: { ...base, env: Object.entries(all).map(([name, value]) => ({ name, value })), ...exec } };
  const kubeconfigText = kubeconfigFor(server, { user, cluster });
  return connectGarden({
    kubeconfigText,
    env: {},
    execCache: createExecCache(),
    terminal: false,
    onPluginMessage: () => undefined,
    ...options,
  });
}

/** What the plugin was told, run by run. */
function infos(): readonly unknown[] {
  const lines = readFileSync(join(folder, "log"), "utf8").split("\n");
  return lines.filter((it) => it !== "").map((it) => JSON.parse(it));
}

async function list(client: GardenClient): Promise<string> {
  try {
    const { items } = await client.list({ resource: resources.secrets, namespace: "garden-a" });
    return `${items.length} secrets`;
  } catch (error) {
    return isGardenError(error)
      ? `${error.kind}: ${error.message.replaceAll(folder, "DIR").replaceAll(process.execPath, "node")}`
      : String(error);
  } finally {
    client.close();
  }
}

test("a plugin is told its version, and nothing of the cluster unless it wants to know", async () => {
  expect(await list(connect())).toBe("0 secrets");
  expect(infos()).toEqual([{ kind: "ExecCredential", apiVersion: v1, spec: { interactive: false } }]);
});

test("a plugin that wants to know the cluster is told all of it", async () => {
  const cluster = {
    "tls-server-name": "localhost",
    "disable-compression": true,
    extensions: [{ name: "client.authentication.k8s.io/exec", extension: { audience: "garden" } }],
  };
  const env = { WANT_VERSION: v1beta1, WANT_SERVER: server.url, PRINT: credential({ token: "admin" }, v1beta1) };
  const exec = { apiVersion: v1beta1, provideClusterInfo: true, interactiveMode: null };
  expect(await list(connect({ exec, env, cluster }))).toBe("0 secrets");
  const told = {
    server: server.url,
    "tls-server-name": "localhost",
    "certificate-authority-data": Buffer.from(server.authority.certificate).toString("base64"),
    "disable-compression": true,
    config: { audience: "garden" },
  };
  expect(infos()).toEqual([
    { kind: "ExecCredential", apiVersion: v1beta1, spec: { cluster: told, interactive: false } },
  ]);
});

test("a credential without an end serves all clients of the process", async () => {
  const execCache = createExecCache();
  const clients = [1, 2, 3].map(() => connect({ options: { execCache } }));
  expect(await Promise.all(clients.map(list))).toEqual(["0 secrets", "0 secrets", "0 secrets"]);
  expect(await list(connect({ options: { execCache } }))).toBe("0 secrets");
  expect(infos()).toHaveLength(1);
});

test("another environment or another cluster is another credential", async () => {
  const execCache = createExecCache();
  await list(connect({ options: { execCache } }));
  await list(connect({ options: { execCache }, env: { OTHER: "1" } }));
  await list(connect({ options: { execCache }, cluster: { "tls-server-name": "localhost" } }));
  expect(infos()).toHaveLength(3);
});

test("a credential is used until it ends", async () => {
  let now = Date.UTC(2030, 0, 1);
  const execCache = createExecCache(() => now);
  const env = { PRINT: credential({ token: "admin", expirationTimestamp: "2030-01-01T01:00:00Z" }) };
  await list(connect({ env, options: { execCache } }));
  now += 3_599_000;
  await list(connect({ env, options: { execCache } }));
  expect(infos()).toHaveLength(1);
  now += 1000;
  await list(connect({ env, options: { execCache } }));
  expect(infos()).toHaveLength(2);
});

test("a token that ends in the middle of a list is asked for again", async () => {
  for (let index = 0; index < 5; index += 1)
    server.store.put("secrets", {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: `s${index}`, namespace: "garden-a" },
    });
  server.known.tokens.set("run-1", { name: "one", groups: ["system:masters"] });
  server.known.tokens.set("run-2", { name: "two", groups: ["system:masters"] });
  const client = connect({ env: { PRINT: credential({ token: "run-RUNS" }) } });
  const names: string[] = [];
  for await (const { items } of client.pages({ resource: resources.secrets, namespace: "garden-a", pageSize: 1 })) {
    names.push(...items.map((it) => it.metadata.name));
    server.known.tokens.delete("run-1");
  }
  client.close();
  expect([names, infos().length]).toEqual([["s0", "s1", "s2", "s3", "s4"], 2]);
});

test("a credential that is never taken is asked for twice and no more", async () => {
  const env = { PRINT: credential({ token: "wrong" }) };
  expect(await list(connect({ env }))).toBe("unauthorized: error: You must be logged in to the server (Unauthorized)");
  expect(infos()).toHaveLength(2);
});

test("a plugin may give a certificate", async () => {
  const { certificate, key } = server.authority.issue({ commonName: "alice", organizations: ["system:masters"] });
  const env = { PRINT: credential({ clientCertificateData: certificate, clientKeyData: key }) };
  expect(await list(connect({ env }))).toBe("0 secrets");
});

test("what a plugin says to people reaches them, and not the error", async () => {
  const heard: string[] = [];
  const env = { SAY: "go to https://login.example", EXIT: "1" };
  const said = await list(connect({ env, options: { onPluginMessage: (it) => heard.push(it) } }));
  expect([said, heard.join("")]).toEqual([
    "credentials: Unable to connect to the server: getting credentials: exec: executable node failed with exit code 1",
    "go to https://login.example\n",
  ]);
});

const failures: readonly (Setup & { readonly name: string; readonly says: string })[] = [
  {
    name: "hangs",
    env: { HANG: "1" },
    options: { requestTimeout: 300 },
    says: "timeout: …exec: executable node gave no answer within 0.3s (--request-timeout)",
  },
  {
    name: "prints rubbish",
    env: { PRINT: "hunter2" },
    says: "credentials: …exec plugin node printed something that is not JSON",
  },
  { name: "prints nothing", env: { PRINT: "" }, says: "credentials: …exec plugin node printed nothing" },
  {
    name: "prints another object",
    env: { PRINT: '{"kind":"Pod","token":"hunter2"}' },
    says: "credentials: …exec plugin node printed no ExecCredential",
  },
  {
    name: "speaks another version",
    env: { PRINT: credential({ token: "hunter2" }, v1beta1) },
    says: `credentials: …exec plugin node is configured to use API version ${v1}, and returned ${v1beta1}`,
  },
  {
    name: "gives no status",
    env: { PRINT: `{"kind":"ExecCredential","apiVersion":"${v1}"}` },
    says: "credentials: …exec plugin node returned no status",
  },
  {
    name: "gives an empty status",
    env: { PRINT: credential({}) },
    says: "credentials: …exec plugin node returned neither a token nor a certificate with its key",
  },
  {
    name: "gives half a certificate",
    env: { PRINT: credential({ token: "hunter2", clientKeyData: "hunter2" }) },
    says: "credentials: …exec plugin node returned only one of certificate and key",
  },
  {
    name: "gives a certificate that is none",
    env: { PRINT: credential({ clientCertificateData: "hunter2", clientKeyData: "hunter2" }) },
    says: "config: the certificate authority or the client certificate with its key cannot be read as PEM",
  },
  {
    name: "gives an end that is no time",
    env: { PRINT: credential({ token: "hunter2", expirationTimestamp: "soon" }) },
    says: "credentials: …exec plugin node returned an expirationTimestamp that is no time",
  },
  {
    name: "is missing",
    exec: { command: "no-such-plugin" },
    says: "credentials: …exec: executable no-such-plugin not found, install it",
  },
  {
    name: "is missing and has a hint",
    exec: { command: "./no-such-plugin", installHint: "\n  run brew install it\n  and try again\n" },
    says: "credentials: …exec: executable /no-such-plugin not found: run brew install it and try again",
  },
  {
    name: "needs a terminal",
    exec: { interactiveMode: "Always" },
    says: "credentials: …exec plugin cannot support interactive mode: standard input is not a terminal",
  },
  {
    name: "may not be started",
    options: { allowPlugins: false },
    says: "credentials: …node is an exec plugin, and none may be started here",
  },
];

test.each(failures)("a plugin that $name ends in one line", async ({ says, ...setup }) => {
  const said = await list(connect(setup));
  expect(said.replace("Unable to connect to the server: getting credentials: ", "…")).toBe(says);
});

test("an explicit token comes before a plugin", async () => {
  expect([await list(connect({ options: { flags: { token: "admin" } } })), infos()]).toEqual(["0 secrets", []]);
});

test("whoever gives up waiting leaves the plugin to the others", async () => {
  const execCache = createExecCache();
  const impatient = new AbortController();
  const first = connect({ options: { execCache } }).list({ resource: resources.secrets }, { signal: impatient.signal });
  const second = list(connect({ options: { execCache } }));
  setTimeout(() => impatient.abort(), 1);
  const outcomes = await Promise.allSettled([first, second]);
  expect(outcomes.map((it) => (it.status === "fulfilled" ? it.value : String(it.reason)))).toEqual([
    "GardenError: cancelled",
    "0 secrets",
  ]);
  expect(infos()).toHaveLength(1);
});

test("a plugin that nobody waits for any more is ended", async () => {
  const env = { HANG: "1", PID: join(folder, "pid") };
  await list(connect({ env, options: { requestTimeout: 1000 } }));
  const pid = Number(readFileSync(env.PID, "utf8"));
  const lives = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await vi.waitFor(() => expect(lives()).toBe(false));
});
