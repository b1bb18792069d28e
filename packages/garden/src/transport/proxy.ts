import { BlockList, isIP, isIPv6 } from "node:net";
import { GardenError } from "../garden-error.ts";
import type { Environment } from "../kubeconfig/load-kubeconfig.ts";

const schemes = ["http:", "https:", "socks5:", "socks5h:"];

/** The proxy for a server: the cluster's own, else the environment's by the rules of Go's net/http; undefined for none. */
export function proxyFor(server: URL, clusterProxy: string, env: Environment): URL | undefined {
  if (clusterProxy !== "") return parseProxy(clusterProxy, "proxy-url of the cluster", false);
  const name = server.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const proxy = env[name] || env[name.toLowerCase()] || "";
  const exceptions = env["NO_PROXY"] || env["no_proxy"] || "";
  if (proxy === "" || !usesProxy(server, exceptions)) return undefined;
  return parseProxy(proxy, `$${name}`, true);
}

/** Tells whether a server is asked through the environment's proxy. (golang.org/x/net/http/httpproxy) */
export function usesProxy(server: URL, noProxy: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = server.port || (server.protocol === "https:" ? "443" : "80");
  if (host === "localhost" || isLoopback(host)) return false;
  const entries = noProxy.split(",").map((it) => it.trim().toLowerCase());
  return !entries.some((it) => it !== "" && excepts(it, host, port));
}

/** Tells whether an address is the machine's own. */
export function isLoopback(host: string): boolean {
  return matchesBlock("127.0.0.0/8", host) === true || matchesBlock("::1/128", host) === true;
}

function excepts(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const inBlock = matchesBlock(entry, host);
  if (inBlock !== undefined) return inBlock;
  const { name, port: onlyPort } = splitPort(entry);
  if (name === "" || (onlyPort !== "" && onlyPort !== port)) return false;
  if (isIP(name) !== 0) return isSameAddress(name, host);
  const domain = name.startsWith("*.") ? name.slice(1) : name;
  return domain.startsWith(".") ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function splitPort(entry: string): { readonly name: string; readonly port: string } {
  const [, bracketed, plain, port = ""] = /^(?:\[(.*)\]|([^:]*))(?::(\d*))?$/.exec(entry) ?? [];
  return { name: bracketed ?? plain ?? entry, port };
}

/** Whether an address lies in a CIDR block; undefined where the text is no block. */
function matchesBlock(text: string, host: string): boolean | undefined {
  const [, address = "", bits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return undefined;
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family === 4 ? "ipv4" : "ipv6");
  return isIP(host) !== 0 && block.check(host, isIPv6(host) ? "ipv6" : "ipv4");
}

function isSameAddress(a: string, b: string): boolean {
  return matchesBlock(`${a}/${isIPv6(a) ? 128 : 32}`, b) === true;
}

function hasReadableLogin({ username, password }: URL): boolean {
  try {
    return decodeURIComponent(username + password) !== undefined;
  } catch {
    return false;
  }
}

function parseProxy(text: string, source: string, addScheme: boolean): URL {
  const url = addScheme && !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? `http://${text}` : text;
  const proxy = URL.canParse(url) ? new URL(url) : undefined;
  if (proxy === undefined || !hasReadableLogin(proxy)) {
    const hint = url.includes("@") ? "; in its name and password each of / ? # % is written as %2F %3F %23 %25" : "";
    throw new GardenError("config", `${source} is no address of a proxy${hint}`);
  }
  if (schemes.includes(proxy.protocol)) return proxy;
  throw new GardenError(
    "config",
    `${source} has the scheme "${proxy.protocol.slice(0, -1)}"; it must be http, https or socks5`,
  );
}
