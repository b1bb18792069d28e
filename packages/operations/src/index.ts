export type { BaselineEntry } from "./baseline.ts";
export { describeRules, type RuleDescription } from "./describe-rules.ts";
export { type Explanation, explain, type FieldExplanation, type RuleExplanation } from "./explain.ts";
export type { Change } from "./fix.ts";
export { type LintCounts, type LintListener, type LintOutcome, type LintRequest, lint } from "./lint.ts";
export type { AdmissionAnswer } from "./live/ask-admission.ts";
export { type GraphOutcome, type GraphRequest, readChains } from "./live/graph.ts";
export { offerContexts } from "./live/offer-contexts.ts";
export {
  type GardenSession,
  gardenErrorLine,
  openSession,
  type SessionOptions,
} from "./live/session.ts";
export { readStatus, type StatusOutcome, type StatusRequest } from "./live/status.ts";
export type { Unseen } from "./live/unseen.ts";
export { readUsage, type SecretUsage, type UsageOutcome, type UsageRequest } from "./live/usage.ts";
export type { ReadList } from "./live/usage-run.ts";
export { type StatusChange, watchStatus } from "./live/watch-status.ts";
export { readBundle, readPassword } from "./new-values.ts";
export { offerSecrets, type SecretOffer } from "./offer-secrets.ts";
export { type NewSecretOptions, type OpenRotation, openRotation, type RotationTarget } from "./rotation.ts";
export { offerTopics, type TopicOffer } from "./topics.ts";
