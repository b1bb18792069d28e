import type { IgnoreComment, IgnoreWord } from "../manifest/ignore-comment.ts";
import type { ManifestDocument } from "../manifest/manifest.ts";
import type { Secret } from "../manifest/secret.ts";
import type { Policies, SettingsFile } from "../manifest/settings.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { Edit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import type { AdmissionType, Related, Severity } from "../workspace/finding.ts";
import type { Garden } from "../workspace/garden.ts";
import type { PreviousShoot } from "../workspace/previous.ts";
import type { Selectable } from "../workspace/selector.ts";
import type { ClusterFacts, Purpose, Reference } from "../workspace/workspace.ts";

/** One rule: what it is, why, an example, and the checks that find it. All of it is read from one table. */
export interface Rule {
  /** `RC` and three digits. Never used again once given. */
  readonly code: string;
  /** The code's name in kebab-case. */
  readonly name: string;
  readonly severity: Severity;
  /** The upstream source whose verdict the rule predicts, or the upstream issue that it comes from. */
  readonly mirrors?: string;
  readonly docs: RuleDocs;
  readonly example: RuleExample;
  /** Without this the rule finds nothing, and `checkShoot` or `checkDocument` is not asked. */
  readonly needs?: ShootNeed | "yaml-problems";
  checkDocument?(document: ManifestDocument): Iterable<Draft>;
  checkShoot?(shoot: Shoot, previous: PreviousShoot | undefined, policies: Policies): Iterable<ShootDraft>;
  checkSecret?(secret: Secret, purpose: Purpose, policies: Policies): Iterable<SecretDraft>;
  checkReference?(reference: Reference, garden: Garden, policies: Policies): Iterable<ReferenceDraft>;
  checkIgnore?(judged: JudgedIgnore): Iterable<Draft>;
  /** `table` names all rules there are. */
  checkSettings?(file: SettingsFile, table: readonly Selectable[]): Iterable<Draft>;
}

/** What some rules need; `needsOf` says of each what it is. */
export type ShootNeed =
  | "problems"
  | "previous"
  | "policies"
  | "mirror"
  | "extensions"
  | "noConfig"
  | "noItems"
  | "noWorkers"
  | "resources"
  | "upstreams"
  | "longHost"
  | "urls"
  | "remoteURL"
  | "garbageCollection"
  | "http"
  | "serviceNameSuffix"
  | "volume"
  | "storageClassName";

/** A comment that ignores findings, and what of it ignores nothing for certain. */
export interface JudgedIgnore {
  readonly text: string;
  readonly comment: IgnoreComment;
  readonly idle: readonly IdleWord[];
  /** No finding can be in this file, whatever else is known. */
  readonly idleFile: boolean;
}

/** A word that ignores nothing: no rule is called so, or the rule finds nothing where the comment covers. */
export interface IdleWord {
  readonly word: IgnoreWord;
  readonly known: boolean;
  /** The code or name that was most likely meant. */
  readonly meant: string | undefined;
}

/** What the rule's page says: one sentence on what is wrong, one or two on what happens because of it. */
export interface RuleDocs {
  readonly summary: string;
  readonly why: string;
}

/**
 * A manifest with the mistake and one without. In `bad`, `# ^^^ RC101` under a line marks the finding's columns in it,
 * `#@ RC101` marks the whole line. `good` is what the first fix gives, where there is one.
 */
export interface RuleExample {
  readonly bad: string;
  readonly good: string;
  /** The version before the update, for rules on updates. */
  readonly previous?: string;
  /** The version before is the Shoot in the garden. */
  readonly live?: true;
  /** What is known of the garden, for rules that need one to see anything. */
  readonly garden?: ClusterFacts;
  /** The settings that the manifest is checked with. */
  readonly settings?: string;
  /** The example is itself a settings file. */
  readonly isSettings?: true;
  /** What is known of the file: whether it is committed to Git. */
  readonly committed?: true;
}

/** A finding as a rule yields it; code, name and file are added by the analysis. */
export interface Draft {
  readonly span: Span;
  readonly message: string;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  /** The first is the best. */
  readonly fixes?: readonly DraftFix[];
}

/** A fix as edits of the finding's own file. */
export interface DraftFix {
  readonly title: string;
  /** Certain enough to be applied blind. */
  readonly safe?: boolean;
  readonly edits: readonly Edit[];
}

/** A finding on a Shoot, with what a webhook would say of it. */
export interface ShootDraft extends Draft {
  readonly admission?: Prediction | undefined;
}

/** A finding on a Secret; `denied` tells that admission of a Shoot that refers to it would refuse it as Invalid. */
export interface SecretDraft extends Draft {
  readonly denied?: boolean;
  /** The finding counts only when the Secret's file is committed to Git. */
  readonly ifCommitted?: boolean;
}

/** A finding on a reference; `denied` tells that admission would refuse the Shoot outright. */
export interface ReferenceDraft extends Draft {
  readonly denied?: boolean;
}

/** The extension's two webhooks. */
export type Webhook = "registry-cache" | "registry-mirror";

/** What a webhook would say, and at which of its steps: an earlier step that fails silences the later ones. */
export interface Prediction {
  readonly webhook: Webhook;
  readonly step: AdmissionStep;
  readonly type: AdmissionType;
  readonly field: string;
}

/** The steps of an admission webhook in their order (pkg/admission/validator/{cache,mirror}/shoot.go). */
export type AdmissionStep = "runtime" | "config" | "decode" | "previous" | "lookup" | "rules";
