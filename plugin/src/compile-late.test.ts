import { expect, test } from "vitest";
import { compileLate, type LateCompiler } from "./compile-late.ts";

/** The flags that were set, the first ones and then what `work` leads to. */
function flagsOf(work: (compiler: LateCompiler) => void, { v8 = "13.6.233", usedTime = 0 } = {}): readonly string[] {
  const flags: string[] = [];
  const compiler = compileLate({ setFlag: (flag) => flags.push(flag), usedTime: () => usedTime, v8 });
  const before = flags.length;
  work(compiler);
  return flags.slice(before);
}

const short = new Uint8Array(500);

test.each<[string, (compiler: LateCompiler) => void, { v8?: string; usedTime?: number }, readonly string[]]>([
  ["some files and short messages", (it) => manyTimes(40, () => [it.readFile(), it.hear(short)]), {}, []],
  ["a folder of files", (it) => manyTimes(200, () => it.readFile()), {}, ["--maglev"]],
  ["a long document", (it) => manyTimes(3, () => it.hear(new Uint8Array(65_536))), {}, ["--maglev"]],
  ["a second of work", (it) => manyTimes(3, () => it.hear(short)), { usedTime: 1_200_000 }, ["--maglev"]],
  ["a folder of files in Node 20", (it) => manyTimes(200, () => it.readFile()), { v8: "11.3.244" }, []],
])("%s", (_, work, engine, flags) => {
  expect(flagsOf(work, engine)).toEqual(flags);
});

function manyTimes(count: number, action: () => unknown): void {
  for (let index = 0; index < count; index += 1) action();
}

test("Node 20 is not told of compilers that it does not have", () => {
  const flags: string[] = [];
  compileLate({ setFlag: (flag) => flags.push(flag), usedTime: () => 0, v8: "11.3.244" });
  expect(flags).toEqual(["--semi-space-growth-factor=1"]);
});
