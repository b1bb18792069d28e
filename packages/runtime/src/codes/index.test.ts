import { readdirSync } from "node:fs";
import { join } from "node:path";
import { rules } from "@registry-cache/core";
import { expect, test } from "vitest";
import { runtimeCodes } from "./index.ts";
import { runtimeCodePage } from "./runtime-code.ts";

const folder = join(import.meta.dirname, "../../docs/codes");

test.each(runtimeCodes)("the page of $code is current", async (code) => {
  await expect(runtimeCodePage(code)).toMatchFileSnapshot(join(folder, `${code.code}.md`));
});

test("the folder of pages holds nothing else", () => {
  expect(readdirSync(folder).sort()).toEqual(runtimeCodes.map((it) => `${it.code}.md`));
});

test("codes and names are used once, those of rules included, and the codes are in order", () => {
  const all = [...rules, ...runtimeCodes];
  const [codes, names] = [all.map((it) => it.code), all.map((it) => it.name)];
  expect([new Set(codes).size, new Set(names).size]).toEqual([codes.length, names.length]);
  expect(runtimeCodes.map((it) => it.code)).toEqual(runtimeCodes.map((it) => it.code).sort());
});
