import { expect, test } from "vitest";
import { applyEdits, type Edit } from "../text/edit.ts";
import {
  appendItem,
  ensurePath,
  insertEntry,
  insertItem,
  removeEntry,
  removeItem,
  renameKey,
  replaceScalar,
  setEntry,
  stripFinalNewlines,
  wrapEntry,
} from "./edit.ts";
import { entryOf, type MapEntry, type MapNode, type Node, type ScalarNode, type SeqNode } from "./node.ts";
import { parseYaml } from "./parse.ts";

type Change = (text: string, root: Node) => Edit | undefined;
type Case = readonly [behaviour: string, before: string, change: Change, after: string];

function find(root: Node, path: string): Node {
  const node = path
    .split(".")
    .filter((it) => it !== "")
    .reduce<Node | undefined>(child, root);
  if (node === undefined) throw new Error(`nothing at ${path}`);
  return node;
}

function child(node: Node | undefined, key: string): Node | undefined {
  return node?.type === "seq" ? node.items[Number(key)]?.value : entryOf(node, key)?.value;
}

function mapAt(root: Node, path: string): MapNode {
  const node = find(root, path);
  if (node.type !== "map") throw new Error(`no map at ${path}`);
  return node;
}

function seqAt(root: Node, path: string): SeqNode {
  const node = find(root, path);
  if (node.type !== "seq") throw new Error(`no list at ${path}`);
  return node;
}

function scalarAt(root: Node, path: string): ScalarNode {
  const node = find(root, path);
  if (node.type !== "scalar") throw new Error(`no scalar at ${path}`);
  return node;
}

function entryAt(map: MapNode, key: string): MapEntry {
  const entry = entryOf(map, key);
  if (entry === undefined) throw new Error(`no entry ${key}`);
  return entry;
}

const replace =
  (path: string, value: string | boolean): Change =>
  (text, root) =>
    replaceScalar(text, scalarAt(root, path), value);
const add =
  (path: string, key: Parameters<typeof insertEntry>[2], value: Parameters<typeof insertEntry>[3]): Change =>
  (text, root) =>
    insertEntry(text, mapAt(root, path), key, value);
const append =
  (path: string, value: Parameters<typeof insertItem>[2]): Change =>
  (text, root) =>
    insertItem(text, seqAt(root, path), value);
const remove =
  (path: string, key: string): Change =>
  (text, root) => {
    const map = mapAt(root, path);
    return removeEntry(text, map, entryAt(map, key));
  };
const drop =
  (path: string, index: number): Change =>
  (text, root) => {
    const seq = seqAt(root, path);
    const item = seq.items[index];
    return item && removeItem(text, seq, item);
  };
const rename =
  (path: string, key: string, name: string): Change =>
  (text, root) =>
    renameKey(text, entryAt(mapAt(root, path), key), name);
const wrap =
  (path: string, key: string, parent: string): Change =>
  (text, root) => {
    const map = mapAt(root, path);
    return wrapEntry(text, map, entryAt(map, key), parent);
  };
const set =
  (path: string, key: string, value: Parameters<typeof setEntry>[3]): Change =>
  (text, root) =>
    setEntry(text, mapAt(root, path), key, value);
const ensure =
  (path: string, value: Parameters<typeof ensurePath>[3]): Change =>
  (text, root) =>
    ensurePath(text, mapAt(root, ""), path.split("."), value);
const appendTo =
  (path: string, value: Parameters<typeof appendItem>[3]): Change =>
  (text, root) =>
    appendItem(text, mapAt(root, ""), path.split("."), value);
const strip =
  (path: string): Change =>
  (text, root) =>
    stripFinalNewlines(text, scalarAt(root, path));

const resource = { name: "b", resourceRef: { apiVersion: "v1", kind: "Secret", name: "b-v1" } };

