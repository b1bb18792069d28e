import { closest, rulePage, rules } from "@registry-cache/core";
import { describeRule, type RuleDescription } from "./describe-rules.ts";
import { explainField, type FieldExplanation } from "./explain-field.ts";

export type { FieldExplanation } from "./explain-field.ts";

/** A rule with its page. */
export interface RuleExplanation extends RuleDescription {
  readonly kind: "rule";
  /** What the rule checks, why, and an example, in Markdown. */
  readonly page: string;
}

/** What is to be said about a topic, or why it is none. */
export type Explanation = RuleExplanation | FieldExplanation | { readonly kind: "unknown"; readonly message: string };

/** Explains a rule by its code or name, or a field by its path. */
export function explain(topic: string): Explanation {
  if (/^rc\d/i.test(topic)) return explainRule(topic.toUpperCase()) ?? unknownRule(topic);
  return explainRule(topic) ?? explainField(topic, ruleNamed(topic));
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
    rules.map((it) => it.name),
  );
}
