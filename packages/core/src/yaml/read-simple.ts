import { emptyScalar, holdsTwice } from "./assemble.ts";
import type { MapEntry, MapNode, Node, ScalarNode, SeqItem, SeqNode } from "./node.ts";
import { isBlankAt, readSimpleScalar, type SimpleReader, skipSpaces, toNextLine } from "./simple-lines.ts";

/** Far below the depth at which the scanner refuses a text. */
const maxSimpleDepth = 50;
const maxSimpleKeyLength = 1000;

/**
 * Reads a document that is written as nearly all manifests are: block maps and lists of scalars on one line each, with comments.
 * Undefined where anything else is met, and wherever something is wrong: then scanner and composer read it anew, and only they know
 * reasons. It takes half of their time, since it makes no tokens. A property test holds both to one tree.
 */
export function readSimple(part: string, base: number): Node | undefined {
  const text = part.endsWith("\n") ? part : `${part}\n`;
  const reader: SimpleReader = { text, base, at: 0, lineStart: 0, column: 0, end: 0, depth: 0 };
  toNextLine(reader);
  if (reader.column < 0) return undefined;
  const root = readBlock(reader);
  // A line that fits no column goes on with the scalar before it, or is wrong; no collection takes it, and it is left over here.
  return reader.column === -1 ? root : undefined;
}

/** Reads the map or list that starts with the line's first character. */
function readBlock(reader: SimpleReader): Node | undefined {
  return startsItem(reader) ? readList(reader, reader.column) : readMap(reader, reader.column, undefined);
}

/** Reads a map whose keys stand at a column; its first key may be read already. */
function readMap(reader: SimpleReader, column: number, firstKey: ScalarNode | undefined): MapNode | undefined {
  if (reader.depth >= maxSimpleDepth) return undefined;
  reader.depth += 1;
  const entries: MapEntry[] = [];
  let key = firstKey ?? readKey(reader);
  for (; key !== undefined; key = readKey(reader)) {
    reader.at += 1;
    reader.end = reader.at;
    const value = readMember(reader, column, true);
    if (value === undefined) return undefined;
    const { start } = key.span;
    entries.push({ span: { start, end: reader.base + reader.end }, key, name: key.text, value });
    if (reader.column !== column) break;
  }
  const first = entries[0];
  if (key === undefined || first === undefined || holdsTwice(entries)) return undefined;
  reader.depth -= 1;
  const span = { start: first.span.start, end: reader.base + reader.end };
  return { type: "map", span, flow: false, entries, written: entries };
}

/** Reads a list whose dashes stand at a column. */
function readList(reader: SimpleReader, column: number): SeqNode | undefined {
  if (reader.depth >= maxSimpleDepth) return undefined;
  reader.depth += 1;
  const items: SeqItem[] = [];
  const start = reader.base + reader.at;
  do {
    const dash = reader.base + reader.at;
    reader.at += 1;
    reader.end = reader.at;
    const value = readMember(reader, column, false);
    if (value === undefined) return undefined;
    items.push({ span: { start: dash, end: reader.base + reader.end }, value, dash });
  } while (reader.column === column && startsItem(reader));
  reader.depth -= 1;
  return { type: "seq", span: { start, end: reader.base + reader.end }, flow: false, items };
}

/** Reads what stands behind a colon or dash, on its line or below, and goes to the next line that holds anything. */
function readMember(reader: SimpleReader, column: number, inMap: boolean): Node | undefined {
  const { text } = reader;
  reader.at = skipSpaces(text, reader.at);
  const code = text.charCodeAt(reader.at);
  if (code === 10 || code === 35) {
    toNextLine(reader);
    if (reader.column > column) return readBlock(reader);
    // A list needs no indentation behind a key.
    if (inMap && reader.column === column && startsItem(reader)) return readList(reader, column);
    return emptyScalar(reader.base + reader.end);
  }
  const inner = reader.at - reader.lineStart;
  if (!inMap && startsItem(reader)) return readList(reader, inner);
  const scalar = readSimpleScalar(reader);
  if (scalar === undefined) return undefined;
  if (text.charCodeAt(reader.at) === 58)
    return inMap || !isKey(reader, scalar) ? undefined : readMap(reader, inner, scalar);
  toNextLine(reader);
  return scalar;
}

function readKey(reader: SimpleReader): ScalarNode | undefined {
  const key = readSimpleScalar(reader);
  return key !== undefined && reader.text.charCodeAt(reader.at) === 58 && isKey(reader, key) ? key : undefined;
}

/** Merges, and keys that are no strings by themselves, have rules of their own; so has a colon that comes too late for a key. */
function isKey({ at, base }: SimpleReader, { text, value, span }: ScalarNode): boolean {
  return typeof value === "string" && text !== "<<" && base + at - span.start < maxSimpleKeyLength;
}

function startsItem({ text, at }: SimpleReader): boolean {
  return text.charCodeAt(at) === 45 && isBlankAt(text, at + 1);
}
