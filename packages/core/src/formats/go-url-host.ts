import { fail, type Result, succeed } from "../text/result.ts";
import { unescapePercent } from "./go-url-escape.ts";

/** Reads `host[:port]` of a URL as Go's net/url (1.26) does: brackets hold an IPv6 address, one colon, a port of digits. */
export function parseUrlHost(scheme: string, host: string): Result<string, string> {
  const bracket = host.lastIndexOf("[");
  if (bracket > 0) return fail("has an invalid IP literal");
  if (bracket === 0) return parseBracketed(host);
  const strict = scheme === "http" || scheme === "https";
  const colon = strict ? host.indexOf(":") : host.lastIndexOf(":");
  if (colon >= 0 && !isPort(host.slice(colon))) return fail("has an invalid port");
  return unescapePercent(host, "host");
}

function parseBracketed(host: string): Result<string, string> {
  const end = host.lastIndexOf("]");
  if (end < 0) return fail("lacks the closing bracket of the host");
  const port = host.slice(end + 1);
  if (!isPort(port)) return fail("has an invalid port");
  const name = host.slice(1, end);
  const zoneStart = name.indexOf("%25");
  const address = unescapePercent(zoneStart < 0 ? name : name.slice(0, zoneStart), "host");
  if (!address.ok) return address;
  const zone = unescapePercent(zoneStart < 0 ? "" : name.slice(zoneStart), "zone");
  if (!zone.ok) return zone;
  if (!isIpv6(address.value + zone.value)) return fail("has an invalid IPv6 address in brackets");
  return succeed(`[${address.value}${zone.value}]${port}`);
}

function isPort(text: string): boolean {
  return /^(:[0-9]*)?$/.test(text);
}

/** Whether a text is an IPv6 address with an optional zone, by the rules of Go's netip.ParseAddr. */
function isIpv6(text: string): boolean {
  const percent = text.indexOf("%");
  if (percent === text.length - 1 && percent >= 0) return false;
  const address = percent < 0 ? text : text.slice(0, percent);
  const halves = address.split("::");
  if (halves.length > 2 || address === "") return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const dotted = last.includes(".") && !address.endsWith("::");
  const plain = dotted ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) || (dotted && !isIpv4(last))) return false;
  const size = plain.length + (dotted ? 2 : 0);
  if (dotted && plain.length === 0 && halves.length === 1) return false;
  return halves.length === 2 ? size < 8 : size === 8;
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256);
}
