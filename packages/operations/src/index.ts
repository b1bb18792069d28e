export { type ContextSummary, createStop, describeContexts, type Stop } from "@registry-cache/garden";
export type {
  CacheChange as CacheDifference,
  CertificateSpec,
  DeployStep,
  Trace as TracedImage,
} from "@registry-cache/runtime";
export { clusterDefaults, showObject, sparkline } from "@registry-cache/runtime";
export type { BaselineEntry } from "./baseline.ts";
export { neededCertificates, placeholders } from "./certificates.ts";
export { renderChange } from "./change-text.ts";
export {
  draftSecret,
  probeCredential,
  readCredentialSource,
  type SecretDraft,
  type SecretDraftRequest,
  type SecretSource,
  writeSecret,
} from "./create-secret.ts";
export {
  type DeployListener,
  type DeployOutcome,
  type DeployPlace,
  type DeployRequest,
  deployCaches,
} from "./deploy/deploy.ts";
export { type UndeployRequest, undeployCaches } from "./deploy/undeploy.ts";
export { describeRules, type RuleDescription } from "./describe-rules.ts";
export { diffShoots } from "./diff-shoots.ts";
export type { DockerSource } from "./docker-login.ts";
export { type DoctorReport, type DoctorRequest, examineCaches } from "./doctor/doctor.ts";
export type { NodesPlan, NodesRequest } from "./doctor/read-nodes.ts";
export {
  carryOutEditorRotation,
  type EditorRotation,
  planEditorRotation,
  type RotationPreview,
} from "./editor-rotation.ts";
export { type ExpiringSecret, findExpiring } from "./expiring.ts";
export { type Explanation, explain, type FieldExplanation, type RuleExplanation } from "./explain.ts";
export type { Change } from "./fix.ts";
export { inspectSecrets, type SecretInspection } from "./inspect-secret.ts";
export { type LintCounts, type LintListener, type LintOutcome, type LintRequest, lint } from "./lint.ts";
export type { AdmissionAnswer } from "./live/ask-admission.ts";
export { type CacheSetupsRequest, readCacheSetups } from "./live/cache-setups.ts";
export { findCachesFor } from "./live/caches-for.ts";
export { checkNewSecret, createLiveSecret } from "./live/create-live-secret.ts";
export { createFactReader, type EditorFacts, type FactReader } from "./live/editor-facts.ts";
export { keptGardenSchema, type NamedSchema, readEditorSchema } from "./live/editor-schema.ts";
export { findLiveExpiring } from "./live/expiring.ts";
export { type FollowRequest, followLive, type LiveView, type ViewChange } from "./live/follow-live.ts";
export type { ObjectName } from "./live/garden-facts.ts";
export {
  type GardenSchema,
  listGardenSchemas,
  pullGardenSchema,
  readGardenSchema,
  showGardenSchema,
} from "./live/garden-schema.ts";
export { type GraphOutcome, type GraphRequest, readChains } from "./live/graph.ts";
export { inspectLiveSecret } from "./live/inspect.ts";
export { listProjects } from "./live/list-projects.ts";
export { createCacheReader } from "./live/live-caches.ts";
export { readLiveCredential } from "./live/live-credential.ts";
export { previousByName, wantedOf, withNamespace } from "./live/manifests-in-garden.ts";
export { offerContexts } from "./live/offer-contexts.ts";
export { type PendingLiveRotation, readPendingRotations } from "./live/pending-rotations.ts";
export { probeRotation } from "./live/probe-rotation.ts";
export { type Preflight, type PreflightRequest, preflightRotation } from "./live/rotation-preflight.ts";
export type { LiveRotationRequest, RotationEvent, RotationOutcome } from "./live/rotation-request.ts";
export { readLiveRotation, rotationClient, secretOfShoot, usernameOf } from "./live/rotation-target.ts";
export { runLiveRotation } from "./live/run-live-rotation.ts";
export { type ProjectPlace, resolveScope } from "./live/scope.ts";
export {
  type GardenSession,
  gardenErrorLine,
  gardenTrouble,
  openSession,
  type SessionOptions,
} from "./live/session.ts";
export type { ShootRole } from "./live/shoot-access.ts";
export type { LookOptions } from "./live/shoot-look.ts";
export { readShootText } from "./live/shoot-text.ts";
export { readStatus, type StatusOutcome, type StatusRequest, type StatusSink } from "./live/status.ts";
export type { Unseen } from "./live/unseen.ts";
export { readUsage, type SecretUsage, type UsageOutcome, type UsageRequest } from "./live/usage.ts";
export type { ReadList } from "./live/usage-run.ts";
export { type StatusChange, watchStatus } from "./live/watch-status.ts";
export { type ClusterFailure, type ClusterResult, type LiveShootRequest, openShootOfGarden } from "./live-cluster.ts";
export { readBundle, readPassword } from "./new-values.ts";
export { offerSecrets, type SecretOffer } from "./offer-secrets.ts";
export { type Login, type OpenShoot, openShoot, type ShootRequest } from "./open-shoot.ts";
export {
  type ChangePreview,
  previewChanges,
  previewRuntime,
  readyMadeFiles,
  type ShootName,
} from "./preview-runtime.ts";
export {
  type CacheProbe,
  type ProbeCredential,
  type ProbeOptions,
  type ProbeTarget,
  probeCaches,
  setupOf,
} from "./probe.ts";
export { probeSetups, type UpstreamProbe } from "./probe-setups.ts";
export { type ProbePaint, plainPaint, renderFacts, renderProbe } from "./probe-text.ts";
export { readOwnFile } from "./read-own-file.ts";
export { type Refusal, refusalsOf } from "./refusals.ts";
export {
  type Certificates,
  type RenderedShoot,
  type RenderNote,
  type RenderRequest,
  renderShoot,
} from "./render-shoot.ts";
export { printManifests, writeManifests, writeRendered } from "./rendered-files.ts";
export { type NewSecretOptions, type OpenRotation, openRotation, type RotationTarget } from "./rotation.ts";
export type { PreparedCommit } from "./rotation-commit.ts";
export { sealManifest } from "./seal-manifest.ts";
export type { SealingOptions } from "./seal-new-files.ts";
export { readFileCredential, type SecretInFiles } from "./secret-credential.ts";
export { type CredentialTestOptions, type CredentialVerdict, testCredential } from "./test-credential.ts";
export { type Measured, type MeasuredCache, measureCaches, type TopRequest } from "./top.ts";
export { offerTopics, type TopicOffer } from "./topics.ts";
export { traceInShoot } from "./trace-shoot.ts";
