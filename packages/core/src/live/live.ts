export {
  type CacheStatus,
  cacheStatuses,
  type SeenSecret,
  type StatusContext,
  secretsOf,
} from "./cache-status.ts";
export { type LiveChain, readLiveChain } from "./live-chain.ts";
export { type LiveObstacle, type LiveRollOut, liveRollOut } from "./live-roll-out.ts";
export { effectiveWindow, type Stretch } from "./maintenance-window.ts";
export { type ProbeStep, probeSteps } from "./probe-steps.ts";
export { readTime } from "./read-time.ts";
export {
  type NamedUse,
  pendingSwitches,
  readBindingUsage,
  readSecretState,
  readShootUsage,
  readTemplateUsage,
  type UsageReport,
} from "./read-usage.ts";
export { type ReferenceKind, type SecretReference, secretReferences } from "./secret-references.ts";
export {
  judgeUsage,
  obstacleTexts,
  type PendingSwitch,
  type ReadObject,
  type SecretState,
  type SecretUse,
  type UsageEvidence,
  type UsageVerdict,
  type Verdict,
} from "./usage.ts";
export { readWriteTimes, type WriteTimes } from "./write-times.ts";