const replacing: readonly Case[] = [
  ["keeps a plain value plain", "a: x # c\n", replace("a", "w"), "a: w # c\n"],
  ["keeps single quotes", "a: 'x'\n", replace("a", "it's"), "a: 'it''s'\n"],
  ["keeps double quotes", 'a: "x"\n', replace("a", 'say "y"'), 'a: "say \\"y\\""\n'],
  ["gives up single quotes for a line break", "a: 'x'\n", replace("a", "x\ny"), 'a: "x\\ny"\n'],
  ["quotes what a plain value cannot say", "a: x\n", replace("a", "yes"), 'a: "yes"\n'],
  ["quotes a number that is meant as a string", "a: 1\n", replace("a", "1"), 'a: "1"\n'],
  ["writes a boolean without quotes", 'a: "true"\n', replace("a", true), "a: true\n"],
  ["fills in an empty value", "a:   # c\nb: 1\n", replace("a", "x"), "a: x   # c\nb: 1\n"],
  ["fills in an empty value at the text's end", "a:", replace("a", "x"), "a: x"],
  ["fills in an empty item", "-\n- b\n", replace("0", "x"), "- x\n- b\n"],
  ["fills in an anchored empty value", "a: &x\nb: *x\n", replace("a", "w"), "a: &x w\nb: *x\n"],
  ["fills in a bare key of a flow map", "{a, b: 1}", replace("a", "x"), "{a: x, b: 1}"],
  ["fills in behind the colon of a flow map", "{a: , b: 1}", replace("a", "x"), "{a: x , b: 1}"],
  ["keeps anchor and tag", "a: &x !!str 1\nb: *x\n", replace("a", "w"), "a: &x !!str w\nb: *x\n"],
  ["changes an alias where its anchor is", "a: &x 1\nb: *x\n", replace("b", "w"), "a: &x w\nb: *x\n"],
  ["writes a string behind a JSON key in double quotes", '{"a": 1}', replace("a", "x"), '{"a": "x"}'],
  ["replaces a block scalar", "a: |\n  x\n  y\n\nb: 1\n", replace("a", "z"), "a: z\n\nb: 1\n"],
  ["keeps CRLF and a byte order mark", "\uFEFFa: x\r\nb: y\r\n", replace("a", "z"), "\uFEFFa: z\r\nb: y\r\n"],
  ["strips a literal's newline", "a: |\n  x\nb: 1\n", strip("a"), "a: |-\n  x\nb: 1\n"],
  ["strips all newlines of a kept literal", "a: |+2 # c\n  x\n\nb: 1\n", strip("a"), "a: |2- # c\n  x\n\nb: 1\n"],
  ["strips a folded scalar's newline", "a: &x >\n  x\n", strip("a"), "a: &x >-\n  x\n"],
  ["strips an escaped newline", 'a: "x\\n"\n', strip("a"), 'a: "x"\n'],
  ["keeps `|-`", "a: |-\n  x\n", strip("a"), "a: |-\n  x\n"],
];

