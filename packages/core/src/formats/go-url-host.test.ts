import { expect, test } from "vitest";
import { parseUrlHost } from "./go-url-host.ts";

test.each([
  "a.io",
  "a.io:",
  "a.io:99999",
  "[::]",
  "[::1]:80",
  "[1:2:3:4:5:6:7:8]",
  "[1:2:3:4:5:6:7::]",
  "[::2:3:4:5:6:7:8]",
  "[1:2:3:4:5:6:1.2.3.4]",
  "[::1.2.3.4]",
])("%j is a host", (host) => {
  expect(parseUrlHost("https", host)).toEqual({ ok: true, value: host });
});

test.each([
  "[]",
  "[:]",
  "[:::]",
  "[1::2::3]",
  "[1:2:3:4:5:6:7]",
  "[1:2:3:4:5:6:7:8:9]",
  "[1:2:3:4::5:6:7:8]",
  "[12345::]",
  "[::1.2.3]",
  "[::01.2.3.4]",
  "[::256.1.1.1]",
  "[1.2.3.4::]",
  "[::1]:a",
  "a:b",
  "a:1:2",
])("%j is no host", (host) => {
  expect(parseUrlHost("https", host).ok).toBe(false);
});
