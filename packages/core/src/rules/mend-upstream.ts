import { upstreamProblems } from "../formats/dns-name.ts";
import { dockerHubHosts } from "./docker-hub.ts";

/** What an invalid upstream was meant to be. */
export interface MendedUpstream {
  readonly upstream: string;
  /** Nothing but letter case, `https://` and a slash at the end was taken away, none of which an upstream has. */
  readonly lossless: boolean;
  /** The http URL that was written, which only `remoteURL` can say. */
  readonly httpUrl: string | undefined;
}

/** Finds the registry host in a text that is no valid upstream; undefined where there is none. */
export function mendUpstream(written: string): MendedUpstream | undefined {
  const [, scheme = "", rest = ""] = /^([a-z][-+.a-z0-9]*:\/\/)?(.*)$/is.exec(written.trim()) ?? [];
  const [, authority = "", path = ""] = /^([^/?#]*)(.*)$/s.exec(rest) ?? [];
  const host = authority.slice(authority.lastIndexOf("@") + 1).toLowerCase();
  const tidy = host.replace(/^\.+|\.+$/g, "").replace(/:0+(\d)/, ":$1");
  const isHub = dockerHubHosts.has(tidy);
  const upstream = isHub ? "docker.io" : tidy;
  if (upstreamProblems(upstream).length > 0) return undefined;
  const lossless = !isHub && /^(https:\/\/)?$/i.test(scheme) && /^\/?$/.test(path) && tidy === authority.toLowerCase();
  return {
    upstream,
    lossless,
    httpUrl: scheme.toLowerCase() === "http://" && !isHub ? `http://${upstream}` : undefined,
  };
}
