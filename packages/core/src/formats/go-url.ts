import { fail, type Result, succeed } from "../text/result.ts";
import { upstreamProblems } from "./dns-name.ts";
import { unescapePercent } from "./go-url-escape.ts";
import { parseUrlHost } from "./go-url-host.ts";

/** The parts of a URL as Go's net/url gives them; `path` and `fragment` are unescaped, `query` is raw. */
export interface GoUrl {
  readonly scheme: string;
  readonly hasUserInfo: boolean;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** Splits a URL as Go's url.Parse does (not as WHATWG does); the error says in our words why Go refuses it. */
export function parseGoUrl(text: string): Result<GoUrl, string> {
  const [address, rawFragment] = cut(text, "#");
  if (hasControl(address)) return fail("contains a control character");
  const [, scheme = "", afterScheme = address] = /^([A-Za-z][-+.A-Za-z0-9]*):(.*)$/s.exec(address) ?? [];
  if (address.startsWith(":")) return fail("has no scheme before the colon");
  const [rest, query] = cut(afterScheme, "?");
  const fragment = unescapePercent(rawFragment, "text");
  const target =
    address === "*" ? succeed({ hasUserInfo: false, host: "", path: "*" }) : parseTarget(scheme.toLowerCase(), rest);
  if (!target.ok) return target;
  if (!fragment.ok) return fragment;
  return succeed({ scheme: scheme.toLowerCase(), ...target.value, query, fragment: fragment.value });
}

/** Says in what way a text breaks the extension's ValidateURL, one text for each error of it, in its order. */
export function urlProblems(text: string, options: { readonly allowPath: boolean }): readonly string[] {
  const parsed = parseGoUrl(text);
  if (!parsed.ok) return [`is no URL: ${parsed.error}`];
  const url = parsed.value;
  if (url.scheme !== "http" && url.scheme !== "https") return ["the scheme must be http or https"];
  return [
    ...upstreamProblems(url.host).map((problem) => `host: ${problem}`),
    ...pathProblems(url.path, options.allowPath),
    ...(url.hasUserInfo ? ["must not contain user information"] : []),
    ...(url.query === "" ? [] : ["must not contain a query"]),
    ...(url.fragment === "" ? [] : ["must not contain a fragment"]),
  ];
}

function pathProblems(path: string, allowPath: boolean): readonly string[] {
  if (!allowPath) return path === "" || path === "/" ? [] : ["must not contain a path"];
  const segments = path.split("/");
  return ["..", "."]
    .filter((dots) => segments.includes(dots))
    .map((dots) => `the path must not contain the segment "${dots}"`);
}

type Target = Pick<GoUrl, "hasUserInfo" | "host" | "path">;

/** Reads what stands between the scheme and the query. */
function parseTarget(scheme: string, rest: string): Result<Target, string> {
  if (!rest.startsWith("/")) {
    if (scheme !== "") return succeed({ hasUserInfo: false, host: "", path: "" });
    if (cut(rest, "/")[0].includes(":")) return fail("the first path segment contains a colon");
  }
  const hasAuthority = rest.startsWith("//") && (scheme !== "" || !rest.startsWith("///"));
  const slash = hasAuthority ? rest.indexOf("/", 2) : 0;
  const pathStart = slash < 0 ? rest.length : slash;
  const authority = parseAuthority(scheme, hasAuthority ? rest.slice(2, pathStart) : "");
  if (!authority.ok) return authority;
  const path = unescapePercent(rest.slice(pathStart), "text");
  return path.ok ? succeed({ ...authority.value, path: path.value }) : path;
}

function parseAuthority(scheme: string, authority: string): Result<Pick<Target, "hasUserInfo" | "host">, string> {
  const at = authority.lastIndexOf("@");
  const host = parseUrlHost(scheme, authority.slice(at + 1));
  if (!host.ok) return host;
  if (at < 0) return succeed({ hasUserInfo: false, host: host.value });
  const user = authority.slice(0, at);
  if (!/^[-A-Za-z0-9._:~!$&'()*+,;=%@]*$/.test(user)) return fail("has invalid user information");
  const unescaped = unescapePercent(user, "text");
  return unescaped.ok ? succeed({ hasUserInfo: true, host: host.value }) : unescaped;
}

function cut(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 || unit === 0x7f) return true;
  }
  return false;
}
