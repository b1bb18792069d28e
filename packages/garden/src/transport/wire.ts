import { Agent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import type { ConnectionOptions } from "node:tls";
import { startDeadline } from "../requests/deadline.ts";
import { openProxy, openSocket, proxyAuthorization } from "./socket.ts";
import { type ClientCertificate, prepareTls, type TlsTrust } from "./tls-options.ts";

/** A server and the way to it. */
export interface Route {
  readonly server: URL;
  readonly trust: TlsTrust;
  readonly proxy: URL | undefined;
}

/** One HTTP request. */
export interface WireRequest {
  readonly method: string;
  /** Path and query below the server's address. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string;
}

/** The connections to one server, each kept for the next request. */
export interface Wire {
  /** Sends a request and resolves with the head of its answer; rejects with Node's own errors. */
  send(request: WireRequest, certificate: ClientCertificate | undefined, signal: AbortSignal): Promise<IncomingMessage>;
  /** Ends all connections that are idle. */
  close(): void;
}

/** Prepares connections to a server; none is opened yet. */
export function createWire(route: Route): Wire {
  let current: { readonly certificate: ClientCertificate | undefined; readonly agents: Agents } | undefined;
  const agentsFor = (certificate: ClientCertificate | undefined): Agents => {
    if (current !== undefined && current.certificate === certificate) return current.agents;
    // A connection shows one certificate for ever, so a new one needs new connections.
    current?.agents.kept.destroyIdle();
    current = { certificate, agents: createAgents(route, certificate) };
    return current.agents;
  };
  return {
    send(request, certificate, signal) {
      const { kept, fresh } = agentsFor(certificate);
      return send(route, request.method === "GET" ? kept : fresh, request, signal);
    },
    close() {
      current?.agents.kept.destroy();
      current?.agents.fresh.destroy();
    },
  };
}

/** Writes get a connection of their own: one that the server has just closed would leave it open whether they were done. */
interface Agents {
  readonly kept: WireAgent;
  readonly fresh: WireAgent;
}

function createAgents(route: Route, certificate: ClientCertificate | undefined): Agents {
  const { server, trust } = route;
  const tls = server.protocol === "https:" ? prepareTls(trust, hostOf(server), certificate) : undefined;
  return { kept: new WireAgent(route, tls, true), fresh: new WireAgent(route, tls, false) };
}

/** An HTTP proxy forwards plain HTTP by itself, and tunnels the rest. */
function isForwarded({ server, proxy }: Route): boolean {
  return server.protocol === "http:" && proxy?.protocol.startsWith("http") === true;
}

class WireAgent extends Agent {
  readonly #route: Route;
  readonly #tls: ConnectionOptions | undefined;

  constructor(route: Route, tls: ConnectionOptions | undefined, keepAlive: boolean) {
    super({ keepAlive });
    this.#route = route;
    this.#tls = tls;
  }

  override createConnection(options: object, ready?: (error: Error | null, stream: Duplex) => void): undefined {
    const { server, trust } = this.#route;
    const proxy = this.#route.proxy && { url: this.#route.proxy, trust };
    const port = Number(server.port || (this.#tls ? 443 : 80));
    // Whoever ends the request ends the attempt; a connection that stands may serve others.
    const attempt = startDeadline(signalOf(options), 0);
    const opened =
      proxy !== undefined && isForwarded(this.#route)
        ? openProxy(proxy, attempt.signal)
        : openSocket({ host: hostOf(server), port }, { tls: this.#tls, proxy }, attempt.signal);
    opened.finally(attempt.release).then(
      (socket) => ready?.(null, socket),
      // Node passes the error on before it looks at the stream.
      (error) => Reflect.apply(ready ?? (() => undefined), undefined, [error]),
    );
  }

  destroyIdle(): void {
    for (const socket of Object.values(this.freeSockets).flat()) socket?.destroy();
  }
}

function signalOf(options: object): AbortSignal | undefined {
  return "ended" in options && options.ended instanceof AbortSignal ? options.ended : undefined;
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function send(route: Route, agent: WireAgent, request: WireRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { server, proxy } = route;
  const { method, body } = request;
  const forwarded = isForwarded(route);
  const path = `${server.pathname.replace(/\/$/, "")}${request.path}`;
  const login = forwarded && proxy !== undefined ? proxyAuthorization(proxy) : undefined;
  const headers = {
    ...request.headers,
    host: server.host,
    ...(login && { "proxy-authorization": login }),
    ...(body !== undefined && { "content-length": Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    // Node keeps `signal` from the agent, so it goes under another name, too.
    const options = { ended: signal, agent, method, path: forwarded ? server.origin + path : path, headers, signal };
    const sent = httpRequest({ ...options, host: server.hostname, port: server.port || 80 });
    sent.once("response", resolve);
    sent.once("error", reject);
    sent.end(body);
  });
}
