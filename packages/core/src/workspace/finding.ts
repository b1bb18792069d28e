import type { Edit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";

/** error: Gardener rejects it or the cache will not work. warning: a likely mistake. info: a better way. */
export type Severity = "error" | "warning" | "info";

/** A place in one file. */
export interface Place {
  readonly uri: string;
  readonly span: Span;
}

/** A place that explains a finding, such as where a name is declared. */
export interface Related extends Place {
  readonly message: string;
}

/** A way to mend a finding. A safe one is certain enough to be applied blind; of the others a person must choose. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly FileEdits[];
}

/** Edits of one file. */
export interface FileEdits {
  readonly uri: string;
  readonly edits: readonly Edit[];
}

/** Kubernetes' name for why a field is refused; Decode and Denied stand for refusals without a field error. */
export type AdmissionType = "Required" | "Invalid" | "Duplicate" | "NotSupported" | "TooLong" | "Decode" | "Denied";

/** What the extension's webhook would say: the type of its error and the field's path from the Shoot's root. */
export interface Admission {
  readonly type: AdmissionType;
  readonly field: string;
}

/** One thing that is wrong, at its exact place. Plain data: no value of a Secret is ever in it. */
export interface Finding {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly uri: string;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly Related[];
  /** How many further places there are that `related` leaves out, of a Secret with many users. */
  readonly unlisted?: number;
  readonly fixes: readonly Fix[];
  /** Present when the extension's admission would refuse the Shoot for this. */
  readonly admission?: Admission;
}
