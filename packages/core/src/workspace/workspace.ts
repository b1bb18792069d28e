import type { SecretForm } from "../manifest/secret.ts";
import type { Span } from "../text/span.ts";
import type { ScalarStyle } from "../yaml/node.ts";
import type { Finding } from "./finding.ts";
import type { WrittenName } from "./written-name.ts";

/** What a Secret is for: upstream credentials of a cache, or the CA bundle of a mirror host. */
export type Purpose = "credentials" | "ca-bundle";

/** One use of an entry of spec.resources: a cache's credentials or a mirror host's CA bundle. */
export interface Reference {
  readonly purpose: Purpose;
  readonly uri: string;
  readonly shootName: string | undefined;
  readonly namespace: string | undefined;
  /** The path of the field that refers, such as `spec.extensions[0].providerConfig.caches[1].secretReferenceName`. */
  readonly field: string;
  readonly span: Span;
  /** The upstream that the Secret is for, as far as it is written. */
  readonly upstream: string | undefined;
  /** The Secret that the entry names, where entry and kind are right. */
  readonly target: { readonly name: string; readonly span: Span; readonly style: ScalarStyle } | undefined;
}

/** A Secret that some manifest of the workspace stands for, reduced to what others need to know of it. */
export interface KnownSecret {
  readonly uri: string;
  readonly form: SecretForm;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly span: Span;
  /** The name where it is written; undefined where no manifest writes it out. */
  readonly written: WrittenName | undefined;
  /** What its keys say it is for, should nothing refer to it. */
  readonly looksLike: Purpose | undefined;
  /** Its findings for each purpose; which of them count depends on who refers to it. */
  readonly findings: { readonly [purpose in Purpose]: readonly SecretFinding[] };
}

/** A finding on a Secret's own text. */
export interface SecretFinding {
  readonly finding: Finding;
  /** Admission of a Shoot that refers to the Secret would refuse it as Invalid. */
  readonly denied: boolean;
  /** It counts only when the file is committed to Git. */
  readonly ifCommitted: boolean;
}

/** A Secret as the garden has it. */
export interface LiveSecret {
  readonly name: string;
  readonly namespace: string;
  readonly immutable?: boolean;
  readonly type?: string;
  /** In base64, as the API serves it. Absent where only the metadata was read; then nothing is said of the content. */
  readonly data?: { readonly [key: string]: string } | undefined;
  readonly deletionTimestamp?: string;
}

/** What is known beside the manifests' texts. */
export interface Facts {
  readonly cluster?: ClusterFacts;
  /** The files that are committed to Git. */
  readonly committed?: ReadonlySet<string>;
}

/** What is known of the garden. A Secret of a listed namespace that is not among `secrets` does not exist. */
export interface ClusterFacts {
  readonly namespaces: readonly string[];
  /** The one of a manifest that names none, where one is known. */
  readonly current?: string;
  readonly secrets: readonly LiveSecret[];
  /** What the Shoots in the garden use, where they were read. */
  readonly uses?: readonly LiveUse[];
}

/** A Secret that a Shoot in the garden uses for an upstream. */
export interface LiveUse {
  readonly namespace: string;
  readonly shoot: string;
  readonly purpose: Purpose;
  readonly upstream: string;
  readonly secret: string;
}
