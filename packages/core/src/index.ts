export { applySettings } from "./analyze/apply-settings.ts";
export { aroundEdit } from "./analyze/around-edit.ts";
export { type CacheCredentials, type CacheSetup, cacheSetups, credentialOf } from "./analyze/cache-setups.ts";
export { type Compact, createCompact, detach } from "./analyze/compact.ts";
export { type Conclusion, conclude, concludeCounting } from "./analyze/conclude.ts";
export { expiryAnnotation } from "./analyze/declared-expiry.ts";
export { fingerprintsOf } from "./analyze/fingerprint.ts";
export { type FileReport, inspect, type PreviousOf, type ShootReport } from "./analyze/inspect.ts";
export { type Inspection, inspectAgain } from "./analyze/inspect-again.ts";
export { inspectFindings } from "./analyze/inspect-findings.ts";
export { inspectSettings } from "./analyze/inspect-settings.ts";
export { openWorkspace, type Workspace } from "./analyze/open-workspace.ts";
export {
  type SecretSummary,
  type SecretUse as SummarizedUse,
  secretSummaries,
  secretSummary,
} from "./analyze/secret-summaries.ts";
export type { CompletionItem, CompletionKind, CompletionWorkspace } from "./complete/completion.ts";
export { complete } from "./complete/index.ts";
export { type InlayHint, inlayHints } from "./complete/inlay-hints.ts";
export { decodeBase64, encodeBase64 } from "./encoding/base64.ts";
export { type FirstCertificate, readFirstCertificate } from "./encoding/certificate.ts";
export { sha256Hex } from "./encoding/sha256.ts";
export { decodeUtf8, encodeUtf8 } from "./encoding/utf8.ts";
export { type CredentialKind, credentialKind } from "./formats/credential-kind.ts";
export { dns1123SubdomainProblems, upstreamProblems } from "./formats/dns-name.ts";
export { type DockerAuth, type DockerConfig, type DockerLogin, parseDockerConfig } from "./formats/docker-config.ts";
export { formatDuration, parseDuration } from "./formats/duration.ts";
export { type GoUrl, parseGoUrl, urlProblems } from "./formats/go-url.ts";
export { goUrlText } from "./formats/go-url-text.ts";
export { labelProblems } from "./formats/label.ts";
export { readDateTime } from "./formats/time.ts";
export { defaultRemoteUrl, resourceName, serviceName, upstreamLabel } from "./formats/upstream-names.ts";
export { type ConfigValue, readConfigPassword, readConfigUsername } from "./formats/yaml-credential.ts";
export { passwordInConfig, usernameInConfig } from "./formats/yaml-username.ts";
export { type GraphFormat, renderGraph } from "./graph/index.ts";
export * from "./live/live.ts";
export { mayConcernUs, skippedFolders } from "./manifest/concern.ts";
export { type ManifestDocument, type ManifestFile, readManifests } from "./manifest/manifest.ts";
export { maskSecrets, redacted, secretSpans } from "./manifest/mask.ts";
export type { Mirror as MirrorView } from "./manifest/mirror-config.ts";
export type { Cache as CacheView } from "./manifest/registry-config.ts";
export type { Secret as SecretView, SecretForm } from "./manifest/secret-view.ts";
export {
  type Policies,
  readSettings,
  type Settings,
  type SettingsFile,
  settingsFileName,
} from "./manifest/settings.ts";
export type { Shoot as ShootView } from "./manifest/shoot.ts";
export { chains } from "./navigate/chains.ts";
export { type CodeLens, codeLenses } from "./navigate/code-lenses.ts";
export {
  type CredentialTarget,
  type CredentialTest,
  credentialFiles,
  credentialSetups,
  credentialTests,
} from "./navigate/credential-tests.ts";
export { type Definition, definitions } from "./navigate/definitions.ts";
export { type DocumentLink, documentLinks } from "./navigate/document-links.ts";
export { type DocumentSymbol, documentSymbols, type SymbolKind } from "./navigate/document-symbols.ts";
export { foldingRanges } from "./navigate/folding.ts";
export { type Hover, hover } from "./navigate/hover.ts";
export { type Highlight, highlights, references } from "./navigate/references.ts";
export { rename, renameAt } from "./navigate/rename.ts";
export { selectionRanges } from "./navigate/selection.ts";
export { type UsedCredential, usedCredentials } from "./navigate/used-credentials.ts";
export { type WorkspaceSymbol, workspaceSymbols } from "./navigate/workspace-symbols.ts";
export type { ActionData } from "./rotate/action-data.ts";
export { applyFileChange, type FileTexts } from "./rotate/apply-file-change.ts";
export { blockingRules } from "./rotate/blocking-findings.ts";
export { completeSealing } from "./rotate/complete-sealing.ts";
export { type Action, editorActions, resolveAction } from "./rotate/editor-actions.ts";
export { rotationFiles } from "./rotate/editor-workspace.ts";
export { isKustomization } from "./rotate/kustomization.ts";
export * from "./rotate/live.ts";
export { newSecretManifest } from "./rotate/new-secret.ts";
export { type PendingRotation, type PendingShoot, pendingFiles, pendingRotations } from "./rotate/pending.ts";
export { planFileFinish } from "./rotate/plan-file-finish.ts";
export { planFileRollback } from "./rotate/plan-file-rollback.ts";
export { planFileRotation } from "./rotate/plan-file-rotation.ts";
export { remoteRefs } from "./rotate/remote-refs.ts";
export type { Kustomization, NewValues, RemoteChange, RotationFiles, RotationRequest } from "./rotate/request.ts";
export type {
  Blocker,
  BlockerKind,
  CacheUse,
  FileChange,
  FileFinish,
  FileRollback,
  FileRotation,
  NewFile,
  RotationNote,
  RotationStep,
  SealingDraft,
  SecretId,
  ShootId,
  SwitchedEntry,
} from "./rotate/rotation.ts";
export { type RotationStage, type RotationStatus, rotationStatus, type VersionStatus } from "./rotate/status.ts";
export { isLaterVersion, maxNameLength, nextName } from "./rotate/versions.ts";
export { rulePage } from "./rules/docs.ts";
export { rules } from "./rules/index.ts";
export type { Rule } from "./rules/rule.ts";
export { describeField } from "./schema/field.ts";
export { type GardenModel, readGardenModel, shootModel } from "./schema/garden-model.ts";
export { type PreparedSchema, prepareSchema } from "./schema/prepare.ts";
export { refineShootSchema, type SchemaDifferences, schemaDifferences } from "./schema/refine-schema.ts";
export { immutabilities, type Schema } from "./schema/schema.ts";
export { schemas } from "./schema/schemas.ts";
export { closest } from "./text/distance.ts";
export { applyEdits, conflict, type Edit } from "./text/edit.ts";
export { indexLines, type LineIndex, type Position } from "./text/line-index.ts";
export { printable } from "./text/printable.ts";
export { joinReplacements, type Replacement } from "./text/replacement.ts";
export type { Result } from "./text/result.ts";
export { overlaps, type Span } from "./text/span.ts";
export type { ChainFinding, ChainLink, Health, ReferenceChain, ShootChain, UpstreamChain } from "./workspace/chain.ts";
export { summarizeLive } from "./workspace/chain-values.ts";
export type {
  Admission,
  AdmissionType,
  FileEdits,
  Finding,
  Fix,
  Place,
  Related,
  Severity,
} from "./workspace/finding.ts";
export type { Garden } from "./workspace/garden.ts";
export type { Ignore } from "./workspace/ignore.ts";
export type { NamespacedName } from "./workspace/name-index.ts";
export type { EntryName, KnownEntry, KnownUse, SecretMention, ShootOutline } from "./workspace/outline.ts";
export { type PreviousShoot, summarizePrevious } from "./workspace/previous.ts";
export {
  firstSighting,
  nextSighting,
  type Obstacle,
  type RollOut,
  rollOutOf,
  type Sighting,
  type Switch,
} from "./workspace/roll-out.ts";
export { type RollOutState, readRollOutState } from "./workspace/roll-out-state.ts";
export { selects, selectsAny } from "./workspace/selector.ts";
export type {
  ClusterFacts,
  Facts,
  KnownSecret,
  LiveSecret,
  LiveUse,
  Purpose,
  Reference,
  SecretFinding,
} from "./workspace/workspace.ts";
export type { WrittenName } from "./workspace/written-name.ts";
export type {
  MapEntry as YamlEntry,
  Node as YamlNode,
  SeqItem as YamlItem,
  YamlDocument,
  YamlProblem,
} from "./yaml/node.ts";
export { fieldOf as yamlField } from "./yaml/node.ts";
export { parseYaml } from "./yaml/parse.ts";
export { printYaml } from "./yaml/print-value.ts";
export { quoteScalar } from "./yaml/quote-scalar.ts";
export { type PlainMap, type PlainValue, toValue } from "./yaml/to-value.ts";
