import { expect, test } from "vitest";
import { parseGoUrl, urlProblems } from "./go-url.ts";

const none = { scheme: "", hasUserInfo: false, host: "", path: "", query: "", fragment: "" };

test.each([
  ["", none],
  ["*", { ...none, path: "*" }],
  ["//h", { ...none, host: "h" }],
  ["a.io", { ...none, path: "a.io" }],
  [
    "HTTPS://H.io:443/%2e%2e/a?x=%zz#f%20g",
    { ...none, scheme: "https", host: "H.io:443", path: "/../a", query: "x=%zz", fragment: "f g" },
  ],
  ["https:h", { ...none, scheme: "https" }],
  ["https:/h", { ...none, scheme: "https", path: "/h" }],
  ["https://h?", { ...none, scheme: "https", host: "h" }],
  ["https://h#", { ...none, scheme: "https", host: "h" }],
  ["https://u:p@@h", { ...none, scheme: "https", hasUserInfo: true, host: "h" }],
  ["https://@h", { ...none, scheme: "https", hasUserInfo: true, host: "h" }],
  ["https://%C3%A9.io", { ...none, scheme: "https", host: "é.io" }],
  ["https://[::1]:80/", { ...none, scheme: "https", host: "[::1]:80", path: "/" }],
  ["https://[fe80::1%25en0]", { ...none, scheme: "https", host: "[fe80::1%en0]" }],
  ["https://[::ffff:1.2.3.4]", { ...none, scheme: "https", host: "[::ffff:1.2.3.4]" }],
  ["ftp://a:b:80", undefined],
])("%j has the parts Go finds", (text, value) => {
  const parsed = parseGoUrl(text);
  expect(parsed).toEqual(
    value === undefined ? { ok: true, value: { ...none, scheme: "ftp", host: "a:b:80" } } : { ok: true, value },
  );
});

test.each([
  ["://a.io", "has no scheme before the colon"],
  ["a.io:80/x", undefined],
  ["1a:b", "the first path segment contains a colon"],
  ["https://a.io/\n", "contains a control character"],
  ["https://a.io/\u007f", "contains a control character"],
  ["https://a b.io", "contains an invalid character in the host"],
  ["https://a\\x", "contains an invalid character in the host"],
  ["https://%61.io", "contains an invalid percent escape"],
  ["https://a.io/%zz", "contains an invalid percent escape"],
  ["https://a.io/%2", "contains an invalid percent escape"],
  ["https://a.io#%zz", "contains an invalid percent escape"],
  ["https://u%zz@a.io", "contains an invalid percent escape"],
  ["https://a:port", "has an invalid port"],
  ["https://a:b:80", "has an invalid port"],
  ["https://[::1]x", "has an invalid port"],
  ["https://[::1", "lacks the closing bracket of the host"],
  ["https://a[::1]", "has an invalid IP literal"],
  ["https://[1.2.3.4]", "has an invalid IPv6 address in brackets"],
  ["https://[::g]", "has an invalid IPv6 address in brackets"],
  ["https://[1:2:3]", "has an invalid IPv6 address in brackets"],
  ["https://[::1%25]", "has an invalid IPv6 address in brackets"],
  ["https://a/b@c d@e", undefined],
  ["https://a b@c", "has invalid user information"],
])("%j is refused: %j", (text, error) => {
  const parsed = parseGoUrl(text);
  expect(parsed.ok ? undefined : parsed.error).toBe(error);
});

const host =
  "host: must consist of lower-case letters, digits, '-' or '.', and each part must start and end with a letter or digit";

test.each([
  ["https://registry-1.docker.io", false, []],
  ["http://127.0.0.1:1234", false, []],
  ["https://my-registry.io/", false, []],
  ["HTTPS://h.io", false, []],
  ["https://h.io?", false, []],
  ["https://h.io#", false, []],
  ["https://h.io/a..b/...", true, []],
  ["https://a.io/path", false, ["must not contain a path"]],
  ["https://a.io//", false, ["must not contain a path"]],
  ["https://a.io//", true, []],
  [
    "https://h.io/./a/%2E%2e",
    true,
    ['the path must not contain the segment ".."', 'the path must not contain the segment "."'],
  ],
  ["https://h.io/..%2Fa", true, ['the path must not contain the segment ".."']],
  ["https://A.io", false, [host]],
  ["https:a.io", false, [host]],
  ["https:///x", true, [host]],
  ["https://[::1]:80", false, [host]],
  ["https://a.io:0", false, ["host: the port must not start with 0"]],
  ["https://a.io:", false, [host]],
  ["a.io", false, ["the scheme must be http or https"]],
  ["ftp://A/p?q#f", false, ["the scheme must be http or https"]],
  ["https://a.io:port?x", false, ["is no URL: has an invalid port"]],
  [
    "https://u@A/p?q#f",
    false,
    [
      host,
      "must not contain a path",
      "must not contain user information",
      "must not contain a query",
      "must not contain a fragment",
    ],
  ],
])("%j with a path allowed (%j) has the problems %j", (text, allowPath, problems) => {
  expect(urlProblems(text, { allowPath })).toEqual(problems);
});