const inserting: readonly Case[] = [
  ["adds a field behind the last one", "a: 1 # c\n\n# next\n", add("", "b", 2), "a: 1 # c\nb: 2\n\n# next\n"],
  ["adds to a nested map", "a:\n    b: 1\nc: 2\n", add("a", "d", "x"), "a:\n    b: 1\n    d: x\nc: 2\n"],
  ["adds without a final newline", "a: 1", add("", "b", 2), "a: 1\nb: 2"],
  ["adds CRLF where the text has it", "a: 1\r\n", add("", "b", { c: 1 }), "a: 1\r\nb:\r\n  c: 1\r\n"],
  ["adds behind a named sibling", "a: 1\nb: 2\n", add("", { key: "c", after: "a" }, 3), "a: 1\nc: 3\nb: 2\n"],
  [
    "adds before a named sibling",
    "a: 1\n# b\nb: 2\n",
    add("", { key: "c", before: "b" }, 3),
    "a: 1\nc: 3\n# b\nb: 2\n",
  ],
  ["adds before the first sibling", "# a\na: 1\n", add("", { key: "c", before: "a" }, 3), "# a\nc: 3\na: 1\n"],
  ["adds before the key on a dash's line", "- a: 1\n", add("0", { key: "c", before: "a" }, 3), "- c: 3\n  a: 1\n"],
  ["adds to a map on a dash's line", "- - a: 1\n- 2\n", add("0.0", "b", [1]), "- - a: 1\n    b:\n    - 1\n- 2\n"],
  [
    "adds behind a kept literal",
    "a: |+\n  x\n\nb: 1\n",
    add("", { key: "c", after: "a" }, 1),
    "a: |+\n  x\n\nc: 1\nb: 1\n",
  ],
  ["adds behind a blank line that has content", "a: |\n  x\n   \n", add("", "b", 1), "a: |\n  x\n   \nb: 1\n"],
  ["adds behind an empty value", "a:\n  b: # c\n", add("a", "d", 1), "a:\n  b: # c\n  d: 1\n"],
  ["adds to an anchored key's map", "&k a: 1\n", add("", "b", 1), "&k a: 1\nb: 1\n"],
  ["indents lists as the text does", "a:\n  - x\nb: 1\n", add("", "c", ["w"]), "a:\n  - x\nb: 1\nc:\n  - w\n"],
  ["quotes keys and values", "a: 1\n", add("", "on", "a: b"), 'a: 1\n"on": "a: b"\n'],
  ["adds between braces", "{ a: 1 }", add("", "b", ["x", { c: 1 }]), "{ a: 1, b: [x, { c: 1 }] }"],
  ["adds between tight braces", "{a: 1}", add("", "b", "x"), "{a: 1, b: x}"],
  ["adds between empty braces", "a: {}\n", add("a", "b", 1), "a: { b: 1 }\n"],
  ["adds to JSON on one line", '{"a": 1}', add("", "b", { c: "x" }), '{"a": 1, "b": {"c": "x"}}'],
  ["adds to minified JSON", '{"a":1}', add("", "b", { c: ["x"] }), '{"a":1,"b":{"c":["x"]}}'],
  ["adds to empty JSON braces", '{"a": {}}', add("a", "b", "x"), '{"a": {"b": "x"}}'],
  [
    "adds to JSON on lines of its own",
    '{\n  "a": 1\n}\n',
    add("", "b", { c: ["x"] }),
    '{\n  "a": 1,\n  "b": {\n    "c": [\n      "x"\n    ]\n  }\n}\n',
  ],
  ["adds behind a comma and comments", "{\n  a: 1, # c\n}\n", add("", "b", 1), "{\n  a: 1, # c\n  b: 1,\n}\n"],
  ["adds behind a comment", "{\n  a: 1 # c\n}\n", add("", "b", 1), "{\n  a: 1, # c\n  b: 1\n}\n"],
  ["adds before a bracket on the same line", "{\n  a: 1 }\n", add("", "b", 1), "{\n  a: 1,\n  b: 1 }\n"],
  ["adds before a sibling in braces", "{a: 1, b: 2}", add("", { key: "c", before: "b" }, 3), "{a: 1, c: 3, b: 2}"],
  [
    "adds before a sibling on a line of its own",
    '{\n\t"a": 1\n}',
    add("", { key: "c", before: "a" }, 3),
    '{\n\t"c": 3,\n\t"a": 1\n}',
  ],
  ["gives a pair in a list its braces", "[a: 1, x]", add("0", "b", 2), "[{ a: 1, b: 2 }, x]"],
  ["appends an item", "a:\n- x # c\n# y\nb: 1\n", append("a", "z"), "a:\n- x # c\n- z\n# y\nb: 1\n"],
  [
    "appends a map to a list",
    "a:\n  - name: a\n",
    append("a", resource),
    "a:\n  - name: a\n  - name: b\n    resourceRef:\n      apiVersion: v1\n      kind: Secret\n      name: b-v1\n",
  ],
  ["appends a list to a list", "- - 1\n", append("", [1, [2, 3]]), "- - 1\n- - 1\n  - - 2\n    - 3\n"],
  ["appends between brackets", "a: [x, 'y']\n", append("a", "z"), "a: [x, 'y', z]\n"],
  ["appends to an empty list", "a: []\n", append("a", { b: 1 }), "a: [{ b: 1 }]\n"],
  ["appends to a JSON list", '{"a":["x","y"]}', append("a", "z"), '{"a":["x","y","z"]}'],
  [
    "appends to a JSON list on lines of its own",
    '{\n  "a": [\n    {\n      "b": 1\n    }\n  ]\n}\n',
    append("a", { b: 2 }),
    '{\n  "a": [\n    {\n      "b": 1\n    },\n    {\n      "b": 2\n    }\n  ]\n}\n',
  ],
];

