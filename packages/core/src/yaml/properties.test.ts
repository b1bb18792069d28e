import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDocument } from "yaml";
import { applyEdits, type Edit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import { insertEntry, insertItem, type Literal, removeEntry, removeItem, renameKey, setEntry } from "./edit.ts";
import type { MapNode, Node, ScalarNode, SeqNode, YamlDocument } from "./node.ts";
import { parseYaml } from "./parse.ts";
import { recoverTree } from "./recover.ts";

/** A value with the way it is to be written. */
type Tree =
  | {
      readonly kind: "scalar";
      readonly value: string | number | boolean;
      readonly style: Style;
      readonly anchored: boolean;
    }
  | { readonly kind: "map"; readonly flow: boolean; readonly entries: readonly (readonly [string, Tree, string])[] }
  | { readonly kind: "seq"; readonly flow: boolean; readonly items: readonly (readonly [Tree, string])[] };
type Style = "plain" | "single" | "double" | "literal";

const nasty = [
  "",
  " ",
  "yes",
  "n",
  "~",
  "1",
  "0x1f",
  "1:30",
  "a: b",
  "a #b",
  "# x",
  "- x",
  "-",
  "? x",
  "x\n",
  "\nx",
  "a,b",
  "]",
];
const nastier = [
  "<<",
  "=",
  "é",
  "😀",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\t",
  "{{ x }}",
  "a\\b",
  "it's",
  '"',
  "&a",
  "*a",
  "!t",
  "|",
  "---",
  "x ",
  "x:",
];
const word = fc.stringMatching(/^[a-z][a-z0-9/.-]{0,8}$/);
const anyString = fc.oneof(word, fc.constantFrom(...nasty, ...nastier), fc.string({ unit: "grapheme", maxLength: 12 }));
const comment = fc.constantFrom("", "", "", " # note", "\t# it's {[ a: note");
const style = fc.constantFrom<Style>("plain", "single", "double", "literal");
const scalar: fc.Arbitrary<Tree> = fc.record({
  kind: fc.constant("scalar" as const),
  value: fc.oneof({ arbitrary: anyString, weight: 4 }, { arbitrary: fc.oneof(fc.integer(), fc.boolean()), weight: 1 }),
  style,
  anchored: fc.boolean(),
});
const { tree } = fc.letrec<{ tree: Tree; map: Tree; seq: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4, depthSize: "small" }, scalar, tie("map"), tie("seq")),
  map: fc.record({
    kind: fc.constant("map" as const),
    flow: fc.boolean(),
    entries: fc.uniqueArray(fc.tuple(anyString, tie("tree"), comment), { selector: ([key]) => key, maxLength: 4 }),
  }),
  seq: fc.record({
    kind: fc.constant("seq" as const),
    flow: fc.boolean(),
    items: fc.array(fc.tuple(tie("tree"), comment), { maxLength: 4 }),
  }),
}));
const root = tree.filter((it) => it.kind !== "scalar");
const layout = fc.record({
  newline: fc.constantFrom("\n", "\r\n"),
  start: fc.constantFrom("", "---\n", "# head\n\n", "\ufeff"),
  end: fc.boolean(),
  json: fc.constantFrom(undefined, undefined, 0, 2),
});

type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never;

function write(value: Tree, { newline, start, end, json }: Layout): string {
  const body = json === undefined ? writeLines(value, { count: 0 }).join("\n") : toAscii(toLiteral(value), json);
  return `${start}${body}${end ? "\n" : ""}`.replaceAll("\n", newline);
}

interface Counter {
  count: number;
}

function writeLines(value: Tree, counter: Counter): readonly string[] {
  if (value.kind === "scalar" || isFlow(value)) return [writeFlow(value, counter)];
  if (value.kind === "map")
    return value.entries.flatMap(([key, it, note]) => member(`${quote(key)}:`, it, note, counter));
  return value.items.flatMap(([it, note]) => member("-", it, note, counter));
}

function member(start: string, value: Tree, note: string, counter: Counter): readonly string[] {
  if (value.kind === "scalar" && isLiteral(value)) {
    const lines = String(value.value).slice(0, -1).split("\n");
    return [`${start} |${note}`, ...lines.map((line) => `    ${line}`), `# ${note}`];
  }
  if (value.kind === "scalar" || isFlow(value)) return [`${start} ${writeFlow(value, counter)}${note}`];
  const lines = writeLines(value, counter);
  const deeper = lines.map((line) => (line === "" ? "" : `  ${line}`));
  // kubectl takes no tab between a dash and a comment.
  if (note !== "") return [`${start} ${note.trim()}`, "", ...deeper, note.trim()];
  if (start === "-") return [`- ${lines[0]}`, ...deeper.slice(1)];
  return value.kind === "seq" ? [start, ...lines] : [start, ...deeper];
}

