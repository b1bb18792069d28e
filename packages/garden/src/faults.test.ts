import { createServer, type Socket } from "node:net";
import { type ApiServer, createAuthority, kubeconfigFor, startApiServer } from "@registry-cache/testkit";
import { afterEach, expect, test } from "vitest";
import { type ConnectOptions, connectGarden, errorLine, isGardenError, resources } from "./index.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
});

async function start(options: Parameters<typeof startApiServer>[0] = {}): Promise<ApiServer> {
  const server = await startApiServer({ namespaces: ["garden-a"], ...options });
  open.push(server);
  return server;
}

/** A server that is no API server: it does this with each connection. */
async function listen(serve: (socket: Socket) => unknown): Promise<string> {
  const server = createServer();
  server.on("connection", serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(server);
  const address = server.address();
  return typeof address === "object" && address ? `127.0.0.1:${address.port}` : "";
}

const hurried = { wait: async () => undefined, random: () => 0 };
const secrets = { resource: resources.secrets, namespace: "garden-a" };

/** The class of the error and its line, with the server's address and any time replaced. */
async function failure(kubeconfigText: string, options: ConnectOptions = {}): Promise<string> {
  const client = connectGarden({ kubeconfigText, env: {}, pace: hurried, ...options });
  try {
    await client.list(secrets);
    return "no error";
  } catch (error) {
    if (!isGardenError(error)) throw error;
    const line = errorLine(error).replaceAll(client.server.host, "HOST");
    return `${error.kind}: ${line.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/, "NOW")}`;
  } finally {
    client.close();
  }
}

const hour = 3_600_000;
const unverified = "certificate: Unable to connect to the server: tls: failed to verify certificate: x509:";

test("a certificate that has expired", async () => {
  const server = await start({ tls: { notBefore: Date.now() - 2 * hour, notAfter: Date.now() - hour } });
  expect(await failure(kubeconfigFor(server))).toBe(
    `${unverified} certificate has expired; this machine's clock says NOW`,
  );
});

test("a certificate that is not yet valid, since a clock is wrong", async () => {
  const server = await start({ tls: { notBefore: Date.now() + hour, notAfter: Date.now() + 2 * hour } });
  expect(await failure(kubeconfigFor(server))).toBe(
    `${unverified} certificate is not yet valid; this machine's clock says NOW`,
  );
});

test("another authority", async () => {
  const server = await start();
  const other = { url: server.url, authority: createAuthority("Authority of a test") };
  expect(await failure(kubeconfigFor(other))).toBe(`${unverified} certificate signed by unknown authority`);
  const named = { url: server.url, authority: createAuthority("Somebody else") };
  expect(await failure(kubeconfigFor(named))).toBe(`${unverified} certificate signed by unknown authority`);
  const cluster = { "certificate-authority-data": Buffer.from("no certificate").toString("base64") };
  expect(await failure(kubeconfigFor(server, { cluster }))).toBe(
    "config: error: the cluster's certificate authority holds no certificate in PEM",
  );
});

test("another name", async () => {
  const server = await start({ tls: { names: ["garden.example", "10.0.0.1"] } });
  expect(await failure(kubeconfigFor(server))).toBe(
    `${unverified} certificate is valid for garden.example, 10.0.0.1, not 127.0.0.1`,
  );
  const cluster = { "tls-server-name": "garden.example" };
  expect(await failure(kubeconfigFor(server, { cluster }))).toBe("no error");
  const address = { "tls-server-name": "10.0.0.1" };
  expect(await failure(kubeconfigFor(server, { cluster: address }))).toBe("no error");
  const other = { "tls-server-name": "other.example" };
  expect(await failure(kubeconfigFor(server, { cluster: other }))).toBe(
    `${unverified} certificate is valid for garden.example, 10.0.0.1, not other.example`,
  );
});

test("nobody checks the certificate when that is asked for", async () => {
  const server = await start({ tls: { names: ["garden.example"], notAfter: Date.now() - 1 } });
  const flags = { insecureSkipTlsVerify: true };
  expect(await failure(kubeconfigFor(server), { flags })).toBe("no error");
});

test("a client certificate of another authority", async () => {
  const server = await start();
  const { certificate, key } = createAuthority().issue({ commonName: "mallory", organizations: ["system:masters"] });
  const data = (it: string): string => Buffer.from(it).toString("base64");
  const user = { "client-certificate-data": data(certificate), "client-key-data": data(key) };
  expect(await failure(kubeconfigFor(server, { user }))).toBe(
    "unauthorized: error: You must be logged in to the server (Unauthorized)",
  );
});

test("a name that does not resolve", async () => {
  const server = await start();
  const flags = { server: "https://garden.invalid" };
  expect(await failure(kubeconfigFor(server), { flags })).toMatch(
    /^network: Unable to connect to the server: dial tcp: lookup HOST: (no such host|the name server does not answer)$/,
  );
});

test("a port where nobody listens", async () => {
  const server = await start();
  await server.close();
  open.splice(0);
  expect(await failure(kubeconfigFor(server))).toBe(
    "refused: The connection to the server HOST was refused - did you specify the right host or port?",
  );
});

test("TLS asked of a server that speaks none, and the other way round", async () => {
  const plain = await start({ tls: false });
  const flags = { server: plain.url.replace("http:", "https:"), insecureSkipTlsVerify: true };
  expect(await failure(kubeconfigFor(plain), { flags })).toBe(
    "certificate: Unable to connect to the server: HOST does not speak TLS; is it an http:// server?",
  );
  const secure = await start();
  const other = { server: secure.url.replace("https:", "http:") };
  expect(await failure(kubeconfigFor(secure), { flags: other })).toMatch(
    /^(network|protocol): Unable to connect to the server: HOST /,
  );
});

test("a server that never answers", async () => {
  const server = await start();
  server.faults.add({ effect: { hang: true } });
  expect(await failure(kubeconfigFor(server), { requestTimeout: 100 })).toBe(
    "timeout: Unable to connect to the server: HOST gave no answer within 0.1s (--request-timeout)",
  );
});

test("a server that is slow in the middle of its answer", async () => {
  const address = await listen((socket) => {
    socket.on("error", () => undefined);
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"kind":');
  });
  const server = await start();
  expect(await failure(kubeconfigFor(server), { requestTimeout: 100, flags: { server: `http://${address}` } })).toBe(
    "timeout: Unable to connect to the server: HOST gave no answer within 0.1s (--request-timeout)",
  );
});

test("a port that takes the connection and never speaks TLS", async () => {
  const address = await listen((socket) => socket.on("error", () => undefined).resume());
  const server = await start();
  expect(await failure(kubeconfigFor(server), { requestTimeout: 100, flags: { server: `https://${address}` } })).toBe(
    "timeout: Unable to connect to the server: HOST gave no answer within 0.1s (--request-timeout)",
  );
});

test("a server that closes every connection", async () => {
  const address = await listen((socket) => socket.destroy());
  const server = await start();
  expect(await failure(kubeconfigFor(server), { flags: { server: `https://${address}` } })).toMatch(
    /^network: Unable to connect to the server: (HOST closed the connection|the server closed the connection)/,
  );
});

test("a login that is not taken, while the clocks differ", async () => {
  const server = await start();
  const date = new Date(Date.now() + 2 * hour).toUTCString();
  server.faults.add({ effect: { headers: { date } } });
  expect(await failure(kubeconfigFor(server, { user: { token: "wrong" } }))).toBe(
    "unauthorized: error: You must be logged in to the server (Unauthorized); this machine's clock is 120 minutes behind the server's",
  );
});

test("a proxy in between that answers by itself", async () => {
  const server = await start();
  server.faults.add({ times: 9, effect: { answer: 502, body: "<html>hunter2</html>" } });
  expect(await failure(kubeconfigFor(server))).toBe(
    "server: Error from server (InternalError): an error on the server has prevented the request from succeeding (HTTP 502)",
  );
});

test("a redirect is not followed, for it could lead a token away", async () => {
  const server = await start();
  server.faults.add({ effect: { answer: 302, headers: { location: "https://elsewhere.example" }, body: "" } });
  expect(await failure(kubeconfigFor(server))).toBe(
    "protocol: error: HOST answers by a redirect (HTTP 302), which no API server does",
  );
});

test("a write whose answer is lost may have been done, and is not sent again", async () => {
  const server = await start();
  const client = connectGarden({ kubeconfigText: kubeconfigFor(server), env: {}, pace: hurried });
  server.faults.add({ method: "POST", effect: { reset: true } });
  const object = { apiVersion: "v1", kind: "Secret", metadata: { name: "s", namespace: "garden-a" } };
  const error: unknown = await client.create(resources.secrets, object).catch((it: unknown) => it);
  expect(isGardenError(error) && [error.kind, error.details.maybeDone]).toEqual(["network", true]);
  expect(server.requests.map((it) => it.method)).toEqual(["POST"]);
  server.faults.add({ method: "POST", effect: { answer: 429, headers: { "retry-after": "1" } } });
  expect((await client.create(resources.secrets, object)).metadata.name).toBe("s");
  client.close();
});

test("a write has a connection of its own, and reads share one", async () => {
  const server = await start();
  const client = connectGarden({ kubeconfigText: kubeconfigFor(server), env: {} });
  await client.list(secrets);
  await client.create(resources.secrets, {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", namespace: "garden-a" },
  });
  client.close();
  expect(server.requests.map((it) => `${it.method} ${it.headers.connection}`)).toEqual([
    "GET keep-alive",
    "POST close",
  ]);
});

test("whoever asks to stop is heard at once", async () => {
  const server = await start();
  server.faults.add({ times: 9, effect: { hang: true } });
  const client = connectGarden({ kubeconfigText: kubeconfigFor(server), env: {} });
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 20);
  const error: unknown = await client.list(secrets, { signal: stop.signal }).catch((it: unknown) => it);
  expect(isGardenError(error) && `${error.kind}: ${error.message}`).toBe("cancelled: cancelled");
  const again: unknown = await client.list(secrets, { signal: stop.signal }).catch((it: unknown) => it);
  expect(isGardenError(again) && again.kind).toBe("cancelled");
  client.close();
});
