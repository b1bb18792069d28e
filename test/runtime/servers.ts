import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from "node:net";

/** Answers a request, as the handler of an HTTP server. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What a case has running, and how to end it. */
export interface Stage {
  readonly closers: (() => void)[];
}

/** Listens on a port of the loopback that the system picks, until the stage is closed. */
function listen(stage: Stage, server: Server | TcpServer, host = "127.0.0.1"): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  stage.closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Serves HTTP and gives the port. */
export function serve(stage: Stage, handler: Handler, host?: string): Promise<number> {
  return listen(stage, createServer(handler), host);
}

/** Serves HTTPS and gives the port. */
export function serveTls(
  stage: Stage,
  handler: Handler,
  pair: { readonly key: string; readonly cert: string },
): Promise<number> {
  return listen(stage, createTlsServer(pair, handler));
}

/** Serves bytes, whatever is asked. */
export function serveBytes(stage: Stage, answer: (socket: Socket) => void): Promise<number> {
  return listen(
    stage,
    createTcpServer((socket) => socket.once("data", () => answer(socket))),
  );
}

/**
 * A proxy that leads names to ports of the loopback: `{ "registry.example.com:80": 40123 }`. It stands in for DNS, which
 * a test cannot change; the cache and the probe both go through it.
 */
export function serveNames(stage: Stage, names: { readonly [host: string]: number }): Promise<number> {
  const proxy = createServer((incoming, response) => {
    const url = URL.parse(incoming.url ?? "");
    const port = names[`${url?.hostname}:${url?.port || 80}`];
    if (url === null || port === undefined) {
      response.writeHead(502).end();
      return;
    }
    const { method, headers } = incoming;
    const asked = request(
      { host: "127.0.0.1", port, method, path: `${url.pathname}${url.search}`, headers },
      (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
        reply.pipe(response);
      },
    );
    asked.on("error", () => response.destroy());
    incoming.pipe(asked);
  });
  proxy.on("connect", (incoming, socket: Socket) => {
    const port = names[incoming.url ?? ""];
    if (port === undefined) {
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  return listen(stage, proxy);
}

/** Passes requests on to another port, each path as it came. */
export function passTo(port: number): Handler {
  return (incoming, response) => {
    const { method, url: path, headers } = incoming;
    const asked = request({ host: "127.0.0.1", port, method, path, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
      reply.pipe(response);
    });
    asked.on("error", () => response.destroy());
    incoming.pipe(asked);
  };
}
