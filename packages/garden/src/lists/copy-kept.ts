import type { KeepNode } from "./keep.ts";
import { incomplete, skipSpace, skipValue, type Text, UnexpectedJson } from "./skip-json.ts";

/** Text under construction. */
export interface Output {
  bytes: Buffer;
  length: number;
  /** How many sought fields were copied, at any time. */
  found: number;
}

const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const quote = 0x22;
const colon = 0x3a;
const comma = 0x2c;

/**
 * Copies the wanted fields of the object that starts at `from` as compact JSON to `out`. Gives its end, or `incomplete`.
 * Throws `UnexpectedJson` for what is not plainly an object; then the caller reads it in the slow way.
 */
export function copyKept(text: Text, from: number, keep: readonly KeepNode[], out: Output): number {
  const { bytes, end } = text;
  let at = skipSpace(bytes, from + 1, end);
  append(out, openBrace);
  for (let first = true; at < end && !(first && bytes[at] === closeBrace); first = false) {
    const next = readField(text, at, keep, out);
    if (next === incomplete) return incomplete;
    at = skipSpace(bytes, next, end);
    if (at >= end || bytes[at] === closeBrace) break;
    if (bytes[at] !== comma) throw new UnexpectedJson();
    at = skipSpace(bytes, at + 1, end);
  }
  if (at >= end) return incomplete;
  endWith(closeBrace, out);
  return at + 1;
}

/** Copies a field when it is wanted. Gives the end of its value. */
function readField(text: Text, from: number, keep: readonly KeepNode[], out: Output): number {
  const { bytes, end } = text;
  if (bytes[from] !== quote) throw new UnexpectedJson();
  const keyEnd = endOfKey(bytes, from + 1, end);
  if (keyEnd === incomplete) return incomplete;
  const node = findNode(bytes, from + 1, keyEnd - 1, keep);
  const value = startOfValue(bytes, keyEnd, end);
  if (value >= end) return incomplete;
  if (node === undefined) return skipValue(text, value, end);
  if (node.sought) out.found += 1;
  appendRange(out, bytes, from, keyEnd);
  append(out, colon);
  const next = copyValue(text, value, node, out);
  if (next !== incomplete) append(out, comma);
  return next;
}

/** Copies a value, of objects the wanted fields. Gives its end. */
function copyValue(text: Text, from: number, node: KeepNode, out: Output): number {
  const first = text.bytes[from];
  if (node.fields !== undefined && first === openBrace) return copyKept(text, from, node.fields, out);
  if (node.fields !== undefined && first === openBracket) return copyList(text, from, node, out);
  return copyWhole(text, from, out);
}

function copyWhole(text: Text, from: number, out: Output): number {
  const next = skipValue(text, from, text.end);
  if (next !== incomplete) appendRange(out, text.bytes, from, next);
  return next;
}

/** Copies a list with the wanted fields of its wanted objects; what else is in it is copied whole. Gives its end. */
function copyList(text: Text, from: number, { fields = [], seeks }: KeepNode, out: Output): number {
  const { bytes, end } = text;
  append(out, openBracket);
  let at = skipSpace(bytes, from + 1, end);
  for (let first = true; at < end && !(first && bytes[at] === closeBracket); first = false) {
    const isObject = bytes[at] === openBrace;
    const { length, found } = out;
    const next = isObject ? copyKept(text, at, fields, out) : copyWhole(text, at, out);
    if (next === incomplete) return incomplete;
    if (isObject && seeks && out.found === found) out.length = length;
    else append(out, comma);
    at = skipSpace(bytes, next, end);
    if (at >= end || bytes[at] === closeBracket) break;
    if (bytes[at] !== comma) throw new UnexpectedJson();
    at = skipSpace(bytes, at + 1, end);
  }
  if (at >= end) return incomplete;
  endWith(closeBracket, out);
  return at + 1;
}

/** Writes a bracket over the last comma. */
function endWith(bracket: number, out: Output): void {
  if (out.bytes[out.length - 1] === comma) out.length -= 1;
  append(out, bracket);
}

/** Where the value after a key starts; at or behind `end` where it is not there yet. */
export function startOfValue(bytes: Buffer, keyEnd: number, end: number): number {
  const at = skipSpace(bytes, keyEnd, end);
  if (at >= end) return at;
  if (bytes[at] !== colon) throw new UnexpectedJson();
  return skipSpace(bytes, at + 1, end);
}

/** The end of a key whose first quote is before `from`. A key with an escape could be any, so it is left to the slow way. */
function endOfKey(bytes: Buffer, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === backslash) throw new UnexpectedJson();
  }
  return incomplete;
}

function findNode(bytes: Buffer, from: number, end: number, keep: readonly KeepNode[]): KeepNode | undefined {
  for (const node of keep) if (isSame(bytes, from, end, node.name)) return node;
  return undefined;
}

function isSame(bytes: Buffer, from: number, end: number, name: Uint8Array): boolean {
  if (end - from !== name.length) return false;
  for (let at = 0; at < name.length; at += 1) if (bytes[from + at] !== name[at]) return false;
  return true;
}

function append(out: Output, byte: number): void {
  reserve(out, 1);
  out.bytes[out.length] = byte;
  out.length += 1;
}

function appendRange(out: Output, bytes: Buffer, from: number, end: number): void {
  reserve(out, end - from);
  bytes.copy(out.bytes, out.length, from, end);
  out.length += end - from;
}

function reserve(out: Output, count: number): void {
  if (out.length + count <= out.bytes.length) return;
  const bytes = Buffer.allocUnsafe((out.length + count) * 2);
  out.bytes.copy(bytes, 0, 0, out.length);
  out.bytes = bytes;
}
