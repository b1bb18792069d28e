import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rules } from "@registry-cache/core";
import { readMarks } from "@registry-cache/testkit";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A text that the product must cope with, and its name. */
export type Fixture = readonly [name: string, text: string];

/** Every manifest of this repository: the rules' examples, the tour's garden, and each of them again in other clothes. */
export function corpus(): readonly Fixture[] {
  const plain = [...ruleExamples(), ...files("examples/garden"), ...files("test/robust/fixtures")];
  return [
    ...plain,
    ...plain.map(([name, text]): Fixture => [`${name} with CRLF`, text.replaceAll("\n", "\r\n")]),
    ...plain.map(([name, text]): Fixture => [`${name} with a BOM and no last newline`, `\ufeff${text.trimEnd()}`]),
  ];
}

function ruleExamples(): readonly Fixture[] {
  return rules.flatMap(({ code, example }): readonly Fixture[] => {
    const texts = [example.bad, example.good].map((it) => readMarks(it.replace(/^\n/, "")).text);
    return texts.map((text, index) => [`${code} ${index === 0 ? "bad" : "good"}`, outdent(text)]);
  });
}

function outdent(text: string): string {
  const indent = Math.min(
    ...text
      .split("\n")
      .filter((it) => it.trim() !== "")
      .map((it) => it.length - it.trimStart().length),
  );
  return text
    .split("\n")
    .map((it) => it.slice(indent))
    .join("\n");
}

function files(directory: string): readonly Fixture[] {
  const folder = join(root, directory);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((it) => /\.(?:ya?ml|json)$/.test(it))
    .sort()
    .map((it) => [it, readFileSync(join(folder, it), "utf8")]);
}
