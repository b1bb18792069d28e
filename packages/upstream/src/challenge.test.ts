import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Challenge, readAllChallenges, readChallenges } from "./challenge.ts";

type Row = readonly [readonly string[], readonly (readonly [string, { readonly [name: string]: string }])[]];

/** Recorded from the parser of Distribution 3.1.1. */
const rows = JSON.parse(readFileSync(new URL("cases/challenges.json", import.meta.url), "utf8")) as readonly Row[];

const toRow = ({ scheme, parameters }: Challenge) => [scheme, Object.fromEntries(parameters)];

test.each(rows)("reads %j as Distribution does", (lines, challenges) => {
  expect(readChallenges(lines).map(toRow)).toEqual(challenges);
});

test.each([
  [
    'Bearer realm="https://a/t", Basic realm="x"',
    [
      ["bearer", { realm: "https://a/t" }],
      ["basic", { realm: "x" }],
    ],
  ],
  [
    'Basic realm="a, Bearer b", Bearer realm=x,service="y"',
    [
      ["basic", { realm: "a, Bearer b" }],
      ["bearer", { realm: "x", service: "y" }],
    ],
  ],
  [
    "Negotiate, Basic realm=x",
    [
      ["negotiate", {}],
      ["basic", { realm: "x" }],
    ],
  ],
  [
    "Basic realm=x, Negotiate",
    [
      ["basic", { realm: "x" }],
      ["negotiate", {}],
    ],
  ],
  ['Bearer realm="x" , service="y"', [["bearer", { realm: "x", service: "y" }]]],
  ['Bearer realm="a\\", b"', [["bearer", { realm: 'a", b' }]]],
  ["", []],
] as const)("reads every challenge of the line %j", (line, challenges) => {
  expect(readAllChallenges([line]).map(toRow)).toEqual(challenges);
});

test("a line of a megabyte takes no time", () => {
  const started = performance.now();
  readAllChallenges([`Bearer realm="${"a,".repeat(500_000)}"`]);
  readAllChallenges([`Bearer ${"a=b, ".repeat(200_000)}`]);
  readAllChallenges([",".repeat(1_000_000), `Basic ${" ".repeat(1_000_000)}x`]);
  expect(performance.now() - started).toBeLessThan(3000);
});
