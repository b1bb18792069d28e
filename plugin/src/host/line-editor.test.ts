import { expect, test } from "vitest";
import { typeKeys } from "./line-editor.ts";

test.each([
  ["", "abc", { text: "abc", state: "typing", echo: "abc", rest: "" }],
  ["ab", "c\r", { text: "abc", state: "line", echo: "c", rest: "" }],
  ["", "a\nb\n", { text: "a", state: "line", echo: "a", rest: "b\n" }],
  ["", "a\r\nb\r\n", { text: "a", state: "line", echo: "a", rest: "b\r\n" }],
  ["ab", "\u007f", { text: "a", state: "typing", echo: "\b \b", rest: "" }],
  ["", "\u007fx", { text: "x", state: "typing", echo: "x", rest: "" }],
  ["ab", "\u0015c", { text: "c", state: "typing", echo: "\b \b\b \bc", rest: "" }],
  ["ab", "\u0003c", { text: "", state: "stop", echo: "", rest: "c" }],
  ["", "\u0004", { text: "", state: "end", echo: "", rest: "" }],
  ["ab", "\u0004", { text: "ab", state: "typing", echo: "", rest: "" }],
  ["a", "\u001b[Db\u001b[200~c\u001bOA\t\u0001d", { text: "abcd", state: "typing", echo: "bcd", rest: "" }],
  ["", "ü\u{1f98a}\u007f", { text: "ü", state: "typing", echo: "ü\u{1f98a}\b \b", rest: "" }],
] as const)("with %j typed, the keys %j give %j", (text, keys, expected) => {
  expect(typeKeys(text, keys)).toEqual(expected);
});
