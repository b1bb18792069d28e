import { add, checkDepth, forgetKey, noteKey, openBlock, refuse, type Scanner } from "./scanner.ts";

/** kubectl's YAML library looks no further than this for the `:` behind a key. */
const maxKeyLength = 1024;

/** Scans `[` or `{`. */
export function openFlow(scanner: Scanner, character: "[" | "{"): void {
  noteKey(scanner);
  scanner.keys.push(undefined);
  scanner.flow += 1;
  scanner.mayStartKey = true;
  add(scanner, character, scanner.at + 1);
  checkDepth(scanner);
}

/** Scans `]` or `}`. */
export function closeFlow(scanner: Scanner, character: "]" | "}"): void {
  forgetKey(scanner);
  if (scanner.flow > 0) {
    scanner.flow -= 1;
    scanner.keys.pop();
  }
  scanner.mayStartKey = false;
  add(scanner, character, scanner.at + 1);
}

/** Scans the `-` of a list's item. */
export function scanDash(scanner: Scanner): void {
  startMember(scanner, "open-list", "a list must not start here; give it a line of its own");
  forgetKey(scanner);
  scanner.mayStartKey = true;
  add(scanner, "-", scanner.at + 1);
}

/** Scans the `?` that may mark a key. */
export function scanKeyMark(scanner: Scanner): void {
  startMember(scanner, "open-map", "a key must not start here; give it a line of its own");
  forgetKey(scanner);
  scanner.mayStartKey = scanner.flow === 0;
  add(scanner, "?", scanner.at + 1);
}

/** Scans `:`, which tells that what may have been a key on this line is one. */
export function scanColon(scanner: Scanner): void {
  const { at, lineStart, flow, keys, tokens } = scanner;
  const key = keys[keys.length - 1];
  const first = key && tokens[key.token];
  if (key && first && key.lineStart === lineStart && at - key.start <= maxKeyLength + surrogates(scanner, key.start)) {
    first.opens = 1;
    openBlock(scanner, "open-map", key.start - key.lineStart, first);
    keys[keys.length - 1] = undefined;
    scanner.mayStartKey = false;
  } else {
    forgetKey(scanner);
    startMember(scanner, "open-map", "`:` must not stand here; quote the text that it belongs to");
    scanner.mayStartKey = flow === 0;
  }
  add(scanner, ":", at + 1);
}

/** Outside of brackets a member starts where a key may, and opens its map or list. */
function startMember(scanner: Scanner, opens: "open-list" | "open-map", message: string): void {
  const { at, lineStart, flow, mayStartKey } = scanner;
  if (flow > 0) return;
  if (mayStartKey) openBlock(scanner, opens, at - lineStart);
  else refuse(scanner, at, at + 1, message);
}

/** How many characters beyond the basic plane there are since `start`: each counts once for kubectl, and twice for us. */
function surrogates({ text, at }: Scanner, start: number): number {
  return at - start <= maxKeyLength ? 0 : (text.slice(start, at).match(/[\ud800-\udbff]/g)?.length ?? 0);
}
