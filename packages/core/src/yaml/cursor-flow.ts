import type { Span } from "../text/span.ts";
import type { CursorPlace } from "./cursor-place.ts";
import type { OutlineKey } from "./outline.ts";
import type { FlowMember, FlowOutline } from "./outline-flow.ts";
import type { LooseScalar } from "./outline-quote.ts";

interface Way {
  readonly path: CursorPlace["path"];
  readonly levels: CursorPlace["levels"];
  readonly json: boolean;
}

/** The places at an offset within a flow collection; none behind a value, where only a comma may follow. */
export function flowPlaces(
  text: string,
  outline: FlowOutline,
  offset: number,
  around: Pick<Way, "path" | "levels">,
): readonly CursorPlace[] {
  let way: Way = { ...around, json: hasQuotedKey(outline) };
  let node: FlowOutline | undefined = outline;
  while (node !== undefined) {
    const index: number = node.members.findIndex((it) => offset >= it.start && offset <= it.end);
    const member: FlowMember | undefined = node.members[index];
    if (member === undefined) return [];
    const inner = innerAt(member, offset);
    if (inner === undefined) return memberPlaces({ text, node, member, index, offset, way });
    way = { ...enter(node, member, index, way), json: way.json || hasQuotedKey(inner) };
    node = inner;
  }
  return [];
}

/** Tells whether an offset lies between the brackets of a flow collection. */
export function isWithin({ span, closed }: FlowOutline, offset: number): boolean {
  return offset > span.start && (closed ? offset < span.end : offset <= span.end);
}

interface Site {
  readonly text: string;
  readonly node: FlowOutline;
  readonly member: FlowMember;
  readonly index: number;
  readonly offset: number;
  readonly way: Way;
}

function innerAt({ value }: FlowMember, offset: number): FlowOutline | undefined {
  return value !== undefined && "members" in value && isWithin(value, offset) ? value : undefined;
}

function enter(node: FlowOutline, { key, colon }: FlowMember, index: number, { path, levels }: Way): Omit<Way, "json"> {
  if (node.kind === "map") return { path: [...path, key?.text ?? ""], levels: [...levels, keysOf(node)] };
  const item = { path: [...path, index], levels: [...levels, []] };
  return colon === undefined ? item : { path: [...item.path, key?.text ?? ""], levels: [...item.levels, []] };
}

function memberPlaces(site: Site): readonly CursorPlace[] {
  const { text, node, member, index, offset, way } = site;
  const { key, colon, value } = member;
  const isItem = node.kind === "seq";
  if (colon !== undefined && offset > colon) {
    if (isItem) return [];
    if (value !== undefined) return "members" in value || !touches(value, offset) ? [] : [valuePlace(site, value)];
    const word = emptyAt(text, offset);
    return word && [valuePlace(site, word)];
  }
  if (value !== undefined && colon === undefined) return [];
  if (key !== undefined && !touches(key, offset)) return [];
  const word = key ?? emptyAt(text, offset);
  if (!isItem) return [keyPlaceAt(site, word)];
  if (colon !== undefined) return [];
  const item = { ...spotAt(site, word), path: way.path, levels: way.levels };
  return [
    { ...item, slot: "item" },
    { ...item, slot: "value", path: [...way.path, index], levels: [...way.levels, []] },
  ];
}

function valuePlace(site: Site, word: LooseScalar): CursorPlace {
  const { node, member, index, way } = site;
  return { ...spotAt(site, word), slot: "value", ...enter(node, member, index, way) };
}

function keyPlaceAt(site: Site, word: LooseScalar): CursorPlace {
  const { node, member, way } = site;
  const others = keysOf(node).filter((it) => it.span.start !== member.key?.span.start);
  const behind = member.colon === undefined ? "value" : "nothing";
  return { ...spotAt(site, word), slot: "key", path: way.path, levels: [...way.levels, others], behind };
}

function spotAt(
  { text, way }: Site,
  { span, quote }: LooseScalar,
): Pick<CursorPlace, "replace" | "quote" | "lead" | "column" | "flow" | "behind"> {
  const before = text.charAt(span.start - 1);
  const lead = span.start === span.end && (before === ":" || before === ",") ? " " : "";
  return { replace: span, quote, lead, column: 0, flow: { json: way.json }, behind: "value" };
}

function emptyAt(_text: string, offset: number): LooseScalar {
  return { span: { start: offset, end: offset }, quote: undefined, text: "" };
}

function touches({ span }: { readonly span: Span }, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}

function keysOf({ members }: FlowOutline): readonly OutlineKey[] {
  return members.flatMap(({ key, value }) => {
    if (key === undefined) return [];
    return [{ name: key.text, span: key.span, ...(value && "text" in value ? { value: value.text } : {}) }];
  });
}

function hasQuotedKey({ kind, members }: FlowOutline): boolean {
  return kind === "map" && members.some((it) => it.key?.quote === '"');
}
