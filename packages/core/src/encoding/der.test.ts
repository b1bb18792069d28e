import { expect, test } from "vitest";
import { isInteger, readBitString, readElements, readOid } from "./der.ts";

const bytes = (...list: readonly number[]) => Uint8Array.from(list);
const element = (tag: number, ...content: readonly number[]) => ({ tag, content: bytes(...content) });

test.each([
  [[], 0, true],
  [[0x05, 0x00, 0x02, 0x01, 0x07], 2, true],
  [[0x04, 0x81, 0x80, ...Array(128).fill(0)], 1, true],
  [[0x04, 0x81, 0x7f, ...Array(127).fill(0)], 0, false],
  [[0x04, 0x82, 0x00, 0x80, ...Array(128).fill(0)], 0, false],
  [[0x30, 0x80, 0x00, 0x00], 0, false],
  [[0x1f, 0x01, 0x00], 0, false],
  [[0x05, 0x00, 0x02], 1, false],
  [[0x02, 0x02, 0x07], 0, false],
  [[0x04, 0x85, 0x01, 0, 0, 0, 0], 0, false],
])("%j holds %i elements; nothing else: %j", (list, count, complete) => {
  const read = readElements(bytes(...list));
  expect([read.elements.map(({ tag }) => tag), read.complete]).toEqual([
    [0x05, 0x02].slice(0, count).map((tag) => (list[0] === 4 ? 4 : tag)),
    complete,
  ]);
});

test.each([
  [[0x00], [true, true, false]],
  [[0x7f], [true, true, true]],
  [[0x80], [true, false, false]],
  [
    [0x00, 0x80],
    [true, true, true],
  ],
  [
    [0xff, 0x7f],
    [true, false, false],
  ],
  [
    [0x00, 0x7f],
    [false, false, false],
  ],
  [
    [0xff, 0x80],
    [false, false, false],
  ],
  [[], [false, false, false]],
])("%j is an integer, natural, positive: %j", (content, expected) => {
  const integer = element(0x02, ...content);
  expect([isInteger(integer), isInteger(integer, "natural"), isInteger(integer, "positive")]).toEqual(expected);
});

test.each([
  [[0x2a, 0x86, 0x48], "1.2.840"],
  [[0x55, 0x04, 0x03], "2.5.4.3"],
  [[0x88, 0x37], "2.999"],
  [[], undefined],
  [[0x2a, 0x80, 0x01], undefined],
  [[0x2a, 0x86], undefined],
  [[0x2a, 0x90, 0x80, 0x80, 0x80, 0x00], undefined],
])("%j is the identifier %j", (content, expected) => {
  expect([readOid(element(0x06, ...content)), readOid(element(0x04, ...content))]).toEqual([expected, undefined]);
});

test.each([
  [[0x00], []],
  [[0x04, 0xf0], [0xf0]],
  [[0x04, 0xf8], undefined],
  [[0x01], undefined],
  [[0x08, 0x00], undefined],
  [[], undefined],
])("%j is the bit string %j", (content, expected) => {
  const bits = readBitString(element(0x03, ...content));
  expect(bits === undefined ? undefined : [...bits]).toEqual(expected);
});
