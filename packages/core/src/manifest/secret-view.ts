import type { SchemaProblem } from "../schema/check.ts";
import type { Span } from "../text/span.ts";
import type { MapEntry, MapNode, Node } from "../yaml/node.ts";
import { type Located, readString } from "./located.ts";

/** The kinds of manifest from which a Secret of the project namespace comes. */
export type SecretForm = "Secret" | "SopsSecret" | "SealedSecret" | "ExternalSecret" | "SecretGenerator";

/** A Secret, or what stands for one: all that our rules ask of it, with the places in its file. */
export interface Secret {
  readonly uri: string;
  readonly text: string;
  readonly form: SecretForm;
  readonly root: MapNode;
  readonly name: string;
  /** The place of the name: what a finding on the Secret as a whole marks. */
  readonly nameSpan: Span;
  /** The name where it is written; undefined where no manifest writes it. */
  readonly nameWritten: Located<string> | undefined;
  readonly namespace: string | undefined;
  readonly type: Located<string> | undefined;
  readonly immutable: Located<boolean> | undefined;
  /** The map that is the Secret, or the generator of one. */
  readonly own: MapNode;
  /** Where `immutable` belongs below `own`; undefined where it cannot be set by hand. */
  readonly immutablePath: readonly string[] | undefined;
  /** A generator appends a hash to the name unless told otherwise, and nobody knows the hash. */
  readonly nameSuffixHash: boolean;
  readonly entries: readonly SecretEntry[];
  /** False when the manifest does not say which keys the Secret will have, so that none can be called missing. */
  readonly keysKnown: boolean;
  /** What does not fit the schema of a plain Secret. */
  readonly schemaProblems: readonly SchemaProblem[];
}

/** One key of a Secret's data. */
export interface SecretEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly from: "data" | "stringData" | "elsewhere";
  /** The value; undefined where it is encrypted, kept elsewhere or cannot be decoded. Never print it. */
  readonly bytes: Uint8Array | undefined;
  /** The map and entry that hold it, for edits; undefined where the value is not written here. */
  readonly written: { readonly parent: MapNode; readonly entry: MapEntry } | undefined;
}

/** A document that may stand for Secrets: where its text is and what it says. */
export interface SecretSource {
  readonly uri: string;
  readonly text: string;
  readonly root: MapNode;
}

/** Reads name and namespace of a Secret from its metadata; undefined when it has no name. */
export function readName(
  source: SecretSource,
  metadata: Node | undefined,
): (SecretSource & Pick<Secret, "name" | "nameSpan" | "nameWritten" | "namespace">) | undefined {
  const name = readString(metadata, "name", "metadata");
  if (name === undefined) return undefined;
  return {
    ...source,
    name: name.value,
    nameSpan: name.span,
    nameWritten: name,
    namespace: readString(metadata, "namespace", "metadata")?.value,
  };
}
