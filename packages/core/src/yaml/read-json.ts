import { makeMap, type RawEntry, type Tally } from "./assemble.ts";
import type { Node, ScalarNode, SeqItem } from "./node.ts";
import { maxDepth } from "./scanner.ts";

/** A JSON value with what stands behind it still unread. */
export interface JsonReading {
  readonly node: Node;
  readonly end: number;
}

const blanks = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none in its strings
const string = /"(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const word = /true|false|null/y;

/**
 * Reads one strict JSON value at an offset, as Go does, with the place of everything in it. Undefined where it is none, or
 * one deeper than any manifest: then the text may still be YAML.
 */
export function readJson(text: string, at: number, tally: Tally): JsonReading | undefined {
  const reader: Reader = { text, at: skipJsonBlanks(text, at), depth: 0, tally };
  const node = readValue(reader);
  return node && { node, end: reader.at };
}

/** The offset of the next character that is no white space of JSON. */
export function skipJsonBlanks(text: string, at: number): number {
  return at + lengthAt(blanks, text, at);
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  readonly tally: Tally;
}

function readValue(reader: Reader): Node | undefined {
  const character = reader.text[reader.at];
  if (character === '"') return readString(reader);
  if (character !== "{" && character !== "[") return readNumber(reader) ?? readWord(reader);
  if (reader.depth >= maxDepth) return undefined;
  reader.depth += 1;
  const node = character === "{" ? readObject(reader) : readArray(reader);
  reader.depth -= 1;
  return node;
}

function readObject(reader: Reader): Node | undefined {
  const start = reader.at;
  const raw: RawEntry[] = [];
  for (let more = opens(reader, "}"); more; more = takeCharacter(reader, ",")) {
    const key = readString(reader);
    if (key === undefined || !takeCharacter(reader, ":")) return undefined;
    const value = readValue(reader);
    if (value === undefined) return undefined;
    raw.push({ key, name: key.text, merge: false, value, valueEnd: value.span.end, alias: undefined });
  }
  if (!closes(reader, "}")) return undefined;
  return makeMap({ start, end: reader.at }, true, raw, reader.tally);
}

function readArray(reader: Reader): Node | undefined {
  const start = reader.at;
  const items: SeqItem[] = [];
  for (let more = opens(reader, "]"); more; more = takeCharacter(reader, ",")) {
    const value = readValue(reader);
    if (value === undefined) return undefined;
    items.push({ span: value.span, value });
  }
  if (!closes(reader, "]")) return undefined;
  return { type: "seq", span: { start, end: reader.at }, flow: true, items };
}

/** Goes behind an opening bracket; false when the closing one follows. */
function opens(reader: Reader, closing: string): boolean {
  reader.at = skipJsonBlanks(reader.text, reader.at + 1);
  return reader.text[reader.at] !== closing;
}

function closes(reader: Reader, closing: string): boolean {
  reader.at = skipJsonBlanks(reader.text, reader.at);
  if (reader.text[reader.at] !== closing) return false;
  reader.at += 1;
  return true;
}

function takeCharacter(reader: Reader, character: string): boolean {
  const at = skipJsonBlanks(reader.text, reader.at);
  if (reader.text[at] !== character) return false;
  reader.at = skipJsonBlanks(reader.text, at + 1);
  return true;
}

function readString(reader: Reader): ScalarNode | undefined {
  const { text, at: start } = reader;
  const length = lengthAt(string, text, start);
  if (length === 0) return undefined;
  reader.at += length;
  const written = text.slice(start + 1, reader.at - 1);
  const value = written.includes("\\") ? resolveEscapes(written) : written;
  return { type: "scalar", span: { start, end: reader.at }, style: "double", text: value, value };
}

/** Half of a surrogate pair has no UTF-8, so Go puts the replacement character in its place. */
function resolveEscapes(written: string): string {
  return String(JSON.parse(`"${written}"`)).replace(/\p{Surrogate}/gu, "\ufffd");
}

function readNumber(reader: Reader): ScalarNode | undefined {
  const { text, at: start, tally } = reader;
  number.lastIndex = start;
  const [written, fraction, exponent] = number.exec(text) ?? [];
  if (written === undefined) return undefined;
  reader.at += written.length;
  const span = { start, end: reader.at };
  const value = fraction === undefined && exponent === undefined ? toInteger(written) : Number(written);
  if (!Number.isFinite(Number(value))) {
    tally.problems.push({ kind: "syntax", span, message: "kubectl refuses a number of this size" });
  }
  return { type: "scalar", span, style: "plain", text: written, value };
}

/** An integer that int64 holds stays one; any other becomes the nearest double. */
function toInteger(written: string): number | bigint {
  const value = Number(written);
  if (Number.isSafeInteger(value)) return value + 0;
  const exact = BigInt(written);
  return BigInt.asIntN(64, exact) === exact ? exact : value;
}

function readWord(reader: Reader): ScalarNode | undefined {
  const { text, at: start } = reader;
  const length = lengthAt(word, text, start);
  if (length === 0) return undefined;
  reader.at += length;
  const written = text.slice(start, reader.at);
  const value = written === "null" ? null : written === "true";
  return { type: "scalar", span: { start, end: reader.at }, style: "plain", text: written, value };
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
