import { isIP } from "node:net";
import { parseGoUrl } from "@registry-cache/core";
import { getPublicSuffix } from "tldts";

/**
 * Whether Distribution 3.1.1 sends a credential for `remote` to the token server at `realm` (registry/proxy/proxyauth.go):
 * the host and port are the same, or both hosts are names of one registrable domain. Where neither has one, that counts as
 * the same.
 */
export function realmAllowed(remoteURL: string, realm: string): boolean {
  const [remote, other] = [hostOf(remoteURL), hostOf(realm)];
  if (remote === undefined || other === undefined) return false;
  if (remote === other) return true;
  const [name, otherName] = [hostname(remote), hostname(other)];
  if (name === "" || otherName === "" || isLiteral(name) || isLiteral(otherName)) return false;
  return registrableDomain(name) === registrableDomain(otherName);
}

/** The public suffix of a host with one label more, as golang.org/x/net/publicsuffix gives it; empty where there is none. */
export function registrableDomain(host: string): string {
  if (host.startsWith(".") || host.endsWith(".") || host.includes("..")) return "";
  const suffix = publicSuffix(host);
  if (host.length <= suffix.length) return "";
  const end = host.length - suffix.length - 1;
  return host.slice(host.lastIndexOf(".", end - 1) + 1);
}

const options = {
  allowPrivateDomains: true,
  extractHostname: false,
  validateHostname: false,
  detectIp: false,
  detectSpecialUse: false,
};

function publicSuffix(host: string): string {
  const suffix = getPublicSuffix(host, options) ?? "";
  const isWildcardBase = suffix === host && host.includes(".") && getPublicSuffix(`x.${host}`, options) !== host;
  // A rule such as *.run.app says nothing of run.app itself; there the library and Go part ways.
  return isWildcardBase ? publicSuffix(host.slice(host.indexOf(".") + 1)) : suffix;
}

/** Host and port in lower case; undefined where there is no host or Go refuses the URL. */
function hostOf(url: string): string | undefined {
  const parsed = parseGoUrl(url);
  return parsed.ok && parsed.value.host !== "" ? parsed.value.host.toLowerCase() : undefined;
}

function hostname(host: string): string {
  const bracketed = /^\[(.*)\](:\d*)?$/.exec(host);
  return bracketed?.[1] ?? host.replace(/:\d*$/, "");
}

function isLiteral(name: string): boolean {
  // Go's net.ParseIP knows no zones: an address with one is compared like a name.
  return name === "localhost" || (isIP(name) !== 0 && !name.includes("%"));
}
