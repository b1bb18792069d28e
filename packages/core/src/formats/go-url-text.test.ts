import { expect, test } from "vitest";
import { goUrlText } from "./go-url-text.ts";

// Recorded from url.Parse(text).String() of Go 1.26; undefined where it gives an error.
test.each([
  ["//a.example/t", "//a.example/t"],
  ["HTTPS://a.example/token", "https://a.example/token"],
  ["HtTp://a.example/t?Q#F", "http://a.example/t?Q#F"],
  ["https://A.example/token", "https://A.example/token"],
  ["https://a.example", "https://a.example"],
  ["https://a.example?x", "https://a.example?x"],
  ["https://a.example#x", "https://a.example#x"],
  ["https://a.example:/t", "https://a.example:/t"],
  ["https://a.example:0443/t", "https://a.example:0443/t"],
  ["https://[fe80::1%25et%20h]/t", "https://[fe80::1%25et%20h]/t"],
  ["https://bücher.example/t", "https://b%C3%BCcher.example/t"],
  ["https://%C3%BCx.example/t", "https://%C3%BCx.example/t"],
  ["https://@a.example/t", "https://@a.example/t"],
  ["https://:@a.example/t", "https://:@a.example/t"],
  ["https://u%40x:p%3aw@a.example/t", "https://u%40x:p%3Aw@a.example/t"],
  ["https://u!x:p'*@a.example/t", "https://u%21x:p%27%2A@a.example/t"],
  ["https://u;x:p$@a.example/t", "https://u;x:p$@a.example/t"],
  ["https://a.example/!$&'()*+,;=:@[]", "https://a.example/!$&'()*+,;=:@[]"],
  ['https://a.example/"x"', "https://a.example/%22x%22"],
  ["https://a.example/to ken", "https://a.example/to%20ken"],
  ["https://a.example/tök", "https://a.example/t%C3%B6k"],
  ["https://a.example/a%2fb", "https://a.example/a%2fb"],
  ["https://a.example/%41|b", "https://a.example/A%7Cb"],
  ["https://a.example/%e9|", "https://a.example/%E9%7C"],
  ["https://a.example/t\\x", "https://a.example/t%5Cx"],
  ["https://a.example/./t/../x", "https://a.example/./t/../x"],
  ["https://a.example/t?", "https://a.example/t?"],
  ["https://a.example/t??", "https://a.example/t??"],
  ["https://a.example/t?a=b&c=d e", "https://a.example/t?a=b&c=d e"],
  ["https://a.example/t#", "https://a.example/t"],
  ["https://a.example/t#f g", "https://a.example/t#f%20g"],
  ["https://a.example/t#a#b", "https://a.example/t#a%23b"],
  ["https://a.example/t#(!)'*", "https://a.example/t#(!)'*"],
  ["https://a.example/\tx", undefined],
  ["https://a.example/%", undefined],
  ["https://a.example/t#%zz", undefined],
] as const)("Go writes %j as %j", (text, written) => {
  expect(goUrlText(text)).toBe(written);
});
