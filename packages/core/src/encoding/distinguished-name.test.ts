import { expect, test } from "vitest";
import { type DerElement, readElements } from "./der.ts";
import { readName } from "./distinguished-name.ts";

const der = (tag: number, ...parts: readonly (readonly number[])[]): readonly number[] => [
  tag,
  parts.flat().length,
  ...parts.flat(),
];
const codes = (text: string) => [...text].map((character) => character.charCodeAt(0));
const attribute = (tag: number, value: readonly number[], type: readonly number[] = [0x55, 4, 3]) =>
  der(0x30, der(0x06, type), der(tag, value));
const name = (...sets: readonly (readonly number[])[]): DerElement | undefined =>
  readElements(Uint8Array.from(der(0x30, ...sets))).elements[0];

test.each([
  [[], ""],
  [[der(0x31, attribute(0x0c, codes("a"), [0x55, 4, 6])), der(0x31, attribute(0x13, codes("b")))], "CN=b,C=a"],
  [[der(0x31, attribute(0x0c, codes("a")), attribute(0x16, codes("b@c"), [0x2a, 3]))], "CN=a+1.2.3=b@c"],
  [[der(0x31, attribute(0x0c, codes(' a,"b"# ')))], 'CN=\\ a\\,\\"b\\"#\\ '],
  [[der(0x31, attribute(0x0c, [0xc3, 0xa9]))], "CN=é"],
  [[der(0x31, attribute(0x14, [0xe9]))], "CN=é"],
  [[der(0x31, attribute(0x1e, [0x20, 0xac, 0, 0]))], "CN=€"],
  [[der(0x31, attribute(0x0c, [0xc3]))], undefined],
  [[der(0x31, attribute(0x13, codes("a@b")))], undefined],
  [[der(0x31, attribute(0x16, [0xe9]))], undefined],
  [[der(0x31, attribute(0x12, codes("a")))], undefined],
  [[der(0x31, attribute(0x1e, [0xd8, 0]))], undefined],
  [[der(0x31, attribute(0x1e, [0]))], undefined],
  [[der(0x31, attribute(0x02, [1]))], undefined],
  [[der(0x31, der(0x30, der(0x06, [0x55, 4, 3])))], undefined],
  [[der(0x30, attribute(0x0c, codes("a")))], undefined],
  [[[0x31, 0x05]], undefined],
])("%j is the name %j", (sets, expected) => {
  expect(readName(name(...sets))).toBe(expected);
});
