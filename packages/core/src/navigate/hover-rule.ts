import { readIgnoreComments } from "../manifest/ignore-comment.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import { readSettings } from "../manifest/settings.ts";
import { rules } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";
import type { Span } from "../text/span.ts";
import { selects } from "../workspace/selector.ts";
import { touches } from "../yaml/path-at.ts";
import { isSettings } from "./field-at.ts";
import type { Hover } from "./hover.ts";
import { code } from "./markdown.ts";

/** How many rules a beginning of a code lists at most. */
const maxListed = 12;

/** Says what a code, a name or the beginning of a code means, in a comment that ignores findings and in a settings file. */
export function hoverRule(file: ManifestFile, offset: number): Hover | undefined {
  const words = [...readIgnoreComments(file.text).flatMap((it) => it.words), ...settingsWords(file)];
  const word = words.find((it) => touches(it.span, offset));
  const meant = word === undefined ? [] : rules.filter((it) => selects(word.text, it));
  const [first] = meant;
  if (word === undefined || first === undefined) return undefined;
  return { span: word.span, markdown: meant.length === 1 ? describeRule(first) : listRules(word.text, meant) };
}

interface Word {
  readonly text: string;
  readonly span: Span;
}

function settingsWords(file: ManifestFile): readonly Word[] {
  if (!isSettings(file)) return [];
  return readSettings(file.uri, file.text).selectors.map(({ text, node }) => ({ text, span: node.span }));
}

function describeRule(rule: Rule): string {
  return [`**${rule.code} ${rule.name}** (${rule.severity})`, rule.docs.summary, rule.docs.why].join("\n\n");
}

function listRules(selector: string, meant: readonly Rule[]): string {
  const lines = meant.slice(0, maxListed).map((it) => `- **${it.code} ${it.name}**: ${it.docs.summary}`);
  const left = meant.length - lines.length;
  return [
    `${code(selector)} means ${meant.length} rules:`,
    "",
    ...lines,
    ...(left > 0 ? [`- and ${left} more`] : []),
  ].join("\n");
}
