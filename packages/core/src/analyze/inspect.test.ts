import { expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import { rules } from "../rules/index.ts";
import { dedent } from "../text/dedent.ts";
import { inspect } from "./inspect.ts";
import { inspectFindings } from "./inspect-findings.ts";

const files = rules.flatMap(({ code, example }) => [
  readManifests(`${code}-bad.yaml`, dedent(example.bad)),
  readManifests(`${code}-good.yaml`, dedent(example.good)),
]);

test("who asks for no outlines is told the same of all else", () => {
  expect(files.map((it) => inspectFindings(it, () => undefined))).toEqual(
    files.map((it) => ({ ...inspect(it), outlines: [] })),
  );
});

test("every Shoot has an outline", () => {
  const counts = files.map((it) => it.documents.flatMap(({ shoots }) => shoots).length);
  expect(files.map((it) => inspect(it).outlines.length)).toEqual(counts);
});
