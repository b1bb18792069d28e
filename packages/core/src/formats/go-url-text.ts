import { encodeUtf8 } from "../encoding/utf8.ts";
import { parseGoUrl } from "./go-url.ts";
import { percentBytes } from "./go-url-escape.ts";

/** The text that Go makes of a URL with a host after reading it: url.Parse and then String; undefined where Go refuses it or finds no host. */
export function goUrlText(text: string): string | undefined {
  const parsed = parseGoUrl(text);
  if (!parsed.ok || parsed.value.host === "") return undefined;
  const [address, fragment] = cut(text, "#");
  const [hierarchy, query] = cut(address, "?");
  const [, authority = "", path = ""] = /^(?:[A-Za-z][-+.A-Za-z0-9]*:)?\/\/([^/]*)(.*)$/s.exec(hierarchy) ?? [];
  const at = authority.lastIndexOf("@");
  const scheme = parsed.value.scheme === "" ? "" : `${parsed.value.scheme}:`;
  const user = at < 0 ? "" : `${userText(authority.slice(0, at))}@`;
  const host = authority.slice(at + 1).replace(/[^\0-\x7f]+/g, (run) => escapeBytes(run, never));
  const rest = `${kept(path, pathKeeps)}${query === undefined ? "" : `?${query}`}`;
  return `${scheme}//${user}${host}${rest}${fragment ? `#${kept(fragment, fragmentKeeps)}` : ""}`;
}

const never = /^$/;
const unreserved = "-_.~A-Za-z0-9";
const pathKeeps = new RegExp(`^[${unreserved}$&+,/:;=@]$`);
const fragmentKeeps = new RegExp(`^[${unreserved}$&+,/:;=?@!()*]$`);
const userKeeps = new RegExp(`^[${unreserved}$&+,;=]$`);

/** A part that is already escaped in a valid way is left as it is, any other is decoded and escaped anew. */
function kept(text: string, keeps: RegExp): string {
  const valid = [...text].every((it) => "!$&'()*+,;=:@[]%".includes(it) || keeps.test(it));
  return valid ? text : escapeBytes(text, keeps);
}

function userText(user: string): string {
  const [name, password] = cut(user, ":");
  return [name, ...(password === undefined ? [] : [password])].map((it) => escapeBytes(it, userKeeps)).join(":");
}

function escapeBytes(text: string, keeps: RegExp): string {
  return [...(percentBytes(text) ?? encodeUtf8(text))]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return keeps.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

function cut(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
