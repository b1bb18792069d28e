import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import { openConnection, ProxyError, proxyFor, type Route } from "./connect.ts";
import { explainFailure } from "./explain-failure.ts";
import { failure, headerOf, type Outcome, type Reply, type WireRequest } from "./outcome.ts";
import { parseUrl } from "./parse-url.ts";

/** What Go's client takes of headers (net/http Transport.MaxResponseHeaderBytes). */
const maxHeaderBytes = 10 << 20;
/** Nobody sends so many; Node keeps each as two strings. */
const maxHeaders = 10_000;

/** How long a request may take as a whole, and where it goes. */
export interface ExchangeOptions extends Route {
  readonly timeoutMilliseconds: number;
  /** Whoever asks gives up: the promise is rejected with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Sends one request and gives its answer or why there is none: in bounded time and memory, whatever the server does. */
export async function exchange(request: WireRequest, options: ExchangeOptions): Promise<Outcome> {
  const url = parseUrl(request.url);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return failure(request.url, "unsupported", "is no http or https URL");
  }
  options.signal?.throwIfAborted();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), options.timeoutMilliseconds);
  const signal = options.signal ? AbortSignal.any([limit.signal, options.signal]) : limit.signal;
  let socket: Socket | undefined;
  try {
    socket = await openConnection(url, options, signal);
    return await converse(request, { url, socket, route: options, signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    if (limit.signal.aborted) {
      return failure(request.url, "timeout", `no answer within ${options.timeoutMilliseconds / 1000} s`);
    }
    if (error instanceof ProxyError) return failure(request.url, "proxy", error.message);
    return explainFailure(request.url, error);
  } finally {
    clearTimeout(timer);
    socket?.destroy();
  }
}

interface Line {
  readonly url: URL;
  readonly socket: Socket;
  readonly route: Route;
  readonly signal: AbortSignal;
}

function converse(request: WireRequest, { url, socket, route, signal }: Line): Promise<Reply> {
  const { method, authorization, accept, bodyLimit } = request;
  const throughProxy = url.protocol === "http:" && proxyFor(url, route) !== undefined;
  const path = `${url.pathname}${url.search}`;
  return new Promise((resolve, reject) => {
    const asked = httpRequest({
      // No agent: one would open a connection of its own.
      createConnection: () => socket,
      method,
      path: throughProxy ? `${url.origin}${path}` : path,
      headers: {
        host: url.host,
        "user-agent": "kubectl-registry-cache",
        connection: "close",
        ...(method === "GET" ? { "accept-encoding": "gzip" } : {}),
        ...(accept === undefined ? {} : { accept: [...accept] }),
        ...(authorization === undefined ? {} : { authorization }),
      },
      maxHeaderSize: maxHeaderBytes,
      signal,
    });
    asked.maxHeadersCount = maxHeaders;
    asked.on("error", reject);
    asked.once("response", (message) => {
      readBody(message, method === "HEAD" ? 0 : bodyLimit).then(
        (body) => resolve(toReply(request.url, message, body)),
        reject,
      );
    });
    asked.end();
  });
}

function toReply(url: string, { statusCode = 0, rawHeaders }: IncomingMessage, bytes: Buffer | undefined): Reply {
  const headers = rawHeaders.flatMap((name, index) => {
    const value = rawHeaders[index + 1] ?? "";
    // Node reads headers byte by byte, others as UTF-8.
    return index % 2 === 0 ? [[name.toLowerCase(), Buffer.from(value, "latin1").toString("utf8")] as const] : [];
  });
  return { kind: "reply", url, status: statusCode, headers, body: bytes?.toString("utf8") };
}

/** Reads a body up to a limit, unpacked; undefined when it is longer or breaks off. */
async function readBody(message: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (limit === 0) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > limit) return undefined;
    chunks.push(bytes);
  }
  const body = Buffer.concat(chunks);
  return message.headers["content-encoding"] === "gzip" ? unpack(body, limit) : body;
}

function unpack(body: Buffer, limit: number): Buffer | undefined {
  try {
    return gunzipSync(body, { maxOutputLength: limit });
  } catch {
    return undefined;
  }
}

/** Where a reply sends the client on; undefined where it is no redirect. One without a place is an answer like any other. */
export function redirectOf(reply: Reply): string | undefined {
  return [301, 302, 303, 307, 308].includes(reply.status) ? headerOf(reply, "location") || undefined : undefined;
}
