import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdits, conclude, conflict, type Edit, type Finding, inspect, readManifests } from "@registry-cache/core";
import { expect, test } from "vitest";
import { shootAround } from "./build-shoot.ts";
import { type JsonObject, type WritingStyle, writeManifest } from "./write-manifest.ts";

const rounds = 5;

function check(text: string): readonly Finding[] {
  return conclude([inspect(readManifests("shoot.yaml", text))]).get("shoot.yaml") ?? [];
}

/** Applies the safe fixes of one round, as `--fix` does. */
function mend(text: string): string {
  const edits: Edit[] = [];
  for (const { fixes } of check(text)) {
    const wanted = fixes.find((it) => it.safe)?.edits.flatMap((it) => it.edits) ?? [];
    if (!conflict(edits, wanted)) edits.push(...wanted);
  }
  return applyEdits(text, edits);
}

function refusals(text: string): readonly string[] {
  return check(text).flatMap(({ admission }) => (admission ? [`${admission.type} ${admission.field}`] : []));
}

/** What safe fixes made of a manifest, where they did not come to an end or made its verdict worse. */
function harm(id: string, text: string): readonly string[] {
  let mended = text;
  for (let round = 0; round < rounds; round += 1) mended = mend(mended);
  if (mend(mended) !== mended) return [`${id} comes to no end:\n${mended}`];
  const [before, after] = [refusals(text), refusals(mended)];
  // A config that decodes at last is refused for what could not be seen before.
  if (before.some((it) => it.startsWith("Decode"))) return [];
  const added = after.filter((it) => !before.includes(it));
  return added.length > 0 && after.length >= before.length
    ? [`${id} is refused for ${added.join(", ")}:\n${mended}`]
    : [];
}

test.each<[string, WritingStyle]>([
  ["oracle-config", "JSON"],
  ["oracle-config", "block YAML"],
  ["oracle-mirror", "JSON"],
  ["oracle-mirror", "block YAML"],
])("safe fixes of %s in %s come to an end and never make a verdict worse", (name, style) => {
  const lines = readFileSync(join(import.meta.dirname, `cases/${name}.jsonl`), "utf8")
    .trimEnd()
    .split("\n");
  const cases = lines.map((line): { readonly id: string; readonly input: JsonObject } => JSON.parse(line));
  const type = name === "oracle-mirror" ? "registry-mirror" : "registry-cache";
  expect(cases.flatMap(({ id, input }) => harm(id, writeManifest(shootAround(type, input), style)))).toEqual([]);
});
