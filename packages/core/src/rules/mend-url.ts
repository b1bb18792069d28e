import { urlProblems } from "../formats/go-url.ts";

/** What an invalid URL was meant to be. */
export interface MendedUrl {
  readonly url: string;
  /** Only letter case and blanks around it were changed. */
  readonly lossless: boolean;
}

/** The valid URLs nearest to an invalid one: with a scheme, without user information, query and, unless allowed, path. */
export function mendUrl(written: string, options: { readonly allowPath: boolean }): readonly MendedUrl[] {
  const trimmed = written.trim();
  const schemes = /^[a-z][-+.a-z0-9]*:\/\//i.test(trimmed) ? [""] : ["https://", "http://"];
  const urls = schemes.map((scheme) => tidy(scheme + trimmed.replace(/^\/\//, ""), options.allowPath));
  return urls
    .filter((url) => urlProblems(url, options).length === 0)
    .map((url) => ({ url, lossless: url.toLowerCase() === trimmed.toLowerCase() }));
}

function tidy(url: string, allowPath: boolean): string {
  const [, scheme = "", authority = "", path = ""] = /^([^/]*\/\/)([^/?#]*)([^?#]*)/s.exec(url) ?? [];
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return `${scheme}${host}`.toLowerCase() + (allowPath ? path : "");
}
