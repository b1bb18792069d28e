import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from "node:tls";

/** How to get to a host. */
export interface Route {
  /** The proxies for either scheme, as a cache's configuration names them. */
  readonly proxy?: { readonly http?: string | undefined; readonly https?: string | undefined } | undefined;
  /** The certificate authorities that are trusted, in PEM. */
  readonly authorities: readonly string[];
}

/** A refusal of a proxy to connect, as the error of a socket that never was. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
}

/** The proxy of a request; undefined where none is used. Go leaves out the local host (golang.org/x/net/http/httpproxy). */
export function proxyFor(url: URL, { proxy }: Route): URL | undefined {
  const named = url.protocol === "https:" ? proxy?.https : proxy?.http;
  return named === undefined || isLoopback(plainHost(url)) ? undefined : new URL(named);
}

/** Opens the connection on which a request is sent: through TLS where the URL says so, through the proxy where there is one. */
export async function openConnection(url: URL, route: Route, signal: AbortSignal): Promise<Socket> {
  const proxy = proxyFor(url, route);
  if (proxy === undefined) {
    const plain = connectTcp({ host: plainHost(url), port: portOf(url) });
    return url.protocol === "https:" ? secure(plain, url, route, signal) : opened(plain, "connect", signal);
  }
  if (url.protocol === "https:") return secure(await tunnel(proxy, url, route, signal), url, route, signal);
  const plain = connectTcp({ host: plainHost(proxy), port: portOf(proxy) });
  return proxy.protocol === "https:" ? secure(plain, proxy, route, signal) : opened(plain, "connect", signal);
}

/** The host of a URL as a name or address, without the brackets of IPv6. */
function plainHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

function portOf(url: URL): number {
  return Number(url.port || (url.protocol === "https:" ? 443 : 80));
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function secure(socket: Socket, url: URL, { authorities }: Route, signal: AbortSignal): Promise<Socket> {
  const host = plainHost(url);
  const tls = connectTls({
    socket,
    ca: [...authorities],
    ...(isIP(host) === 0 ? { servername: host } : {}),
    // Go takes no name from the subject's common name, Node does where there is no other.
    checkServerIdentity: (_, certificate: PeerCertificate) =>
      certificate.subjectaltname === undefined
        ? Object.assign(new Error("no name"), { code: "ERR_TLS_CERT_ALTNAME_INVALID" })
        : checkServerIdentity(host, certificate),
  });
  // Without this an error of the connection below would be nobody's.
  socket.on("error", (error) => tls.destroy(error));
  return opened(tls, "secureConnect", signal);
}

function opened(socket: Socket, event: "connect" | "secureConnect", signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener("abort", stop, { once: true });
    // For good, since a connection may fail once more when it is given up.
    socket.on("error", reject);
    socket.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
    socket.once(event, () => {
      signal.removeEventListener("abort", stop);
      resolve(socket);
    });
  });
}

/** Asks a proxy for a tunnel to the host of a URL. */
function tunnel(proxy: URL, url: URL, { authorities }: Route, signal: AbortSignal): Promise<Socket> {
  const target = `${url.hostname}:${portOf(url)}`;
  const request = proxy.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const asked = request({
      host: plainHost(proxy),
      port: portOf(proxy),
      method: "CONNECT",
      path: target,
      headers: { host: target },
      agent: false,
      signal,
      ...(proxy.protocol === "https:" ? { ca: [...authorities] } : {}),
    });
    asked.once("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(new ProxyError(`the proxy refused to connect with status ${statusCode ?? 0}`));
      }
    });
    asked.once("response", ({ statusCode }) => {
      asked.destroy();
      reject(new ProxyError(`the proxy refused to connect with status ${statusCode ?? 0}`));
    });
    asked.on("error", (error) => reject(signal.aborted ? signal.reason : asProxyError(error)));
    asked.end();
  });
}

function asProxyError(error: Error & { readonly code?: string }): Error {
  return new ProxyError(`the proxy cannot be reached${error.code === undefined ? "" : ` (${error.code})`}`);
}