function writeFlow(value: Tree, counter: Counter): string {
  if (value.kind === "map") {
    return `{ ${value.entries.map(([key, it]) => `${quote(key)}: ${writeFlow(it, counter)}`).join(" , ")}}`;
  }
  if (value.kind === "seq")
    return `[${value.items.map(([it]) => writeFlow(it, counter)).join(",")}${value.items.length > 1 ? "," : ""} ]`;
  counter.count += 1;
  const anchor = value.anchored ? `&a${counter.count} ` : "";
  if (typeof value.value !== "string") return anchor + String(value.value);
  if (value.style === "plain" && /^(?!y$|n$|on$|no$|yes$|off$)[a-z][a-z0-9/.-]*$/.test(value.value))
    return anchor + value.value;
  if (value.style === "single" && /^[ -~é😀]*$/u.test(value.value))
    return `${anchor}'${value.value.replaceAll("'", "''")}'`;
  return anchor + quote(value.value);
}

function quote(value: string): string {
  if (/^[a-z]{3,}$/.test(value) && !["yes", "off", "null", "true", "false"].includes(value)) return value;
  return toAscii(value, 0);
}

function toAscii(value: unknown, indent: number): string {
  const json = JSON.stringify(value, undefined, indent);
  // go-yaml takes no escaped halves of a surrogate pair.
  return json.replace(/[^ -~\n]/gu, (it) => {
    const hex = (it.codePointAt(0) ?? 0).toString(16);
    return hex.length > 4 ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
  });
}

function isLiteral({ value, style: written }: Extract<Tree, { kind: "scalar" }>): boolean {
  return written === "literal" && typeof value === "string" && /^[!-~]+\n$/.test(value);
}

function isFlow(value: Exclude<Tree, { kind: "scalar" }>): boolean {
  return value.flow || (value.kind === "map" ? value.entries : value.items).length === 0;
}

function toLiteral(value: Tree): Literal {
  if (value.kind === "scalar") return value.value;
  if (value.kind === "seq") return value.items.map(([it]) => toLiteral(it));
  return Object.fromEntries(value.entries.map(([key, it]) => [key, toLiteral(it)]));
}

function toPlain(node: Node | undefined, of: (scalar: ScalarNode) => unknown = (it) => it.value): unknown {
  if (node === undefined) return undefined;
  if (node.type === "scalar") return of(node);
  if (node.type === "seq") return node.items.map((it) => toPlain(it.value, of));
  return Object.fromEntries(node.entries.map((it) => [it.name, toPlain(it.value, of)]));
}

function read(text: string): YamlDocument {
  const documents = parseYaml(text);
  expect(documents.flatMap((it) => it.problems)).toEqual([]);
  return documents.at(-1) ?? { span: { start: 0, end: 0 }, problems: [] };
}

/** Every node with what encloses it, in the order of the text. */
function checkSpans(text: string, node: Node, outer: Span): void {
  expect(outer.start <= node.span.start && node.span.start <= node.span.end && node.span.end <= outer.end).toBe(true);
  if (node.type === "scalar") {
    const again = parseYaml(text.slice(node.span.start, node.span.end))[0]?.root;
    if (node.style !== "empty" && node.style !== "literal") expect(toPlain(again)).toEqual(node.value);
    return;
  }
  let from = node.span.start;
  for (const member of node.type === "map" ? node.written : node.items) {
    expect(from <= member.span.start && member.span.end <= node.span.end).toBe(true);
    checkSpans(text, member.value, member.span);
    from = member.span.end;
  }
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  const members = node.type === "map" ? node.written : node.type === "seq" ? node.items : [];
  for (const { value } of members) yield* nodesOf(value);
}

