import { createServer, type IncomingMessage, request } from "node:http";
import { createServer as createHttps } from "node:https";
import { connect, createServer as createTcp, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import {
  type ApiServer,
  type Authority,
  createAuthority,
  kubeconfigFor,
  startApiServer,
} from "@registry-cache/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectGarden, isGardenError, resources } from "../index.ts";

let server: ApiServer;
const open: Server[] = [];
/** What the proxies were asked for. */
const asked: string[] = [];

beforeEach(async () => {
  asked.length = 0;
  server = await startApiServer({ namespaces: ["garden-a"] });
});

afterEach(async () => {
  await server.close();
  for (const it of open.splice(0)) it.close();
});

async function listen(proxy: Server): Promise<number> {
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  open.push(proxy);
  const address = proxy.address();
  if (typeof address !== "object" || address === null) throw new Error("unreachable: it listens");
  return address.port;
}

/** A name that only proxies resolve, so that nothing gets there without one. */
const name = "garden.example";

function onConnect({ url = "", headers }: IncomingMessage, socket: Duplex): void {
  asked.push(`CONNECT ${url.replace(/:\d+$/, "")} ${headers["proxy-authorization"] ?? "-"}`);
  const strict = url.startsWith("login") && headers["proxy-authorization"] === undefined;
  if (strict || headers["proxy-authorization"] === "Basic d3Jvbmc6eA==")
    return void socket.end("HTTP/1.1 407 No\r\n\r\n");
  if (url.startsWith("forbidden")) return void socket.end("HTTP/1.1 403 No\r\n\r\n");
  tunnel(socket, Number(url.split(":")[1]), "HTTP/1.1 200 OK\r\n\r\n");
}

function tunnel(socket: Duplex, port: number, hello: string | Uint8Array): void {
  const upstream = connect(port, "127.0.0.1", () => {
    socket.write(hello);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on("error", () => socket.destroy());
  socket.on("error", () => upstream.destroy());
}

/** A SOCKS5 proxy that wants a name and a password where `login` says so. */
function serveSocks(login: boolean): (socket: Socket) => Promise<void> {
  return async (socket) => {
    const read = async (count: number): Promise<Buffer> => {
      for (;;) {
        const bytes: Buffer | null = socket.read(count);
        if (bytes !== null) return bytes;
        await new Promise((resolve) => socket.once("readable", resolve));
      }
    };
    const [, methods = 0] = await read(2);
    await read(methods);
    socket.write(Uint8Array.of(5, login ? 2 : 0));
    let who = "-";
    if (login) {
      const [, length = 0] = await read(2);
      const user = await read(length);
      const password = await read((await read(1))[0] ?? 0);
      who = `${user} ${password}`;
      socket.write(Uint8Array.of(1, String(user) === "wrong" ? 1 : 0));
    }
    const [, , , kind] = await read(4);
    const host = kind === 3 ? String(await read((await read(1))[0] ?? 0)) : (await read(kind === 1 ? 4 : 16)).join(".");
    const port = (await read(2)).readUInt16BE();
    asked.push(`SOCKS ${host} ${who}`);
    if (host === "forbidden.example") return void socket.end(Uint8Array.of(5, 2, 0, 1, 0, 0, 0, 0, 0, 0));
    tunnel(socket, port, Uint8Array.of(5, 0, 0, 1, 127, 0, 0, 1, 0, 1));
  };
}

interface Way {
  readonly cluster?: object;
  readonly env?: { readonly [name: string]: string };
  readonly host?: string;
}

async function list({ cluster = {}, env = {}, host = name }: Way): Promise<string> {
  const url = server.url.replace("127.0.0.1", host);
  const kubeconfigText = kubeconfigFor(
    { url, authority: server.authority },
    { cluster: { "tls-server-name": "localhost", ...cluster } },
  );
  const client = connectGarden({ kubeconfigText, env });
  try {
    return `${(await client.list({ resource: resources.secrets })).items.length} secrets`;
  } catch (error) {
    return isGardenError(error) ? `${error.kind}: ${error.message.replace(/:\d{4,5}\b/g, ":PORT")}` : String(error);
  } finally {
    client.close();
  }
}

test("HTTPS_PROXY tunnels to the server, by its name", async () => {
  const port = await listen(createServer().on("connect", onConnect));
  const env = { HTTPS_PROXY: `http://me:hunter2@127.0.0.1:${port}` };
  expect([await list({ env }), asked]).toEqual(["0 secrets", [`CONNECT ${name} Basic bWU6aHVudGVyMg==`]]);
});

test("proxy-url of the cluster comes before the environment, and before NO_PROXY", async () => {
  const port = await listen(createServer().on("connect", onConnect));
  const cluster = { "proxy-url": `http://127.0.0.1:${port}` };
  expect([await list({ cluster, env: { HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "*" } }), asked]).toEqual([
    "0 secrets",
    [`CONNECT ${name} -`],
  ]);
});

/** A proxy over TLS whose certificate is of an authority. */
async function listenTls(authority: Authority): Promise<{ readonly HTTPS_PROXY: string }> {
  const { certificate, key } = authority.issue({ commonName: "proxy", names: ["127.0.0.1"] });
  const port = await listen(createHttps({ cert: certificate, key }).on("connect", onConnect));
  return { HTTPS_PROXY: `https://127.0.0.1:${port}` };
}

test("a proxy over TLS is checked as any server is", async () => {
  const unknown = createAuthority();
  expect(await list({ env: await listenTls(unknown) })).toBe(
    "certificate: Unable to connect to the server: the proxy 127.0.0.1:PORT: tls: failed to verify certificate: x509: certificate signed by unknown authority",
  );
});

test("a proxy over TLS is trusted as the cluster is, for kubectl does so", async () => {
  const insecure = { "insecure-skip-tls-verify": true, "certificate-authority-data": null, "tls-server-name": null };
  const said = [
    await list({ env: await listenTls(server.authority) }),
    await list({ env: await listenTls(createAuthority()), cluster: insecure }),
  ];
  expect(said).toEqual(["0 secrets", "0 secrets"]);
});

test("a login without a name is one, as in Go", async () => {
  const port = await listen(createServer().on("connect", onConnect));
  await list({ env: { HTTPS_PROXY: `http://:hunter2@127.0.0.1:${port}` } });
  expect(asked).toEqual([`CONNECT ${name} Basic ${Buffer.from(":hunter2").toString("base64")}`]);
});

test("plain HTTP is forwarded by an HTTP proxy", async () => {
  await server.close();
  server = await startApiServer({ tls: false });
  const proxy = createServer((incoming, out) => {
    const { pathname, search, host } = new URL(incoming.url ?? "");
    asked.push(`${incoming.method} ${host.replace(/:\d+$/, "")}${pathname}${search}`);
    const { port } = new URL(server.url);
    incoming.pipe(
      request(
        { host: "127.0.0.1", port, method: incoming.method, path: pathname + search, headers: incoming.headers },
        (answer) => {
          out.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(out);
        },
      ),
    );
  });
  const port = await listen(proxy);
  expect([await list({ env: { HTTP_PROXY: `127.0.0.1:${port}` } }), asked]).toEqual([
    "0 secrets",
    [`GET ${name}/api/v1/secrets?limit=500`],
  ]);
});

test.each([
  ["a name", false, "", name],
  ["a name and a login", true, "me:hunter2@", name],
  ["an address", false, "", "127.0.0.2"],
])("a SOCKS5 proxy is given %s", async (_, login, user, host) => {
  const port = await listen(createTcp((socket) => void serveSocks(login)(socket)));
  const cluster = { "proxy-url": `socks5://${user}127.0.0.1:${port}` };
  expect([await list({ cluster, host }), asked]).toEqual([
    "0 secrets",
    [`SOCKS ${host} ${login ? "me hunter2" : "-"}`],
  ]);
});

test.each([
  [
    "http://wrong:x@",
    name,
    "network: Unable to connect to the server: the proxy 127.0.0.1:PORT wants another login (407)",
  ],
  [
    "http://",
    "login.example",
    "network: Unable to connect to the server: the proxy 127.0.0.1:PORT wants a login (407)",
  ],
  [
    "http://",
    "forbidden.example",
    "network: Unable to connect to the server: the proxy 127.0.0.1:PORT refused the way to forbidden.example:PORT (403)",
  ],
])("a proxy %s that lets nobody through to %s", async (start, host, says) => {
  const port = await listen(createServer().on("connect", onConnect));
  expect(await list({ cluster: { "proxy-url": `${start}127.0.0.1:${port}` }, host })).toBe(says);
});

test.each([
  ["its rules do not allow it", false, "", "forbidden.example"],
  ["it wants another login", true, "wrong:x@", name],
  ["it wants another login", true, "", name],
])("a SOCKS5 proxy that says: %s", async (says, login, user, host) => {
  const port = await listen(createTcp((socket) => void serveSocks(login)(socket)));
  const said = await list({ cluster: { "proxy-url": `socks5://${user}127.0.0.1:${port}` }, host });
  expect(said).toBe(
    `network: Unable to connect to the server: the SOCKS5 proxy 127.0.0.1:PORT did not connect us to ${host}:PORT: ${says}`,
  );
});

test("a proxy that is not there, and one that is none", async () => {
  const port = await listen(createTcp((socket) => socket.destroy()));
  const other = await listen(createTcp((socket) => void socket.end("hello\r\n\r\n")));
  expect([
    await list({ cluster: { "proxy-url": `http://127.0.0.1:${other}` } }),
    await list({ cluster: { "proxy-url": "http://127.0.0.1:1" } }),
    await list({ cluster: { "proxy-url": `http://127.0.0.1:${port}` } }),
    await list({ cluster: { "proxy-url": `socks5://127.0.0.1:${port}` } }),
    await list({ cluster: { "proxy-url": "http://proxy.invalid" } }),
  ]).toEqual([
    "protocol: Unable to connect to the server: the proxy 127.0.0.1:PORT does not answer in HTTP",
    "refused: Unable to connect to the server: the proxy 127.0.0.1:1 refused the connection",
    "network: Unable to connect to the server: the proxy 127.0.0.1:PORT closed the connection",
    `network: Unable to connect to the server: the SOCKS5 proxy 127.0.0.1:PORT did not connect us to ${name}:PORT: it closed the connection`,
    "network: Unable to connect to the server: the proxy proxy.invalid has a host that does not resolve",
  ]);
});
