export type { BaselineEntry } from "./baseline.ts";
export { describeRules, type RuleDescription } from "./describe-rules.ts";
export { type Explanation, explain, type FieldExplanation, type RuleExplanation } from "./explain.ts";
export type { Change } from "./fix.ts";
export { type LintCounts, type LintListener, type LintOutcome, type LintRequest, lint } from "./lint.ts";
export { readBundle, readPassword } from "./new-values.ts";
export { offerSecrets, type SecretOffer } from "./offer-secrets.ts";
export { type NewSecretOptions, type OpenRotation, openRotation, type RotationTarget } from "./rotation.ts";
export { offerTopics, type TopicOffer } from "./topics.ts";
