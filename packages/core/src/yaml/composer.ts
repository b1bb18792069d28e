import type { Span } from "../text/span.ts";
import type { Tally } from "./assemble.ts";
import type { Node } from "./node.ts";
import { makeToken, type Refusal, type Token, type TokenKind } from "./token.ts";

/** The text that tokens point into: `part` is one document of a stream, `base` its offset in the whole text. */
export interface Source {
  readonly part: string;
  readonly base: number;
}

/** What an anchor names, and how many values it stands for with every alias written out. */
export interface Anchored {
  /** Absent while the anchored collection is still open: an alias to it would contain itself. */
  node: Node | undefined;
  values: number;
}

/** A document being made of its tokens. */
export interface Composer extends Tally {
  readonly source: Source;
  readonly tokens: readonly Token[];
  readonly anchors: Map<string, Anchored>;
  index: number;
  token: Token;
  /** How many of the openings that the current token stands for are taken. */
  opened: number;
  /** The end of what was taken last, as an offset in the part. */
  at: number;
  /** How many values were read, every alias written out, and how many of them by aliases. */
  values: number;
  aliased: number;
  /** Where the tokens end before the text does. */
  readonly unreadable: Refusal | undefined;
  refusal: Refusal | undefined;
}

/** A value that has been read. `start` and `end` are the text that it occupies, with its anchor and tag, as offsets in the part. */
export interface Reading {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
  readonly tag: string | undefined;
  readonly alias: Span | undefined;
}

const noToken = makeToken("end", 0, 0);

/** Starts a document at its first token. */
export function startComposer(source: Source, tokens: readonly Token[], unreadable: Refusal | undefined): Composer {
  return {
    source,
    tokens,
    anchors: new Map(),
    problems: [],
    mergedKeys: 0,
    index: 0,
    token: tokens[0] ?? noToken,
    opened: 0,
    at: 0,
    values: 0,
    aliased: 0,
    unreadable,
    refusal: undefined,
  };
}

/** The kind of what comes next; behind a refusal that is the end. */
export function peek({ token, opened }: Composer): TokenKind {
  const left = token.opens - opened;
  if (left <= 0) return token.kind;
  return left === 2 ? "open-map" : "?";
}

/** Goes on behind what comes next. */
export function take(composer: Composer): void {
  const { token, opened, tokens } = composer;
  if (composer.refusal !== undefined) return;
  if (opened < token.opens) {
    composer.opened += 1;
    return;
  }
  if (token.end > token.start) composer.at = token.end;
  composer.index += 1;
  composer.opened = 0;
  composer.token = tokens[composer.index] ?? noToken;
}

/** Ends the reading, since what comes next is not what is expected. Where the scanner could not go on, its reason says more. */
export function refuseNext(composer: Composer, message: string): void {
  const { token, unreadable } = composer;
  const { kind, start, end } = token;
  if (kind === "error" && unreadable !== undefined) refuseAll(composer, unreadable);
  else refuseAll(composer, { kind: "syntax", span: { start, end: Math.max(end, start + 1) }, message });
}

/** Ends the reading; the first reason counts. */
export function refuseAll(composer: Composer, refusal: Refusal): void {
  composer.refusal ??= refusal;
  composer.token = noToken;
  composer.opened = 0;
}
