import { type Fields, isFields } from "../json.ts";
import { copyKept, type Output, startOfValue } from "./copy-kept.ts";
import { compileKeep, type Keep, keepFields } from "./keep.ts";
import { createInput, type Input } from "./scanner-input.ts";
import { incomplete, skipSpace, skipString, skipValue, UnexpectedJson } from "./skip-json.ts";
import { type NestedSkipper, takeSkipper } from "./skip-nested.ts";

/** Reads the JSON of a list while it arrives, item by item, without building what is not wanted. */
export interface ListScanner {
  /** Takes the next bytes of the text. Throws `UnexpectedJson` where it is no list. */
  push(chunk: Uint8Array): void;
  /** Ends the text and gives the list without its items. Throws `UnexpectedJson` where it is not complete. */
  end(): Fields;
}

/** Who hears of what a scanner finds. */
export interface ScanListener {
  /** An item, as `keepFields` would leave it. */
  readonly onItem: (item: unknown) => void;
  /** The list's metadata, as soon as they are there; servers write them before the items. */
  readonly onMetadata: (metadata: unknown) => void;
}

const quote = 0x22;
const openBrace = 0x7b;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;

/** Items are looked for when so many bytes have come, since the last of them is always cut and read again. */
const usualPatience = 1 << 18;

/** How a scanner works; what it finds is the same. */
export interface ScanManner {
  readonly patience?: number;
  /** Gives the program that skips what is nested; undefined where it is to be walked by JavaScript. */
  readonly takeSkipper?: () => NestedSkipper | undefined;
}

/** Starts a scanner. Without `keep` items are given whole. */
export function createListScanner(
  keep: Keep | undefined,
  listener: ScanListener,
  { patience = usualPatience, takeSkipper: take = takeSkipper }: ScanManner = {},
): ListScanner {
  const input = createInput(take());
  const readItem = createItemReader(keep);
  const scanHead = createHeadScanner(listener.onMetadata);
  let stage: "head" | "items" | "tail" = "head";
  let head = "";
  let first = true;
  let worthwhile = 0;

  const readHead = (): void => {
    const end = scanHead(input);
    if (end === incomplete) return;
    head = input.take(end);
    stage = "items";
  };
  const readItems = (): void => {
    for (let at = startOfItem(input, first); at !== incomplete; at = startOfItem(input, first)) {
      if (input.bytes[at] === closeBracket) {
        input.start = at;
        stage = "tail";
        return;
      }
      const next = readItem(input, at, listener.onItem);
      if (next === incomplete) return;
      first = false;
      input.start = next;
    }
  };
  const advance = (): void => {
    if (stage === "head") readHead();
    if (stage === "items") readItems();
  };
  return {
    push(chunk) {
      input.add(chunk);
      if (input.end - input.start < worthwhile) return;
      advance();
      // An item that is larger is looked at again when there is twice as much of it.
      if (stage !== "head") worthwhile = Math.max(patience, (input.end - input.start) * 2);
    },
    end() {
      advance();
      const list = parse(head + input.take(input.end));
      input.close();
      if (!isFields(list) || !hasNoItems(list["items"])) throw new UnexpectedJson();
      return list;
    },
  };
}

/** Where the next item starts, after the comma before it, or where the list ends; `incomplete` where that is not there yet. */
function startOfItem({ bytes, start, end }: Input, first: boolean): number {
  let at = skipSpace(bytes, start, end);
  if (at >= end) return incomplete;
  if (bytes[at] === closeBracket) return at;
  if (!first) {
    if (bytes[at] !== comma) throw new UnexpectedJson();
    at = skipSpace(bytes, at + 1, end);
    if (at >= end) return incomplete;
  }
  if (bytes[at] !== openBrace) throw new UnexpectedJson();
  return at;
}

type ItemReader = (input: Input, from: number, onItem: (item: unknown) => void) => number;

function createItemReader(keep: Keep | undefined): ItemReader {
  if (keep === undefined) return (input, from, onItem) => readWhole(input, from, onItem);
  const nodes = compileKeep(keep);
  const out: Output = { bytes: Buffer.allocUnsafe(1 << 14), length: 0, found: 0 };
  return (input, from, onItem) => {
    out.length = 0;
    const next = tryCopy(() => copyKept(input, from, nodes, out));
    // Anything unusual is read as a whole, and reduced then.
    if (next === undefined) return readWhole(input, from, (item) => onItem(keepFields(item, keep)));
    if (next !== incomplete) onItem(parse(out.bytes.toString("utf8", 0, out.length)));
    return next;
  };
}

function readWhole(input: Input, from: number, onItem: (item: unknown) => void): number {
  const next = skipValue(input, from, input.end);
  if (next !== incomplete) onItem(parse(input.bytes.toString("utf8", from, next)));
  return next;
}

/** Finds the end of the head, which is after the `[` of the items; `incomplete` where there are no items or not yet. */
function createHeadScanner(onMetadata: (metadata: unknown) => void): (input: Input) => number {
  let told = false;
  // The head is read from its start each time until it is complete.
  const tell = (metadata: string): void => {
    if (!told) onMetadata(parse(metadata));
    told = true;
  };
  return (input) => {
    const { bytes, end } = input;
    let at = startOfHead(bytes, end);
    while (at < end) {
      const field = readHeadField(input, skipSpace(bytes, at + 1, end));
      if (field === undefined) return incomplete;
      if (field.key === "items" && bytes[field.from] === openBracket) return field.from + 1;
      if (field.to === incomplete) return incomplete;
      if (field.key === "metadata") tell(bytes.toString("utf8", field.from, field.to));
      const after = skipSpace(bytes, field.to, end);
      at = bytes[after] === comma ? after : end;
    }
    return incomplete;
  };
}

function startOfHead(bytes: Buffer, end: number): number {
  const at = skipSpace(bytes, 0, end);
  if (at < end && bytes[at] !== openBrace) throw new UnexpectedJson();
  return at;
}

interface HeadField {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

function readHeadField(input: Input, at: number): HeadField | undefined {
  const { bytes, end } = input;
  if (at >= end || bytes[at] !== quote) return undefined;
  const keyEnd = skipString(bytes, at + 1, end);
  if (keyEnd === incomplete) return undefined;
  const from = startOfValue(bytes, keyEnd, end);
  if (from >= end) return undefined;
  const key = bytes.toString("utf8", at + 1, keyEnd - 1);
  return { key, from, to: bytes[from] === openBracket && key === "items" ? incomplete : skipValue(input, from, end) };
}

function tryCopy(copy: () => number): number | undefined {
  try {
    return copy();
  } catch (error) {
    if (error instanceof UnexpectedJson) return undefined;
    throw error;
  }
}

function hasNoItems(items: unknown): boolean {
  return items === null || (Array.isArray(items) && items.length === 0);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnexpectedJson();
  }
}