function comments(text: string): readonly string[] {
  return text.match(/# (?:note|it's|head)/g) ?? [];
}

test("reads what was written, as another parser does, with every span in its place", () => {
  fc.assert(
    fc.property(root, layout, (value, how) => {
      const text = write(value, how);
      const document = read(text);
      expect(toPlain(document.root)).toEqual(toLiteral(value));
      const other = parseDocument(text.replace("\ufeff", ""), { schema: "failsafe", version: "1.1" });
      expect(toPlain(document.root, (it) => it.text)).toEqual(other.toJS());
      expect(toPlain(recoverTree({ part: text, base: 0 }))).toEqual(toLiteral(value));
      if (document.root) checkSpans(text, document.root, { start: 0, end: text.length });
    }),
    { numRuns: 500 },
  );
});

const anyLiteral: fc.Arbitrary<Literal> = tree.map(toLiteral);

test("sets, adds and appends any value anywhere and loses neither values nor comments", () => {
  fc.assert(
    fc.property(root, layout, fc.tuple(anyLiteral, anyString, fc.nat()), (value, how, [literal, key, pick]) => {
      const text = write(value, how);
      const collections = [...nodesOf(read(text).root as Node)].filter((it) => it.type !== "scalar");
      const target = collections[pick % collections.length] as MapNode | SeqNode;
      const name = (target.type === "map" ? target.entries[pick % 5]?.name : undefined) ?? key;
      const known = target.type === "map" && target.entries.some((it) => it.name === name);
      const edit = target.type === "seq" ? insertItem(text, target, literal) : setEntry(text, target, name, literal);
      const changed = applyEdits(text, [edit]);
      const expected = withChange(target, (members) =>
        Array.isArray(members) ? [...members, literal] : { ...members, [name]: literal },
      );
      expect(toPlain(read(changed).root)).toEqual(expected(read(text).root as Node));
      if (!known) expect(comments(changed)).toEqual(comments(text));
    }),
    { numRuns: 1000 },
  );
});

test("adds before and behind any entry", () => {
  fc.assert(
    fc.property(root, layout, fc.tuple(anyLiteral, fc.boolean(), fc.nat()), (value, how, [literal, before, pick]) => {
      const text = write(value, how);
      const maps = [...nodesOf(read(text).root as Node)].filter((it) => it.type === "map" && it.entries.length > 0);
      fc.pre(maps.length > 0);
      const target = maps[pick % maps.length] as MapNode;
      const sibling = target.entries[pick % target.entries.length]?.name ?? "";
      const place = before ? { key: "new key", before: sibling } : { key: "new key", after: sibling };
      const changed = applyEdits(text, [insertEntry(text, target, place, literal)]);
      const expected = withChange(target, (members) => ({ ...members, "new key": literal }));
      expect(toPlain(read(changed).root)).toEqual(expected(read(text).root as Node));
      expect(comments(changed)).toEqual(comments(text));
    }),
    { numRuns: 500 },
  );
});

test("removes and renames anything and leaves the rest", () => {
  fc.assert(
    fc.property(root, layout, fc.nat(), fc.boolean(), (value, how, pick, renames) => {
      const text = write(value, how);
      const nodes = [...nodesOf(read(text).root as Node)];
      const filled = nodes.filter(
        (it) => (it.type === "map" ? it.entries : it.type === "seq" ? it.items : []).length > 0,
      );
      fc.pre(filled.length > 0);
      const target = filled[pick % filled.length] as MapNode | SeqNode;
      const { edit, change } =
        target.type === "map" ? changeEntry(text, target, pick, renames) : dropItem(text, target, pick);
      const changed = applyEdits(text, [edit]);
      expect(toPlain(read(changed).root)).toEqual(withChange(target, change)(read(text).root as Node));
      expect(changed.startsWith("\ufeff")).toBe(text.startsWith("\ufeff"));
      expect(changed.endsWith("\n")).toBe(text.endsWith("\n"));
      if (how.newline === "\r\n") expect(changed).not.toMatch(/[^\r]\n/);
    }),
    { numRuns: 1000 },
  );
});

type Members = Record<string, unknown> | readonly unknown[];
interface Changed {
  readonly edit: Edit;
  readonly change: (members: Members) => Members;
}

function changeEntry(text: string, target: MapNode, pick: number, renames: boolean): Changed {
  const entry = target.entries[pick % target.entries.length];
  if (entry === undefined) throw new Error("unreachable: the map has entries");
  const others = (members: Members) => Object.entries(members).filter(([key]) => key !== entry.name);
  if (!renames)
    return { edit: removeEntry(text, target, entry), change: (members) => Object.fromEntries(others(members)) };
  const value = toPlain(entry.value);
  const change = (members: Members) => ({ ...Object.fromEntries(others(members)), "new key": value });
  return { edit: renameKey(text, entry, "new key"), change };
}

function dropItem(text: string, target: SeqNode, pick: number): Changed {
  const index = pick % target.items.length;
  const item = target.items[index];
  if (item === undefined) throw new Error("unreachable: the list has items");
  const change = (members: Members) => (Array.isArray(members) ? members.toSpliced(index, 1) : members);
  return { edit: removeItem(text, target, item), change };
}

/** The plain value of a tree in which the members of the target are changed; the target is known by its place. */
function withChange(target: Node, change: (members: Members) => Members): (node: Node) => unknown {
  const convert = (node: Node): unknown => {
    if (node.type === "scalar") return node.value;
    const members: Members =
      node.type === "seq"
        ? node.items.map((it) => convert(it.value))
        : Object.fromEntries(node.entries.map((it) => [it.name, convert(it.value)]));
    const isTarget =
      node.span.start === target.span.start && node.span.end === target.span.end && node.type === target.type;
    return isTarget ? change(members) : members;
  };
  return convert;
}
