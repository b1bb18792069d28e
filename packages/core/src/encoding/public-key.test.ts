import { expect, test } from "vitest";
import { readElements } from "./der.ts";
import { isPublicKey } from "./public-key.ts";

const der = (tag: number, ...parts: readonly (readonly number[])[]): readonly number[] => [
  tag,
  parts.flat().length,
  ...parts.flat(),
];
const zeros = (length: number): readonly number[] => Array.from({ length }, () => 0);
const nothing = der(0x05);
const rsa = der(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1]);
const ec = der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]);
const p256 = der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]);
const k1 = der(0x06, [0x2b, 0x81, 4, 0, 10]);
const ed25519 = der(0x06, [0x2b, 0x65, 0x70]);
const ed448 = der(0x06, [0x2b, 0x65, 0x71]);
const dsa = der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1]);
const number = (value: number) => der(0x02, [value]);

test.each([
  ["RSA", [rsa, nothing], der(0x30, number(5), number(3)), true],
  ["RSA without parameters", [rsa], der(0x30, number(5), number(3)), false],
  ["RSA with a negative modulus", [rsa, nothing], der(0x30, number(0x85), number(3)), false],
  ["RSA without an exponent", [rsa, nothing], der(0x30, number(5)), false],
  ["P-256", [ec, p256], [4, ...zeros(64)], true],
  ["P-384", [ec, der(0x06, [0x2b, 0x81, 4, 0, 34])], [4, ...zeros(96)], true],
  ["P-256, compressed", [ec, p256], [2, ...zeros(32)], false],
  ["P-256, too short", [ec, p256], [4, ...zeros(63)], false],
  ["secp256k1", [ec, k1], [4, ...zeros(64)], false],
  ["Ed25519", [ed25519], zeros(32), true],
  ["Ed25519 with parameters", [ed25519, nothing], zeros(32), false],
  ["Ed25519, too short", [ed25519], zeros(31), false],
  ["Ed448, unknown to Go", [ed448], zeros(7), true],
  ["DSA", [dsa, der(0x30, number(1), number(2), number(3))], number(4), true],
  ["DSA without parameters", [dsa], number(4), false],
  ["no identifier", [nothing], zeros(3), false],
] as const)("%s", (_, algorithm, key, expected) => {
  const bytes = der(0x30, der(0x30, ...algorithm), der(0x03, [0], key));
  expect(isPublicKey(readElements(Uint8Array.from(bytes)).elements[0])).toBe(expected);
});