const setting: readonly Case[] = [
  ["replaces a value", "a: 1 # c\n", set("", "a", 2), "a: 2 # c\n"],
  ["replaces a value by a map", "a: 1 # c\nb: 2\n", set("", "a", { c: 1 }), "a:\n  c: 1 # c\nb: 2\n"],
  ["replaces a map by a map", "a: # c\n  x: 1\nb: 2\n", set("", "a", { w: 1 }), "a: # c\n  w: 1\nb: 2\n"],
  ["replaces a map by a value", "a: &x # c\n  x: 1\nb: *x\n", set("", "a", 2), "a: &x 2 # c\nb: *x\n"],
  ["replaces a flow map by a block map", "- a: {}\n", set("0", "a", { w: 1 }), "- a:\n    w: 1\n"],
  ["replaces an alias", "a: &x 1\nb: *x # c\n", set("", "b", "w"), "a: &x 1\nb: w # c\n"],
  ["replaces an alias by a map", "a: &x 1\nb: *x\n", set("", "b", { c: 1 }), "a: &x 1\nb:\n  c: 1\n"],
  ["fills in an empty value", "a: # c\nb: 1\n", set("", "a", { c: 1 }), "a: # c\n  c: 1\nb: 1\n"],
  ["replaces within braces", "{ a: 1, b: [2] }", set("", "b", { c: 1 }), "{ a: 1, b: { c: 1 } }"],
  ["replaces within JSON", '{"a": [1]}', set("", "a", { c: "x" }), '{"a": {"c": "x"}}'],
  [
    "changes a merged entry where it is written",
    "a: &x {b: 1}\nc:\n  <<: *x\n",
    set("c", "b", 2),
    "a: &x {b: 2}\nc:\n  <<: *x\n",
  ],
  ["adds missing parents", "a:\n  b: 1\n", ensure("a.c.d", [1]), "a:\n  b: 1\n  c:\n    d:\n    - 1\n"],
  ["fills in an empty parent", "a:\nb: 1\n", ensure("a.c.d", 1), "a:\n  c:\n    d: 1\nb: 1\n"],
  ["fills in an empty parent in braces", "{a: , b: 1}", ensure("a.c", 1), "{a: { c: 1 } , b: 1}"],
  ["opens empty braces in block style", "a: {} # c\n", ensure("a.c", 1), "a:\n  c: 1 # c\n"],
  [
    "declares a resource where there is no list",
    "spec:\n  a: 1\n",
    appendTo("spec.resources", resource),
    "spec:\n  a: 1\n  resources:\n  - name: b\n    resourceRef:\n      apiVersion: v1\n      kind: Secret\n      name: b-v1\n",
  ],
  [
    "declares one in an empty list",
    "spec:\n  r: []\n",
    appendTo("spec.r", { name: "b" }),
    "spec:\n  r:\n  - name: b\n",
  ],
  ["declares one in an empty place", "spec:\n  r:\n  s: 1\n", appendTo("spec.r", "b"), "spec:\n  r:\n  - b\n  s: 1\n"],
  ["declares one in braces", "spec: { r: [] }\n", appendTo("spec.r", { name: "b" }), "spec: { r: [{ name: b }] }\n"],
  ["declares one in JSON", '{"s": {"r": []}}', appendTo("s.r", { name: "b" }), '{"s": {"r": [{"name": "b"}]}}'],
  [
    "wraps an entry",
    "- size: 1Gi # c\n  x: 1\n",
    wrap("0", "size", "volume"),
    "- volume:\n    size: 1Gi # c\n  x: 1\n",
  ],
  [
    "wraps an entry of several lines",
    "a:\n  b: |\n\n    x\nc: 1\n",
    wrap("", "a", "d"),
    "d:\n  a:\n    b: |\n\n      x\nc: 1\n",
  ],
  ["wraps within braces", "{ a: 1, b: 2 }", wrap("", "a", "c"), "{ c: { a: 1 }, b: 2 }"],
  ["wraps within JSON", '{"a": 1}', wrap("", "a", "c"), '{"c": {"a": 1}}'],
  ["renames a key", "user: x # c\n", rename("", "user", "username"), "username: x # c\n"],
  ["renames a key in quotes", "{\"user\": 'x'}", rename("", "user", "username"), "{\"username\": 'x'}"],
];

