import { expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.ts";

test.each([
  ["", []],
  ["YWJj", [97, 98, 99]],
  ["YWI=", [97, 98]],
  ["YQ==", [97]],
  ["YW\r\nJj\n", [97, 98, 99]],
  ["YQ=\n=", [97]],
  // Spare bits that are set.
  ["YR==", [97]],
  ["YWL=", [97, 98]],
  ["+/8=", [251, 255]],
])("%j holds the bytes %j", (text, bytes) => {
  expect([...(decodeBase64(text) ?? [-1])]).toEqual(bytes);
});

test.each(["YQ", "YQ=", "Y", "YQ==YQ==", "Y Q=", "YWJj\t", "-_8=", "====", "YWJ=j", "A===", "é==="])(
  "Go refuses %j, and so do we",
  (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  },
);

test("bytes are written with padding", () => {
  expect([
    encodeBase64(Uint8Array.of()),
    encodeBase64(Uint8Array.of(97)),
    encodeBase64(Uint8Array.of(251, 255)),
  ]).toEqual(["", "YQ==", "+/8="]);
});
