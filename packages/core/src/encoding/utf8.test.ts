import { expect, test } from "vitest";
import { decodeUtf8, encodeUtf8, utf8Length } from "./utf8.ts";

test.each([
  ["", []],
  ["a", [0x61]],
  ["é", [0xc3, 0xa9]],
  ["€", [0xe2, 0x82, 0xac]],
  ["😀", [0xf0, 0x9f, 0x98, 0x80]],
  ["\u{10ffff}", [0xf4, 0x8f, 0xbf, 0xbf]],
  ["\ufeffx", [0xef, 0xbb, 0xbf, 0x78]],
])("%j is read and written as %j", (text, bytes) => {
  const encoded = encodeUtf8(text);
  expect([[...encoded], utf8Length(text), decodeUtf8(Uint8Array.from(bytes))]).toEqual([bytes, bytes.length, { text }]);
});

test.each([
  [[0x61, 0xff, 0x62], "a\ufffdb", 1],
  [[0xc0, 0x80], "\ufffd\ufffd", 0],
  [[0xe0, 0x80, 0x80], "\ufffd\ufffd\ufffd", 0],
  [[0xed, 0xa0, 0x80], "\ufffd\ufffd\ufffd", 0],
  [[0xf4, 0x90, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd", 0],
  [[0x78, 0xe2, 0x82], "x\ufffd\ufffd", 1],
])("of the invalid bytes %j each becomes a replacement", (bytes, text, invalidAt) => {
  expect(decodeUtf8(Uint8Array.from(bytes))).toEqual({ text, invalidAt });
});

test("a lone surrogate is written as a replacement", () => {
  expect([[...encodeUtf8("a\ud800b\udc00")], utf8Length("a\ud800b\udc00")]).toEqual([
    [0x61, 0xef, 0xbf, 0xbd, 0x62, 0xef, 0xbf, 0xbd],
    8,
  ]);
});

test("texts longer than a chunk come back unchanged, wherever the chunk ends", () => {
  const texts = [0, 1, 2, 3].map((shift) => "a".repeat(4092 + shift) + "😀é€".repeat(3000));
  expect(texts.filter((text) => decodeUtf8(encodeUtf8(text)).text !== text)).toEqual([]);
});
