import { request as httpRequest } from "node:http";
import { type OnReadOpts, type Socket, type SocketConstructorOpts, connect as tcpConnect } from "node:net";
import { type ConnectionOptions, type TLSSocket, connect as tlsConnect } from "node:tls";
import { unreachable } from "../garden-error.ts";
import { explainTls } from "./explain-tls.ts";
import { greetSocks } from "./socks.ts";
import { prepareTls, proxyTrust, type TlsTrust } from "./tls-options.ts";

/** One end of a connection. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** A proxy, and what the server's cluster trusts: kubectl believes a proxy with a certificate of the same authority. */
export interface Proxy {
  readonly url: URL;
  readonly trust: TlsTrust;
}

/** How long a connection may take, in milliseconds: what Go's dialer and TLS allow. */
const connectTimeout = 30_000;
const handshakeTimeout = 10_000;

/** Connects to a server, through a proxy where one is given, and speaks TLS where options for it are given. The signal ends the attempt, and must not fire later. */
export async function openSocket(
  target: Endpoint,
  { tls, proxy }: { readonly tls: ConnectionOptions | undefined; readonly proxy: Proxy | undefined },
  signal: AbortSignal,
): Promise<Socket> {
  if (proxy === undefined) return openDirect(target, tls, signal);
  const plain = await openThrough(proxy, target, signal);
  return tls === undefined ? plain : startTls(plain, tls);
}

async function openDirect(target: Endpoint, tls: ConnectionOptions | undefined, signal: AbortSignal): Promise<Socket> {
  const tcp = { ...tcpOptions(target), signal };
  if (tls === undefined)
    return dialled(
      target,
      reusing((onread) => tcpConnect({ ...tcp, onread })),
    );
  const socket = reusing((onread) => {
    // Node takes these of any socket, too, which its types do not say.
    const options: ConnectionOptions & SocketConstructorOpts = { ...tls, ...tcp, onread };
    return tlsConnect(options);
  });
  await dialled(target, socket);
  return secured(socket);
}

/** So many bytes are read at once. */
const readSize = 256 * 1024;

/**
 * Makes a socket put what arrives into one piece of memory, again and again: new ones each time are a tenth of the time of
 * a long list, and tens of megabytes. Node's HTTP parser, which alone listens to these sockets, copies what it hands on.
 */
function reusing<T extends Socket>(open: (onread: OnReadOpts) => T): T {
  const socket = open({
    buffer: Buffer.allocUnsafeSlow(readSize),
    callback: (count, memory) => {
      socket.emit("data", memory.subarray(0, count));
      return true;
    },
  });
  return socket;
}

/** Connects to a proxy itself, for requests that it is to forward. */
export async function openProxy({ url, trust }: Proxy, signal: AbortSignal): Promise<Socket> {
  const { secure, endpoint } = proxyEnd(url);
  try {
    const socket = await openTcp(endpoint, signal);
    return secure ? await startTls(socket, prepareTls(proxyTrust(trust), endpoint.host)) : socket;
  } catch (error) {
    throw proxyTrouble(url, error);
  }
}

/** The header that shows a proxy who we are; undefined where its address has no login. */
export function proxyAuthorization({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

function proxyEnd(proxy: URL): { readonly secure: boolean; readonly endpoint: Endpoint } {
  const secure = proxy.protocol === "https:";
  const standard = proxy.protocol.startsWith("socks") ? 1080 : secure ? 443 : 80;
  const host = proxy.hostname.replace(/^\[|\]$/g, "");
  return { secure, endpoint: { host, port: proxy.port === "" ? standard : Number(proxy.port) } };
}

function tcpOptions({ host, port }: Endpoint): Endpoint & SocketConstructorOpts {
  return { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 };
}

function openTcp(target: Endpoint, signal: AbortSignal): Promise<Socket> {
  return dialled(target, tcpConnect({ ...tcpOptions(target), signal }));
}

/** The socket as soon as it is connected. */
function dialled({ host, port }: Endpoint, socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const onTimeout = (): void => fail(unreachable("timeout", `dial tcp ${host}:${port}: no answer for 30s`));
    socket.setTimeout(connectTimeout, onTimeout);
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.setTimeout(0, onTimeout);
      socket.off("timeout", onTimeout);
      socket.off("error", fail);
      resolve(socket);
    });
  });
}

async function openThrough(proxy: Proxy, target: Endpoint, signal: AbortSignal): Promise<Socket> {
  const socket = await openProxy(proxy, signal);
  if (proxy.url.protocol.startsWith("socks")) await greetSocks(socket, proxy.url, target);
  else await openTunnel(socket, proxy.url, target);
  return socket;
}

function openTunnel(socket: Socket, proxy: URL, { host, port }: Endpoint): Promise<void> {
  const path = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const headers = { host: path, ...(authorization && { "proxy-authorization": authorization }) };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ method: "CONNECT", path, headers, createConnection: () => socket });
    request.setTimeout(connectTimeout, () =>
      request.destroy(unreachable("timeout", `${named(proxy)} did not answer for 30s`)),
    );
    request.once("error", (error) => reject(proxyTrouble(proxy, error)));
    // An answer other than 2xx is one to the CONNECT as well.
    request.once("connect", (response) => {
      const { statusCode = 0 } = response;
      if (statusCode >= 200 && statusCode < 300) return resolve();
      socket.destroy();
      const wanted = authorization === undefined ? "a login" : "another login";
      const why = statusCode === 407 ? `wants ${wanted} (407)` : `refused the way to ${path} (${statusCode})`;
      reject(unreachable("network", `${named(proxy)} ${why}`));
    });
    request.end();
  });
}

async function startTls(socket: Socket, options: ConnectionOptions): Promise<Socket> {
  try {
    return await secured(tlsConnect({ ...options, socket }));
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The socket as soon as TLS is ready. */
function secured(socket: TLSSocket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(unreachable("timeout", "net/http: TLS handshake timeout")), handshakeTimeout);
    const onClose = (): void => fail(unreachable("network", "the server closed the connection before TLS was ready"));
    socket.once("error", fail);
    socket.once("close", onClose);
    socket.once("secureConnect", () => {
      socket.off("close", onClose);
      socket.off("error", fail);
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once("error", () => clearTimeout(timer));
  });
}

function named({ hostname, port }: URL): string {
  return `the proxy ${hostname}${port === "" ? "" : `:${port}`}`;
}

function proxyTrouble(proxy: URL, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ECONNREFUSED") return unreachable("refused", `${named(proxy)} refused the connection`);
  if (code === "ENOTFOUND") return unreachable("network", `${named(proxy)} has a host that does not resolve`);
  if (code === "ECONNRESET") return unreachable("network", `${named(proxy)} closed the connection`);
  if (String(code).startsWith("HPE_")) return unreachable("protocol", `${named(proxy)} does not answer in HTTP`);
  const tls = explainTls(error, proxy);
  return tls === undefined ? error : unreachable("certificate", `${named(proxy)}: ${tls}`);
}
