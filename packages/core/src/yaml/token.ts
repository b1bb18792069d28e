import type { Span } from "../text/span.ts";
import type { ScalarStyle } from "./node.ts";

/** What a token is. "open-list", "open-map" and "close" stand for indentation; "error" ends the tokens of a text that cannot be read on. */
export type TokenKind =
  | "scalar"
  | "alias"
  | "anchor"
  | "tag"
  | "directive"
  | "open-list"
  | "open-map"
  | "close"
  | "end"
  | "error"
  | (typeof indicators)[number];

export const indicators = ["-", "?", ":", ",", "[", "]", "{", "}"] as const;

/** A token of a text, at its place. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Known when a `:` is met later: 1 where a key starts without a `?`, 2 where its map starts too. */
  opens: 0 | 1 | 2;
  /** "empty" for what is no scalar. */
  readonly style: ScalarStyle;
  /** For a quoted or plain scalar: its text stands there as it is, without escapes or line breaks. */
  readonly simple: boolean;
  readonly block: BlockScalar | undefined;
}

/** What the lines of a literal or folded scalar are, behind its header. */
export interface BlockScalar {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  readonly chomp: "clip" | "strip" | "keep";
}

/** Why a text cannot be read on, and where. */
export interface Refusal {
  readonly kind: "syntax" | "too-complex";
  readonly span: Span;
  readonly message: string;
}

export function makeToken(kind: TokenKind, start: number, end: number): Token {
  return { kind, start, end, opens: 0, style: "empty", simple: true, block: undefined };
}
