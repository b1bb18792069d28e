// Go takes no leading zeros, since others read them as octal.
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Tells whether a text is a network as Go's net.ParseCIDR reads it, such as 10.250.0.0/16 or 2001:db8::/32. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf("/");
  const [address, mask] = [text.slice(0, slash), text.slice(slash + 1)];
  if (slash === -1 || !/^\d{1,3}$/.test(mask)) return false;
  return address.includes(":") ? Number(mask) <= 128 && isIPv6(address) : Number(mask) <= 32 && ipv4.test(address);
}

function isIPv6(address: string): boolean {
  const tail = address.slice(address.lastIndexOf(":") + 1);
  // An IPv4 address at the end stands for two groups.
  const plain = tail.includes(".") ? (ipv4.test(tail) ? address.replace(tail, "0:0") : "") : address;
  const [head, rest, ...more] = plain.split("::");
  if (head === undefined || more.length > 0) return false;
  const groups = [head, rest ?? ""].flatMap((it) => (it === "" ? [] : it.split(":")));
  const enough = rest === undefined ? groups.length === 8 : groups.length < 8;
  return enough && groups.every((it) => /^[0-9A-Fa-f]{1,4}$/.test(it));
}
