import { dedent } from "../text/dedent.ts";
import type { Rule } from "./rule.ts";

/** The documentation page of a rule, in Markdown. */
export function rulePage({ code, name, severity, mirrors, docs, example }: Rule): string {
  const parts = [
    `# ${code} ${name}`,
    docs.summary,
    `Severity: ${severity}.${mirrors === undefined ? "" : ` It follows ${mirrors}.`}`,
    "## Why",
    docs.why,
    ...(example.settings === undefined ? [] : ["## Settings", block(example.settings)]),
    "## Wrong",
    block(example.bad),
    ...(example.previous === undefined ? [] : ["Before the update it was:", block(example.previous)]),
    ...(example.garden === undefined ? [] : [gardenNote(example.garden.secrets.map((it) => it.name))]),
    "## Right",
    block(example.good),
  ];
  return `${parts.join("\n\n")}\n`;
}

function block(yaml: string): string {
  return `\`\`\`yaml\n${dedent(yaml).trimEnd()}\n\`\`\``;
}

function gardenNote(names: readonly string[]): string {
  return names.length === 0
    ? "The garden has none of these Secrets."
    : `The garden has the Secret ${names.join(", ")}.`;
}
