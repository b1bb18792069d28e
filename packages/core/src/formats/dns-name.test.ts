import { expect, test } from "vitest";
import { dns1123LabelProblems, dns1123SubdomainProblems, longLabels, upstreamProblems } from "./dns-name.ts";

const long = (length: number) => "a".repeat(length);
const subdomain =
  "must consist of lower-case letters, digits, '-' or '.', and each part must start and end with a letter or digit";
const label = "must consist of lower-case letters, digits or '-', and must start and end with a letter or digit";

const subdomains: readonly (readonly [string, readonly string[]])[] = [
  ["a", []],
  ["1", []],
  ["a.b-c.d", []],
  [long(64), []],
  [long(253), []],
  [long(254), ["must be no more than 253 bytes"]],
  [`-${long(253)}`, ["must be no more than 253 bytes", subdomain]],
  ...["", "A", "a.", ".a", "a..b", "a_b", "-a", "a-", "a.-b", "ä", "a\n", "a b"].map(
    (text) => [text, [subdomain]] as const,
  ),
];

test.each(subdomains)("as a subdomain %j has the problems %j", (text, problems) => {
  expect(dns1123SubdomainProblems(text)).toEqual(problems);
});

test.each([
  ["a", []],
  ["a-1", []],
  [long(63), []],
  [long(64), ["must be no more than 63 bytes"]],
  ["a.b", ["must not contain dots"]],
  ["a.B", [label]],
  ["", [label]],
  [`${long(64)}.b`, ["must be no more than 63 bytes", "must not contain dots"]],
])("as a label %j has the problems %j", (text, problems) => {
  expect(dns1123LabelProblems(text)).toEqual(problems);
});

test.each([
  ["docker.io", []],
  ["docker.io:1", []],
  ["docker.io:65535", []],
  ["10.0.0.1:5000", []],
  ["docker.io:0", ["the port must not start with 0"]],
  ["docker.io:080", ["the port must not start with 0"]],
  ["docker.io:65536", ["the port must be between 1 and 65535"]],
  ["docker.io:", [subdomain]],
  ["a.io:50a", [subdomain]],
  ["a.io:5000:5000", [subdomain]],
  ["[::1]:5000", [subdomain]],
  ["::1", [subdomain]],
  ["https://docker.io", [subdomain]],
  ["A:0", ["the port must not start with 0", subdomain]],
])("as an upstream %j has the problems %j", (text, problems) => {
  expect(upstreamProblems(text)).toEqual(problems);
});

test("labels longer than DNS allows are named", () => {
  expect(longLabels(`${long(63)}.${long(64)}.io`)).toEqual([long(64)]);
});
