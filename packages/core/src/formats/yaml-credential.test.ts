import { expect, test } from "vitest";
import { readConfigPassword, readConfigUsername } from "./yaml-credential.ts";

// What yaml.v2, which Distribution 3.1.1 reads its configuration with, makes of each.
test.each([
  ["reader", "intact", "reader"],
  ["robot$proj+ci", "intact", "robot$proj+ci"],
  ["~", "dropped", ""],
  ["|", "dropped", ""],
  ["@user", "crash", undefined],
  ["user:", "crash", undefined],
  ["reader\n", "altered", "reader"],
  [" reader #x", "altered", "reader"],
  ["'sq'", "altered", "sq"],
  ["'it''s'", "altered", "it's"],
  ['"dq"', "altered", "dq"],
  ['"d\\"q\\u0041\\x42\\t"', "altered", 'd"qAB\t'],
  ['"a" # comment', "altered", "a"],
  ["'a' # it's", "altered", "a"],
  ["!!str x", "altered", undefined],
  ["&anchor x", "altered", undefined],
] as const)("the username %j is read %s as %j", (username, verdict, text) => {
  expect(readConfigUsername(username)).toEqual({ verdict, text });
});

test.each([
  ["s3cret", "intact", "s3cret"],
  ['it\'s \\ "x"{y}', "intact", 'it\'s \\ "x"{y}'],
  ["tail\n", "altered", "tail "],
  ["a\nb", "altered", "a b"],
  ["a\n\nb", "altered", "a\nb"],
  ["crlf\r\n", "altered", "crlf "],
  ["bell\u0007", "crash", undefined],
  ["a\n---\nb", "crash", undefined],
] as const)("the password %j is read %s as %j", (password, verdict, text) => {
  expect(readConfigPassword(password)).toEqual({ verdict, text });
});
