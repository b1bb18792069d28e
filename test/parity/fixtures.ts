import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "@registry-cache/core";
import { type ExtensionType, shootAround } from "../conformance/build-shoot.ts";
import type { Json } from "../conformance/write-manifest.ts";
import { corpus } from "../robust/corpus.ts";

const root = join(import.meta.dirname, "../..");

/** Every fixture of the repository as a file of one tree: its path and its text. */
export function fixtures(): { readonly [path: string]: string } {
  return Object.fromEntries([
    ...corpus().map(([name, text], index) => [`corpus/${index}-${name.replace(/[^\w.-]+/g, "-")}.yaml`, text]),
    ...settingsExamples(),
    ...wholeShoots(),
    ...oracle("registry-cache", "oracle-config.jsonl"),
    ...oracle("registry-mirror", "oracle-mirror.jsonl"),
    ...structures(),
  ]);
}

/** Rules that need settings have them in a folder of their own; some are about the settings themselves. */
function settingsExamples(): readonly (readonly [string, string])[] {
  return rules.flatMap(({ code, example: { bad, settings, isSettings } }) => {
    if (isSettings) return [[`settings/${code}/.registry-cache.yaml`, bad] as const];
    if (settings === undefined) return [];
    return [[`settings/${code}/.registry-cache.yaml`, settings] as const, [`settings/${code}/a.yaml`, bad] as const];
  });
}

function wholeShoots(): readonly (readonly [string, string])[] {
  const folder = join(root, "test/conformance/shoots");
  return readdirSync(folder).map((it) => [`shoots/${it}`, readFileSync(join(folder, it), "utf8")]);
}

function oracle(type: ExtensionType, file: string): readonly (readonly [string, string])[] {
  const lines = readFileSync(join(root, "test/conformance/cases", file), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => {
    const { id, input }: { readonly id: string; readonly input: Json } = JSON.parse(line);
    return [`oracle/${id}.json`, JSON.stringify(shootAround(type, input))];
  });
}

/** What YAML can look like. Without the last word nobody would look into these files. */
function structures(): readonly (readonly [string, string])[] {
  const file = readFileSync(join(root, "test/conformance/cases/kubectl-structures.json"), "utf8");
  const { structures: all }: { readonly structures: readonly { readonly text?: string }[] } = JSON.parse(file);
  return all.flatMap(({ text }, index) =>
    text === undefined ? [] : [[`structures/${index}.yaml`, `${text}\n# Shoot\n`] as const],
  );
}
