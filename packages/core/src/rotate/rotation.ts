import type { SecretForm } from "../manifest/secret.ts";
import type { FileEdits, Place } from "../workspace/finding.ts";
import type { Purpose } from "../workspace/workspace.ts";

/** A Secret of a namespace; without a namespace, the one that the manifests are for. */
export interface SecretId {
  readonly name: string;
  readonly namespace: string | undefined;
}

/** A Shoot as a plan names it. */
export interface ShootId {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

/** One cache or mirror host that gets the new Secret. */
export interface CacheUse {
  readonly purpose: Purpose;
  readonly upstream: string | undefined;
  /** The path of the field that refers to the entry. */
  readonly field: string;
}

/** An entry of spec.resources that is given another Secret. Index, name and old target are what a guarded patch tests. */
export interface SwitchedEntry {
  readonly index: number;
  readonly name: string | undefined;
  readonly from: string;
  readonly to: string;
  /** Empty where no cache and no mirror names the entry. */
  readonly uses: readonly CacheUse[];
}

/**
 * One step of a rotation, in the order of the steps. Plain data without any value of a Secret. In manifests each step is an
 * edit of the file `uri`; against a garden it is a request, and `uri` is absent.
 */
export type RotationStep =
  | {
      readonly do: "create-secret";
      readonly secret: SecretId;
      readonly keys: readonly string[];
      /** What stands for it; absent for a plain Secret. */
      readonly form?: Exclude<SecretForm, "Secret">;
      readonly uri?: string;
    }
  | { readonly do: "reuse-secret"; readonly secret: SecretId; readonly uri?: string }
  | { readonly do: "list-file"; readonly path: string; readonly uri: string }
  | {
      readonly do: "switch-shoot";
      readonly shoot: ShootId;
      readonly entries: readonly SwitchedEntry[];
      readonly uri?: string;
    }
  | { readonly do: "unlist-file"; readonly path: string; readonly uri: string }
  | { readonly do: "delete-secret"; readonly secret: SecretId; readonly uri?: string };

/** Something that a person should know of a plan; it stops nothing. */
export interface RotationNote {
  readonly kind: NoteKind;
  readonly message: string;
  readonly place?: Place;
}

/** What notes are about. */
export type NoteKind =
  | "other-use" // an entry switches that something other than a cache or mirror uses
  | "template" // a template names the Secret and is left alone
  | "named-elsewhere" // something that is no entry of spec.resources names the Secret and is left alone
  | "empty-values" // the new Secret's values are left to be filled in
  | "unseen-values" // the values of the new Secret are not in these files, so nothing here can tell whether they are right
  | "left-over" // a later version is there that could not be taken up
  | "kept-manifest"; // a later version stays, since something names it

/** Why a plan cannot be made. */
export interface Blocker {
  readonly kind: BlockerKind;
  readonly message: string;
  readonly place?: Place;
  /** The code of the finding that stops the rotation. */
  readonly code?: string;
}

/** What stops a rotation. */
export type BlockerKind =
  | "unknown-secret"
  | "ambiguous-namespace"
  | "several-manifests"
  | "not-plain"
  | "remote-unclear"
  | "namespace-unknown"
  | "not-begun"
  | "old-gone"
  | "not-used"
  | "wrong-values"
  | "broken-chain"
  | "shared-anchor"
  | "still-used"
  | "not-rotated"
  | "successor-broken";

/** Changes of files: plain data. Files are created first and deleted last, so that a stop in between loses nothing. */
export interface FileChange {
  readonly edits: readonly FileEdits[];
  readonly creates: readonly NewFile[];
  readonly deletes: readonly string[];
}

/** A file to be created where none is. */
export interface NewFile {
  readonly uri: string;
  readonly text: string;
  /** Where the first value is to be filled in. */
  readonly cursor?: number;
  /** The file whose permissions it gets. */
  readonly like?: string;
  /** Present while values are missing in `text` that only another program can write. Then the file must not be written yet. */
  readonly sealing?: SealingDraft;
}

/** What a program is to make of a plain manifest, which must never be printed or written. */
export interface SealingDraft {
  readonly program: "kubeseal" | "sops";
  readonly draft: string;
  /** The options of sops for whom the old Secret is encrypted, for where no creation rule says it. */
  readonly recipients: readonly string[];
  /** The options of sops for what of the old Secret is encrypted. */
  readonly selection: readonly string[];
}

/** A change that changes nothing. */
export const noChange: FileChange = { edits: [], creates: [], deletes: [] };

/** A rotation in manifests: what it does, step by step, and the same as edits of files. */
export interface FileRotation {
  /** "done" where every reference names the new Secret already: then there is nothing to change. */
  readonly state: "planned" | "done";
  readonly namespace: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly purpose: Purpose;
  /** What the Secret in use afterwards comes from. */
  readonly form: SecretForm;
  readonly steps: readonly RotationStep[];
  readonly notes: readonly RotationNote[];
  readonly change: FileChange;
}

/** The end of a rotation in manifests: the old Secret goes. */
export interface FileFinish {
  /** "done" where neither a manifest nor a reference has the old name any more. */
  readonly state: "planned" | "done";
  readonly namespace: string | undefined;
  readonly from: string;
  /** The version in use; undefined where that is not known any more. */
  readonly to: string | undefined;
  readonly steps: readonly RotationStep[];
  readonly change: FileChange;
}

/** The way back of a rotation in manifests: every Shoot returns to the old Secret, and later versions go. */
export interface FileRollback {
  /** "done" where no later version is left. */
  readonly state: "planned" | "done";
  readonly namespace: string | undefined;
  /** The versions that the Shoots leave, or that are only there; the latest first. */
  readonly from: readonly string[];
  /** The old Secret. */
  readonly to: string;
  readonly steps: readonly RotationStep[];
  readonly notes: readonly RotationNote[];
  readonly change: FileChange;
}
