/** Tells whether a text is a network as Go's net.ParseCIDR reads it, such as 10.250.0.0/16 or 2001:db8::/32. */
export function isCidr(text: string): boolean {
  const [, address = "", mask = ""] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address.includes(":")) return Number(mask) <= 128 && isIPv6(address);
  return Number(mask) <= 32 && isIPv4(address);
}

/** Go takes no leading zeros, since others read them as octal. */
function isIPv4(address: string): boolean {
  const parts = address.split(".");
  return parts.length === 4 && parts.every((it) => /^(?:0|[1-9]\d{0,2})$/.test(it) && Number(it) <= 255);
}

function isIPv6(address: string): boolean {
  const tail = address.slice(address.lastIndexOf(":") + 1);
  // An IPv4 address at the end stands for two groups.
  const plain = tail.includes(".") ? (isIPv4(tail) ? address.replace(tail, "0:0") : "") : address;
  const [head, rest, ...more] = plain.split("::");
  if (head === undefined || more.length > 0) return false;
  const groups = [head, rest ?? ""].flatMap((it) => (it === "" ? [] : it.split(":")));
  const enough = rest === undefined ? groups.length === 8 : groups.length < 8;
  return enough && groups.every((it) => /^[0-9A-Fa-f]{1,4}$/.test(it));
}
