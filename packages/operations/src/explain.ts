import { closest, rulePage, rules, type Schema } from "@registry-cache/core";
import { type RuntimeCode, runtimeCodePage, runtimeCodes } from "@registry-cache/runtime";
import { describeRule, type RuleDescription } from "./describe-rules.ts";
import { documentsWith } from "./documents.ts";
import { explainField, type FieldExplanation } from "./explain-field.ts";

export type { FieldExplanation } from "./explain-field.ts";

/** A rule with its page. */
export interface RuleExplanation extends RuleDescription {
  readonly kind: "rule";
  /** What the rule checks, why, and an example, in Markdown. */
  readonly page: string;
}

/** A code of rendering or of running caches with its page. */
export interface CodeExplanation {
  readonly kind: "code";
  readonly code: string;
  readonly name: string;
  readonly severity: RuntimeCode["severity"];
  readonly summary: string;
  /** What it says, why it matters and what to do, in Markdown. */
  readonly page: string;
}

/** What is to be said about a topic, or why it is none. */
export type Explanation =
  | RuleExplanation
  | CodeExplanation
  | FieldExplanation
  | { readonly kind: "unknown"; readonly message: string };

/** Explains a rule or a code of the runtime by its code or name, or a field by its path; of a Shoot as a garden knows it, where its schema is given. */
export function explain(topic: string, shootSchema?: Schema): Explanation {
  if (/^rc\d/i.test(topic))
    return explainRule(topic.toUpperCase()) ?? explainCode(topic.toUpperCase()) ?? unknownRule(topic);
  return (
    explainRule(topic) ??
    explainCode(topic) ??
    explainField(topic, { documents: documentsWith(shootSchema), rule: ruleNamed(topic) })
  );
}

function explainCode(topic: string): CodeExplanation | undefined {
  const found = runtimeCodes.find((it) => it.code === topic || it.name === topic);
  if (found === undefined) return undefined;
  const { code, name, severity, docs } = found;
  return { kind: "code", code, name, severity, summary: docs.summary, page: runtimeCodePage(found) };
}

function explainRule(topic: string): RuleExplanation | undefined {
  const rule = rules.find((it) => it.code === topic || it.name === topic);
  return rule && { kind: "rule", ...describeRule(rule), page: rulePage(rule) };
}

function unknownRule(topic: string): Explanation {
  return { kind: "unknown", message: `unknown code "${topic}", "kubectl registry-cache rules" lists all` };
}

/** The rule that a misspelt name is closest to. */
function ruleNamed(topic: string): string | undefined {
  return closest(
    topic,
    [...rules, ...runtimeCodes].map((it) => it.name),
  );
}
