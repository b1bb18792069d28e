import { expect, test } from "vitest";
import { readFirstPemBlock } from "./pem.ts";

const block = (label: string, body: string) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
const found = (text: string) => {
  const read = readFirstPemBlock(text);
  return read === undefined ? undefined : `${read.type}:${String.fromCharCode(...read.bytes)}`;
};

// The verdicts of Go's pem.Decode.
test.each([
  [block("A", "YWJj"), "A:abc"],
  [`x\n${block("A", "YWJj")}y`, "A:abc"],
  [block("A", "YW\r\nJj").replaceAll("\n", "\r\n"), "A:abc"],
  [block("A", " YW\tJj "), "A:abc"],
  ["-----BEGIN A-----\n-----END A-----", "A:"],
  [block("A", "Proc-Type: 4\nX: y\n\nYWJj"), "A:abc"],
  [block("A", "YWJj") + block("B", "eA=="), "A:abc"],
  [block("A", "!") + block("B", "eA=="), "B:x"],
  [`-----BEGIN A-----\n${block("B", "eA==")}`, "B:x"],
  [block("A", "YWJj").replace("END A", "END B") + block("C", "eA=="), "C:x"],
  [block("A", "YWJj").replace(/\n$/, " \t\n"), "A:abc"],
  [block("A", "YWJj").replace(/\n$/, "z\n") + block("B", "eA=="), "B:x"],
  [`x${block("A", "YWJj")}`, undefined],
  [block("A", "YWJj").replace("-----\n", "----\n"), undefined],
  ["-----BEGIN A-----\nYWJj", undefined],
  ["", undefined],
])("%j has the first block %j", (text, expected) => {
  expect(found(text)).toBe(expected);
});
