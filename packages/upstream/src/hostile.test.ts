import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { type ProbeReport, probe } from "./probe.ts";

const credential = { username: "planted-user", password: "PLANTED/PASSWORD" };
const image = { name: "team/app", reference: "v1" };

/** The connections of the server that listens last. */
let sockets = new Set<Socket>();

/** What was sent to whoever asked, in bytes: it does not grow with the time that a busy machine takes. */
function sent(): number {
  return [...sockets].reduce((sum, it) => sum + it.bytesWritten, 0);
}

/** Of what is sent without end at most so much is taken, with the buffers of the system for each connection. */
const taken = 128 << 20;

async function listen(server: Server): Promise<string> {
  const own = new Set<Socket>();
  sockets = own;
  server.on("connection", (socket: Socket) => own.add(socket.on("error", () => undefined)));
  onTestFinished(() => {
    server.close();
    for (const socket of own) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends the same bytes for as long as anybody reads them. */
function flood(head: string, more: string): (socket: Socket) => void {
  return (socket) => {
    const fill = (): void => {
      while (!socket.destroyed && socket.write(more));
    };
    socket.once("data", () => {
      socket.on("drain", fill).write(head);
      fill();
    });
  };
}

/** So long, in milliseconds, is waited for a server that is to be found out before: the machine may be busy. */
const patience = 30_000;

function ask(remoteURL: string, timeoutMilliseconds = patience): Promise<ProbeReport> {
  return probe({ remoteURL, credential, image, timeoutMilliseconds, now: 0 });
}

const evidenceOf = ({ facts }: ProbeReport, id: string): string | undefined =>
  facts.find((it) => it.id === id)?.evidence;
const secretsIn = (report: ProbeReport): readonly string[] =>
  [
    credential.username,
    credential.password,
    "PLANTED",
    Buffer.from(`${credential.username}:`).toString("base64").slice(0, 16),
  ].filter((it) => JSON.stringify(report).includes(it));

const head = "HTTP/1.1 200 OK\r\n";
const bytes: readonly (readonly [string, (socket: Socket) => void, RegExp, timeoutMilliseconds: number])[] = [
  [
    "a header without end",
    flood(`${head}x: `, "y".repeat(65_536)),
    /the headers of the answer are too large/,
    patience,
  ],
  ["headers without end", flood(head, "x: y\r\n".repeat(1000)), /the headers of the answer are too large/, patience],
  [
    "a first line without end",
    flood("HTTP/1.1 200 ", "y".repeat(65_536)),
    /the headers of the answer are too large|no answer within|is no HTTP/,
    2000,
  ],
  ["one byte at a time", (socket) => dribble(socket), /no answer within 2 s/, 2000],
  ["nothing", () => undefined, /no answer within 2 s/, 2000],
  ["another protocol", (socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"), /the answer is no HTTP/, patience],
  [
    "a reset",
    (socket) => socket.once("data", () => socket.resetAndDestroy()),
    /the connection was closed without an answer/,
    patience,
  ],
];

function dribble(socket: Socket): void {
  socket.write(`${head}x: `);
  const timer = setInterval(() => socket.write("y"), 100);
  socket.on("close", () => clearInterval(timer));
}

test.each(bytes)("a server that sends %s costs bounded time and memory", async (_, answer, expected, timeout) => {
  const remoteURL = await listen(createTcpServer(answer));
  const before = process.memoryUsage().rss;
  const report = await ask(remoteURL, timeout);
  expect(evidenceOf(report, "reachable")).toMatch(expected);
  expect(report.verdict).toMatch(/cannot-pull|unreachable/);
  expect(process.memoryUsage().rss - before).toBeLessThan(300 << 20);
  expect(sent()).toBeLessThan(taken);
});

const wants = 'HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm="x"\r\n';

test.each([
  ["a body without end", flood(`${wants}\r\n`, "y".repeat(65_536))],
  [
    "a packed body without end",
    flood(`${wants}content-encoding: gzip\r\n\r\n`, gzipSync(Buffer.alloc(1 << 20)).toString("latin1")),
  ],
])("a registry that sends %s behind its challenge is understood all the same", async (_, answer) => {
  const report = await ask(await listen(createTcpServer(answer)));
  expect([evidenceOf(report, "reachable"), report.verdict]).toEqual([
    expect.stringMatching(/answers with status 401$/),
    "cannot-pull",
  ]);
  expect(sent()).toBeLessThan(taken);
});

/** A registry whose token server is this. */
function issuer(answer: RequestListener): Server {
  return createServer((request, response) => {
    if (request.url?.startsWith("/token")) return answer(request, response);
    const realm = `http://${request.headers.host}/token`;
    response.writeHead(401, { "www-authenticate": `Bearer realm="${realm}"` }).end();
  });
}

const bomb = gzipSync(Buffer.alloc(100 << 20));
const issuers: readonly (readonly [string, RequestListener, string])[] = [
  [
    "unpacks to 100 MB",
    (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    "the cache gets no token: its answer is too long or broken off",
  ],
  [
    "never ends",
    (_, response) => {
      const fill = (): void => {
        while (!response.destroyed && response.write(" ".repeat(65_536)));
      };
      response.writeHead(200).on("drain", fill);
      fill();
    },
    "the cache gets no token: its answer is too long or broken off",
  ],
  [
    "redirects to itself",
    (_, response) => void response.writeHead(302, { location: "/token" }).end(),
    "the cache gets no token: more than 10 redirects",
  ],
  [
    "redirects to a file",
    (_, response) => void response.writeHead(302, { location: "file:///etc/passwd" }).end(),
    "the cache gets no token: is no http or https URL",
  ],
  [
    "is deep JSON",
    (_, response) => void response.end("[".repeat(100_000)),
    "the cache gets no token: its answer is no JSON object with a token as Go reads it",
  ],
];

test.each(issuers)("an answer of a token server that %s is given up", async (_, answer, expected) => {
  const report = await ask(await listen(issuer(answer)));
  expect([evidenceOf(report, "cache-pulls"), report.verdict]).toEqual([expected, "cannot-pull"]);
  expect(sent()).toBeLessThan(taken);
});

test("what a server repeats of a credential is not shown", async () => {
  const server = issuer((request, response) => {
    const { authorization = "" } = request.headers;
    const plain = Buffer.from(authorization.slice(6), "base64").toString();
    response.writeHead(401, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        details: `wrong: ${authorization}, ${plain}, ${encodeURIComponent(credential.password)}, ${request.url}`,
      }),
    );
  });
  const report = await ask(await listen(server));
  expect(evidenceOf(report, "login")).toMatch(/: "wrong: Basic \*\*\*, \*\*\*:\*\*\*, \*\*\*, /);
  expect(secretsIn(report)).toEqual([]);
});

test("a credential that was refused is not sent again", async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    if (request.headers.authorization) seen.push(`${request.method} ${request.url}`);
    response.writeHead(401, { "www-authenticate": "Basic realm=x" }).end();
  });
  await ask(await listen(server));
  expect(seen).toEqual(["HEAD /v2/team/app/manifests/v1"]);
});

test("a token is asked for once", async () => {
  const seen: string[] = [];
  const server = issuer((request, response) => {
    seen.push(request.url ?? "");
    response.end('{"token":"x"}');
  });
  await ask(await listen(server));
  expect(seen).toEqual(["/token?account=planted-user&scope=repository%3Ateam%2Fapp%3Apull"]);
});

test.each([
  ["60", "after 60 s"],
  ["Wed, 21 Oct 2026 07:28:00 GMT", "after Wed, 21 Oct 2026 07:28:00 GMT"],
  ["PLANTED", "later"],
  [undefined, "later"],
])("a server that says to retry after %j is repeated where that is a time", async (after, told) => {
  const server = createServer(
    (_, response) => void response.writeHead(429, after === undefined ? {} : { "retry-after": after }).end(),
  );
  const report = await ask(await listen(server));
  expect(report.facts.find((it) => it.id === "rate-limit")?.next).toBe(`too many requests, try again ${told}`);
});

test("the requests that are left are told, and how long to wait", async () => {
  const server = createServer((request, response) => {
    const limits = { "ratelimit-limit": "100;w=21600", "ratelimit-remaining": "0;w=21600", "retry-after": "60" };
    response.writeHead(request.url === "/v2/" ? 200 : 429, limits).end();
  });
  const report = await ask(await listen(server));
  expect(report.facts.find((it) => it.id === "rate-limit")).toEqual({
    id: "rate-limit",
    status: "no",
    evidence: "0 pulls left of 100 in 360 minutes",
    next: "too many requests, try again after 60 s",
  });
});