const removing: readonly Case[] = [
  ["removes a line and its comment", "a: 1\nb: 2 # c\nc: 3\n", remove("", "b"), "a: 1\nc: 3\n"],
  ["removes the comment right above", "a: 1\n# b\n# b\nb: 2\nc: 3\n", remove("", "b"), "a: 1\nc: 3\n"],
  ["leaves a comment with a blank line", "a: 1\n# x\n\nb: 2\n", remove("", "b"), "a: 1\n# x\n\n"],
  ["leaves a comment at another column", "a:\n  x: 1\n  # x\nb: 2\n", remove("", "b"), "a:\n  x: 1\n  # x\n"],
  ["leaves the comment above the first entry", "# all\na: 1\nb: 2\n", remove("", "a"), "# all\nb: 2\n"],
  ["leaves no line break where there was none", "a: 1\nb: 2", remove("", "b"), "a: 1"],
  ["leaves CRLF", "a: 1\r\nb:\r\n  c: 2\r\nd: 3\r\n", remove("", "b"), "a: 1\r\nd: 3\r\n"],
  ["leaves the byte order mark", "\uFEFFa: 1\nb: 2\n", remove("", "a"), "\uFEFFb: 2\n"],
  ["removes a block scalar", "a: |+\n  x\n\nb: 2\n", remove("", "a"), "b: 2\n"],
  ["moves the next key to the dash", "- a: 1 # c\n  b: 2\n", remove("0", "a"), "- b: 2\n"],
  ["keeps a comment behind the dash's line", "- a: 1\n  # b\n  b: 2\n", remove("0", "a"), "-\n  # b\n  b: 2\n"],
  ["leaves an empty map", "a:\n  b: 1 # c\nd: 2\n", remove("a", "b"), "a: {}\nd: 2\n"],
  ["leaves an empty map where a comment stands", "a: # c\n  b: 1\n", remove("a", "b"), "a: # c\n  {}\n"],
  ["leaves an empty map in a list", "- a: 1\n- 2\n", remove("0", "a"), "- {}\n- 2\n"],
  ["leaves an empty document", "a: 1\n", remove("", "a"), "{}\n"],
  [
    "removes a merged entry where it is written",
    "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n",
    remove("d", "b"),
    "a: &x {c: 2}\nd:\n  <<: *x\n",
  ],
  ["removes an alias", "a: &x 1\nb: *x\nc: 2\n", remove("", "b"), "a: &x 1\nc: 2\n"],
  ["removes the first between braces", "{ a: 1, b: 2 }", remove("", "a"), "{ b: 2 }"],
  ["removes the last between braces", "{ a: 1, b: 2, }", remove("", "b"), "{ a: 1, }"],
  ["removes the only one between braces", "{ a: 1 }", remove("", "a"), "{}"],
  ["removes a JSON line", '{\n  "a": 1,\n  "b": 2\n}', remove("", "a"), '{\n  "b": 2\n}'],
  ["removes the last JSON line", '{\n  "a": 1,\n  "b": 2\n}', remove("", "b"), '{\n  "a": 1\n}'],
  ["keeps a neighbour's comment", "{\n  a: 1, # a\n  b: 2 # b\n}", remove("", "b"), "{\n  a: 1 # a\n}"],
  ["removes an item", "- a\n- b: 1\n  c: 2\n- d\n", drop("", 1), "- a\n- d\n"],
  ["removes the first nested item", "- - a\n  - b\n", drop("0", 0), "- - b\n"],
  ["leaves an empty document below its marker", "---\na: 1\n", remove("", "a"), "---\n{}\n"],
  ["leaves an empty list behind a key with a hash", '"a #b":\n- b\n', drop("a #b", 0), '"a #b": []\n'],
  ["leaves an empty list where a comment stands", "a: # c\n- b\n", drop("a", 0), "a: # c\n  []\n"],
  ["leaves an empty list", "a:\n- b\nc: 1\n", drop("a", 0), "a: []\nc: 1\n"],
  ["removes an anchored item between brackets", "[a, &x b, c]", drop("", 1), "[a, c]"],
  ["removes the last item between brackets", "[a, [b]]", drop("", 1), "[a]"],
];

test.each([...replacing, ...inserting, ...setting, ...removing])("%s: %j", (_, before, change, after) => {
  const root = parseYaml(before)[0]?.root;
  const edit = root && change(before, root);
  const changed = edit === undefined ? before : applyEdits(before, [edit]);
  expect(changed).toBe(after);
  expect(parseYaml(changed).flatMap((it) => it.problems)).toEqual([]);
});
