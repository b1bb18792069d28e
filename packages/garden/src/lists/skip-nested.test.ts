import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import wabt from "wabt";
import { skipNested } from "./skip-json.ts";
import { nestedProgram, takeSkipper } from "./skip-nested.ts";

test("the program in base64 is what its source says", async () => {
  const { parseWat } = await wabt();
  const source = readFileSync(new URL("skip-nested.wat", import.meta.url), "utf8");
  const { buffer } = parseWat("skip-nested.wat", source, { simd: true }).toBinary({});
  expect(nestedProgram).toBe(Buffer.from(buffer).toString("base64"));
});

const pieces = ['\\"', "\\\\", "\\n", "{", "}", "[", "]", "a", "xxxxxxxxxxxxxxx", "é", ",", ":"];
/** Backslashes are within strings only, as in all JSON. */
const strings = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((it) => `"${it.join("")}x"`);
const outside = fc.constantFrom("{", "}", "[", "]", ",", ":", "1", "                ", "{}", "[[");
const texts = fc.array(fc.oneof(strings, outside), { maxLength: 30 }).map((it) => `{${it.join("")}`);

test("the program ends where the walk in JavaScript ends, wherever the text lies and is cut", () => {
  const skipper = takeSkipper();
  if (skipper === undefined) throw new Error("this engine has WebAssembly");
  const bytes = Buffer.from(skipper.memory.buffer);
  const words = new Int32Array(skipper.memory.buffer);
  let complete = 0;
  fc.assert(
    fc.property(texts, fc.nat(20), fc.nat(40), (text, at, cut) => {
      // What lies behind the end must not count.
      bytes.fill('\\"}]'.repeat(300), 0, 2000);
      const end = at + Math.max(1, bytes.write(text, at) - cut);
      const found = skipper.skip(at, end);
      if (found !== -1) complete += 1;
      expect(found).toBe(skipNested({ bytes, words }, at, end));
    }),
    { numRuns: 3000 },
  );
  expect(complete).toBeGreaterThan(300);
});
