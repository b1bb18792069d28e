import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { emptyScalar, makeMap, type RawEntry, type Tally } from "./assemble.ts";
import type { Node, ScalarNode, ScalarStyle, SeqItem } from "./node.ts";
import { keyText, resolvePlain, resolveTagged } from "./resolve-scalar.ts";
import { skipBlanks } from "./skip.ts";

/** Deeper than this the text is not read; the recovering parser has no limit of its own, and the stack has one. */
const maxRecoveredDepth = 100;
/** At most this many values are recovered, aliases written out: a bomb in a broken text is still a bomb. */
const maxRecoveredValues = 50_000;

/** The text to recover from: one part of a stream and its offset in the whole text. */
interface Source {
  readonly part: string;
  readonly base: number;
}

/** Reads what can be read of a broken document, so that an editor can still complete in it and others can refer to it. */
export function recoverTree(broken: Source): Node | undefined {
  // The recovering parser counts a byte order mark as a column.
  const mark = broken.part.startsWith("\ufeff") ? 1 : 0;
  const source = { part: broken.part.slice(mark), base: broken.base + mark };
  const contents = parseWithoutThrowing(source.part);
  const reader: Reader = {
    source,
    tally: { problems: [], mergedKeys: 0 },
    anchors: new Map(),
    depth: 0,
    left: maxRecoveredValues,
  };
  const root = toNode(contents, 0, reader);
  return root.type === "scalar" ? undefined : root;
}

interface Reader {
  readonly source: Source;
  readonly tally: Tally;
  /** The nodes that anchors name, and what each of them costs. */
  readonly anchors: Map<string, { readonly node: Node; readonly values: number }>;
  depth: number;
  left: number;
}

function parseWithoutThrowing(part: string): unknown {
  try {
    // Pretty errors cost the square of their number, and a broken line can have thousands.
    return parseDocument(part, {
      strict: false,
      uniqueKeys: false,
      logLevel: "silent",
      version: "1.1",
      schema: "failsafe",
      prettyErrors: false,
    }).contents;
  } catch {
    return undefined;
  }
}

function toNode(node: unknown, at: number, reader: Reader): Node {
  if (reader.left <= 0 || reader.depth >= maxRecoveredDepth) return emptyScalar(reader.source.base + at);
  const before = reader.left;
  reader.left -= 1;
  reader.depth += 1;
  const converted = convert(node, at, reader);
  reader.depth -= 1;
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  if (anchor !== undefined) reader.anchors.set(anchor, { node: converted, values: before - reader.left });
  return converted;
}

function convert(node: unknown, at: number, reader: Reader): Node {
  if (isScalar(node)) return toScalar(node, at, reader);
  if (isMap(node)) return toMap(node, at, reader);
  if (isSeq(node)) return toSeq(node, at, reader);
  if (isAlias(node)) return toAnchored(node, at, reader);
  return emptyScalar(reader.source.base + at);
}

function toAnchored(node: Alias, at: number, reader: Reader): Node {
  const anchored = reader.anchors.get(node.source);
  reader.left -= anchored?.values ?? 0;
  return anchored === undefined || reader.left < 0 ? emptyScalar(reader.source.base + at) : anchored.node;
}

function toScalar(node: Scalar, at: number, { source: { base } }: Reader): ScalarNode {
  const text = String(node.source ?? node.value ?? "");
  const [start, end] = node.range ?? [at, at];
  if (start === end) return emptyScalar(base + start);
  const style = styleOf(node.type);
  const value = node.tag ? resolveTagged(node.tag, text) : style === "plain" ? resolvePlain(text) : text;
  const span = { start: base + start, end: base + end };
  return { type: "scalar", span, style, text, value: value === undefined ? text : value };
}

function toMap(node: YAMLMap, at: number, reader: Reader): Node {
  const { base } = reader.source;
  const span = spanOf(node, at, reader);
  const raw: RawEntry[] = [];
  for (const pair of node.items) {
    const key = toNode(pair.key, span.start - base, reader);
    if (key.type !== "scalar") continue;
    const value = toNode(pair.value, afterColon(reader, key.span.end - base), reader);
    const alias = aliasOf(pair.value, base);
    const valueEnd = alias?.end ?? Math.max(value.span.end, key.span.end);
    const name = keyText(key.value, key.text) ?? "";
    raw.push({ key, name, merge: key.style === "plain" && key.text === "<<", value, valueEnd, alias });
  }
  return makeMap(span, node.flow === true, raw, reader.tally);
}

function afterColon({ source: { part } }: Reader, at: number): number {
  const next = skipBlanks(part, at, part.length);
  return part[next] === ":" ? next + 1 : at;
}

function toSeq(node: YAMLSeq, at: number, reader: Reader): Node {
  const { base } = reader.source;
  const span = spanOf(node, at, reader);
  const items: SeqItem[] = node.items.map((item) => {
    const value = toNode(item, span.start - base, reader);
    const alias = aliasOf(item, base);
    return alias === undefined ? { span: value.span, value } : { span: alias, value, alias };
  });
  return { type: "seq", span, flow: node.flow === true, items };
}

function aliasOf(node: unknown, base: number): { readonly start: number; readonly end: number } | undefined {
  const range = isAlias(node) ? node.range : undefined;
  return range ? { start: base + range[0], end: base + range[1] } : undefined;
}

function spanOf(node: YAMLMap | YAMLSeq, at: number, { source: { base } }: Reader): { start: number; end: number } {
  const [start, end] = node.range ?? [at, at];
  return { start: base + start, end: base + end };
}

function styleOf(type: Scalar["type"]): ScalarStyle {
  if (type === "QUOTE_DOUBLE") return "double";
  if (type === "QUOTE_SINGLE") return "single";
  if (type === "BLOCK_LITERAL") return "literal";
  return type === "BLOCK_FOLDED" ? "folded" : "plain";
}
