import { expect, test } from "vitest";
import { readIgnoreComments } from "./ignore-comment.ts";

function read(text: string): readonly unknown[] {
  return readIgnoreComments(text).map(({ covers, words, wholeFile, ownLine }) => {
    return [text.slice(covers.start, covers.end), words.map((it) => it.text), wholeFile, ownLine];
  });
}

test.each<readonly [string, string, readonly unknown[]]>([
  [
    "behind a value",
    "a: 1 # registry-cache: ignore RC204\nb: 2\n",
    [["a: 1 # registry-cache: ignore RC204", ["RC204"], false, false]],
  ],
  ["above a line", "# registry-cache: ignore RC204\na: 1\n", [["a: 1", ["RC204"], false, true]]],
  [
    "above other comments and empty lines",
    "# registry-cache: ignore RC204\n# why\n\na: 1\n",
    [["a: 1", ["RC204"], false, true]],
  ],
  ["above nothing", "a: 1\n# registry-cache: ignore RC204", [["", ["RC204"], false, true]]],
  [
    "with several words",
    "a: 1 #registry-cache:ignore RC204 , tls-off,RC1\n",
    [["a: 1 #registry-cache:ignore RC204 , tls-off,RC1", ["RC204", "tls-off", "RC1"], false, false]],
  ],
  [
    "with a reason",
    "a: 1 # registry-cache: ignore RC204 -- until Monday\n",
    [["a: 1 # registry-cache: ignore RC204 -- until Monday", ["RC204"], false, false]],
  ],
  [
    "for the file",
    "# registry-cache: ignore-file RC2\na: 1\n",
    [["# registry-cache: ignore-file RC2\na: 1\n", ["RC2"], true, true]],
  ],
  [
    "for the file and everything",
    "# registry-cache: ignore-file\na: 1\n",
    [["# registry-cache: ignore-file\na: 1\n", [], true, true]],
  ],
  ["in CRLF", "# registry-cache: ignore RC204\r\na: 1\r\nb: 2\r\n", [["a: 1", ["RC204"], false, true]]],
  [
    "in the second document",
    "a: 1\n---\nb: 2 # registry-cache: ignore RC1\n",
    [["b: 2 # registry-cache: ignore RC1", ["RC1"], false, false]],
  ],
  ["in a text of comments", "# registry-cache: ignore RC204\n", [["", ["RC204"], false, true]]],
])("reads a comment %s", (...[, text, expected]) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  ["a quoted value", 'a: "# registry-cache: ignore RC204"\n'],
  ["a block", "a: |\n  # registry-cache: ignore RC204\nb: 1\n"],
  ["a comment that speaks of it", "a: 1 # see # registry-cache: ignore RC204\n"],
  ["another word", "a: 1 # registry-cache: ignored RC204\n"],
  ["another option", "a: 1 # registry-cache: ignore-line RC204\n"],
])("takes no comment for one in %s", (_, text) => {
  expect(read(text)).toEqual([]);
});
