import type { Shoot } from "../manifest/shoot.ts";
import type { Schema } from "../schema/schema.ts";
import type { Span } from "../text/span.ts";
import type { Finding } from "../workspace/finding.ts";
import type { Garden } from "../workspace/garden.ts";
import type { CursorPlace } from "../yaml/cursor-place.ts";
import type { Layout } from "../yaml/layout.ts";
import type { Template } from "./template.ts";

/** One proposal at a cursor. `insertText` is written exactly as it is: its further lines are indented already. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly insertText: string;
  /** Whether `insertText` has tab stops and escapes as LSP defines them. */
  readonly snippet: boolean;
  /** What the text replaces: it contains the cursor and stays on its line. */
  readonly replace: Span;
  readonly sortText?: string;
  readonly filterText?: string;
  readonly deprecated?: boolean;
}

/** What a proposal is: a field, a value as it is, the name of something elsewhere, several lines at once, one of a few values. */
export type CompletionKind = "property" | "value" | "reference" | "snippet" | "enum";

/** What completion asks of a workspace. */
export interface CompletionWorkspace {
  readonly garden: Pick<Garden, "manifestsOf" | "secretNames">;
  findingsOf(uri: string): readonly Finding[];
}

/** The documents that have a schema of ours; "unknown" is one that has not said yet what it is. */
export type DocumentKind = "shoot" | "registryConfig" | "mirrorConfig" | "secret" | "settings" | "unknown";

/** A place at the cursor with what it means. */
export interface Site {
  readonly uri: string;
  readonly offset: number;
  readonly place: CursorPlace;
  readonly layout: Layout;
  readonly kind: DocumentKind;
  /** The path from where the kind begins, such as `caches[].upstream`: of the map for a key, of the list for an item. */
  readonly field: string;
  /** What the schema says of that path. */
  readonly schema: Schema | undefined;
  /** The scalars of the kind's own map or of the innermost map around the place, by their keys. */
  scalarOf(key: string, of: "root" | "parent"): string | undefined;
  /** The Shoot around the cursor, as far as it can be read. */
  shoot(): Shoot | undefined;
  readonly workspace: CompletionWorkspace;
}

/** A proposal before it is written in the style of its place. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string | undefined;
  readonly documentation?: string | undefined;
  readonly deprecated?: boolean;
  /** The value; for a key what stands behind it, if anything. */
  readonly write?: Template;
  /** What is written stands for itself, not behind the label as its key. */
  readonly whole?: true;
  /** Lower comes first; of equals the first. */
  readonly rank?: number;
}

/** One source of proposals: where it speaks, and what it says there. */
export interface CompletionSource {
  readonly slot: CursorPlace["slot"];
  /** The kind of document, and paths in it such as `caches[].upstream`; without them it is asked everywhere. */
  readonly kind?: DocumentKind;
  readonly fields?: readonly string[];
  items(site: Site): Iterable<Offer>;
}
