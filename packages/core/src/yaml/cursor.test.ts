import { readCursor } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { cursorAt } from "./cursor.ts";
import type { CursorPlace } from "./cursor-place.ts";

/** `key spec.caches[1] among upstream; replaces "vol"`, one line for each place. */
function describePlaces(marked: string): readonly string[] {
  const { text, offset } = readCursor(marked);
  const { places, comment } = cursorAt(text, { start: 0, end: text.length }, offset);
  if (comment !== undefined) return [`comment ${text.slice(comment.start, comment.end)}`];
  return places.map((it) => describePlace(text, it));
}

function describePlace(text: string, { slot, path, replace, lead, levels, flow, behind }: CursorPlace): string {
  const keys = slot === "key" ? (levels[path.length] ?? []).map((it) => it.name) : [];
  const replaced = text.slice(replace.start, replace.end);
  return [
    `${slot} ${path.map((it) => (typeof it === "number" ? `[${it}]` : `.${it}`)).join("")}`,
    ...(keys.length > 0 ? [`beside ${keys.join(",")}`] : []),
    ...(replaced === "" ? [] : [`replaces ${JSON.stringify(replaced)}`]),
    ...(lead === "" ? [] : [`after ${JSON.stringify(lead)}`]),
    ...(behind === "value" ? [] : [behind === "nothing" ? "name only" : "name and colon"]),
    ...(flow === undefined ? [] : [flow.json ? "json" : "flow"]),
  ].join(" ");
}

test.each<readonly [string, string, readonly string[]]>([
  ["an empty text can hold anything", "<|>", ["key ", "value ", "item ", 'value [0] after "- "']],
  [
    "a line between keys of a map takes another key, and knows those above and below",
    "a: 1\n<|>\nc: 3\n",
    ["key  beside a,c"],
  ],
  ["a word at the column of keys is a key", "a: 1\nb<|>\nc: 3\n", ['key  beside a,c replaces "b"']],
  ["the cursor in the middle of a word replaces all of it", "a: 1\nwo<|>rd\n", ['key  beside a replaces "word"']],
  ["a quote that is not closed yet belongs to the word", 'a: 1\n"wo<|>rd\n', ['key  beside a replaces "\\"word"']],
  [
    "a key with its colon needs its name only",
    "a: 1\nwo<|>rd: 2\nc: 3\n",
    ['key  beside a,c replaces "word" name only'],
  ],
  ["a word before a value lacks its colon", "a:\n  wo<|>rd value\n", ['key .a replaces "word" name and colon']],
  [
    "what is indented below a word belongs to it",
    "x: 1\na<|>\n  b: 1\n",
    ['key  beside x replaces "a" name and colon'],
  ],
  [
    "a list at the column of a word belongs to it",
    "x: 1\na<|>\n- b: 1\n",
    ['key  beside x replaces "a" name and colon'],
  ],
  ["the column of an empty line decides: the inner map", "spec:\n  a: 1\n  <|>\n", ["key .spec beside a"]],
  ["the column of an empty line decides: the outer map", "spec:\n  a: 1\n<|>\n", ["key  beside spec"]],
  [
    "a key without a value waits for a key, a scalar or an item",
    "spec:\n  <|>\n",
    ["key .spec", "value .spec", 'item .spec replaces "  "', 'value .spec[0] replaces "  " after "- "'],
  ],
  [
    "an item of a list may stand at the column of its key",
    "spec:\n  list:\n  <|>\n",
    ["key .spec beside list", "item .spec.list", 'value .spec.list[0] after "- "'],
  ],
  [
    "dashes are indented as they are elsewhere",
    "a:\n  - b: 1\nspec:\n  <|>\n",
    ["key .spec", "value .spec", "item .spec", 'value .spec[0] after "- "'],
  ],
  [
    "what stands below at a deeper column comes first",
    "spec:\n  <|>\n    b: 1\n",
    ['key .spec beside b replaces "  " after "    "'],
  ],
  ["a key may not take the children of the key above", "spec:\n<|>\n    b: 1\n", ['key .spec beside b after "    "']],
  [
    "a line that is indented too deep is mended",
    "spec:\n  a: 1\n      <|>\n",
    ['key .spec beside a replaces "      " after "  "'],
  ],
  [
    "a word between two columns is mended",
    "spec:\n    a: 1\n  wo<|>rd\n",
    ['key .spec beside a replaces "  word" after "    "'],
  ],
  [
    "a tab is mended",
    "spec:\n\ta<|>\n",
    [
      'key .spec replaces "\\ta" after "  "',
      'value .spec replaces "\\ta" after "  "',
      'item .spec replaces "\\ta"',
      'value .spec[0] replaces "\\ta" after "- "',
    ],
  ],
  [
    "nothing can be written before a list goes on but an item",
    "a:\n- b: 1\n<|>\n- c: 1\n",
    ["item .a", 'value .a[1] after "- "'],
  ],
  [
    "behind a list at the column of its key both go on",
    "a:\n- b: 1\n<|>\n",
    ["key  beside a", "item .a", 'value .a[1] after "- "'],
  ],
  ["within an item its keys go on", "a:\n- b: 1\n  <|>\n- c: 1\n", ["key .a[0] beside b"]],
  ["a dash alone", "a:\n  -<|>\n", ['key .a[0] after " "', 'value .a[0] after " "']],
  ["behind a dash", "a:\n  - <|>\n", ["key .a[0]", "value .a[0]"]],
  ["behind a dash whose item goes on below", "a:\n  - <|>\n    b: 1\n", ["key .a[0] beside b"]],
  ["behind a dash whose item goes on below at another column", "a:\n  - <|>\n      b: 1\n", []],
  [
    "a word behind a dash has the keys below beside it",
    "a:\n  - wo<|>rd\n    b: 1\n",
    ['key .a[0] beside b replaces "word"'],
  ],
  [
    "a word behind a dash has its children below",
    "a:\n  - wo<|>rd\n      b: 1\n",
    ['key .a[0] replaces "word" name and colon'],
  ],
  ["behind the anchor of an item nothing is written", "a:\n- &b <|>\n  c: 1\n", []],
  ["before the anchor of an item nothing is written", "a:\n-<|> &b\n  c: 1\n", []],
  ["an item in an item", "- - <|>\n", ["key [0][0]", "value [0][0]"]],
  [
    "behind a colon stands a value, or what begins on the next line",
    "a: <|>\nb: 1\n",
    [
      "value .a",
      'key .a replaces " " after "\\n  "',
      'item .a replaces " " after "\\n"',
      'value .a[0] replaces " " after "\\n- "',
    ],
  ],
  [
    "right behind a colon comes a blank first",
    "a:<|>\nb: 1\n",
    ['value .a after " "', 'key .a after "\\n  "', 'item .a after "\\n"', 'value .a[0] after "\\n- "'],
  ],
  ["behind a colon with a comment nothing begins on the next line", "a: <|> # why\n", ["value .a"]],
  ["behind a colon whose value stands below is nothing to write", "a: <|>\n  b: 1\n", []],
  ["behind a colon whose list stands below is nothing to write", "a: <|>\n- b: 1\n", []],
  ["a value is replaced as a whole", "a: va<|>lue # why\nb: 1\n", ['value .a replaces "value"']],
  ["a quoted value is replaced with its quotes", "a: 'va<|>lue'\n", ["value .a replaces \"'value'\""]],
  ["a value with a quote that is not closed ends with its line", 'a: "va<|>\nb: 1\n', ['value .a replaces "\\"va"']],
  ["behind an anchor the value is replaced, not the anchor", "a: &x va<|>lue\n", ['value .a replaces "value"']],
  ["an alias is left alone", "a: *x<|>\n", []],
  ["behind a value is nothing to write", "a: value <|>\n", []],
  ["a value that goes on below is left alone", "a: va<|>lue\n  more\n", []],
  [
    "a value on a line of its own",
    "a:\n  va<|>lue\nb: 1\n",
    [
      'key .a replaces "value"',
      'value .a replaces "value"',
      'item .a replaces "  value"',
      'value .a[0] replaces "  value" after "- "',
    ],
  ],
  ["comments hold no places", "a: value # co<|>mment\n", ["comment # comment"]],
  ["comments on lines of their own hold no places", "a: 1\n  # co<|>mment\nb: 1\n", ["comment # comment"]],
  ["a comment behind braces", "a: { b: 1 } # co<|>mment\n", ["comment # comment"]],
  ["a comment behind a text of several lines", "a: 'one\n  two' # co<|>mment\n", ["comment # comment"]],
  ["a # in quotes is no comment", "a: '# va<|>lue'\n", ["value .a replaces \"'# value'\""]],
  ["nothing is written into a block scalar", "a: |\n  text\n  <|>\nb: 1\n", []],
  ["a line at the key's column ends a block scalar", "a: |\n  text\n<|>\n", ["key  beside a"]],
  ["nothing is written into a quoted text of several lines", "a: 'one\n  <|>two'\nb: 1\n", []],
  ["a # in a text of several lines is no comment", "a:\n  b: 'one\n  # t<|>wo'\n", []],
  ["keys of a map in braces", "a: { b: 1, <|> }\n", ["key .a beside b flow"]],
  ["a word in braces", "a: { b: 1, wo<|>rd }\n", ['key .a beside b replaces "word" flow']],
  ["right behind a comma comes a blank first", "a: { b: 1,<|> }\n", ['key .a beside b after " " flow']],
  ["values of a map in braces", "a: { b: <|>, c: 2 }\n", ["value .a.b flow"]],
  ["right behind a colon in braces comes a blank first", "a: { b:<|> }\n", ['value .a.b after " " flow']],
  ["items in brackets", "a: [ <|> ]\n", ["item .a flow", "value .a[0] flow"]],
  ["a map in a list in braces", "a: [{ b: 1 }, { c: <|> }]\n", ["value .a[1].c flow"]],
  ["behind a value in braces only a comma may follow", "a: { b: 1 <|> }\n", []],
  ["braces over several lines", "a: {\n  b: 1,\n  <|>\n}\n", ["key .a beside b flow"]],
  ["a comment within braces", "a: {\n  b: 1, # co<|>mment\n}\n", ["comment # comment"]],
  [
    "a bracket that is not closed ends where the indentation says",
    "a: [pull, <|>\nb: 1\n",
    ["item .a flow", "value .a[1] flow"],
  ],
  [
    "a brace that is not closed leaves the lines below alone",
    "a:\n  - { b: 1, wo<|>rd\n  - { c: 1 }\n",
    ['key .a[0] beside b replaces "word" flow'],
  ],
  ["an earlier bracket that is not closed changes nothing below", "a: [1, 2\nb:\n  c: 1\n  <|>\n", ["key .b beside c"]],
  ["an earlier quote that is not closed changes nothing below", 'a: "one\nb:\n  c: 1\n  <|>\n', ["key .b beside c"]],
  [
    "an earlier line with two colons changes nothing below",
    "a: b: c\nd:\n  <|>\n",
    ["key .d", "value .d", 'item .d replaces "  "', 'value .d[0] replaces "  " after "- "'],
  ],
  ["JSON has quotes", '{"a": {"b": 1, <|>}}', ["key .a beside b json"]],
  [
    "a string in JSON that is not closed yet ends before the comma",
    '{"a": {"b": "<|>, "c": "x"}}',
    ['value .a.b replaces "\\"" json'],
  ],
  ["a template's own lines are none", "a:\n{{- if x }}\n  b: 1\n  <|>\n{{- end }}\n", ["key .a beside b"]],
  ["a key between quotes is known", "\"a\": 1\n'b': 2\n<|>\n", ["key  beside a,b"]],
  ["an explicit key is known", "? a\n: 1\n<|>\n", ["key  beside a"]],
  ["merge keys are keys", "a:\n  <<: *b\n  <|>\n", ["key .a beside <<"]],
  ["nothing is written before the dash", "a:\n <|> - b\n", []],
  ["nothing is written into the indentation", "a:\n <|> b: 1\n", []],
  ["nothing is written on the line between documents", "---<|>\na: 1\n", []],
  ["nothing is written behind the end of a document", "a: 1\n...\n<|>\n", []],
  ["a directive is no content", "%YAML 1.1\n---\n<|>\n", ["key ", "value ", "item ", 'value [0] after "- "']],
  ["nothing is written behind a root in braces", "{ a: 1 }\n<|>\n", []],
  ["lines may end in CRLF", "spec:\r\n  a: 1\r\n  <|>\r\n  b: 2\r\n", ["key .spec beside a,b"]],
  ["a byte order mark is no column", "\ufeff<|>a: 1\n", ['key  replaces "a" name only']],
])("%s", (_, marked, expected) => {
  expect(describePlaces(marked)).toEqual(expected);
});

test("only the document around the cursor is read", () => {
  const text = "a: 1\n---\nb: 1\nwo\n---\nc: 1\n";
  const { places } = cursorAt(text, { start: 5, end: text.lastIndexOf("---") }, text.indexOf("wo") + 2);
  expect(places.map((it) => describePlace(text, it))).toEqual(['key  beside b replaces "wo"']);
});

test("the layout is that of the lists and maps around, and else that of the document", () => {
  const layoutAt = (marked: string): readonly number[] => {
    const { text, offset } = readCursor(marked);
    const { mapIndent, listIndent } = cursorAt(text, { start: 0, end: text.length }, offset).layout;
    return [mapIndent, listIndent];
  };
  expect(layoutAt("a:\n- b\nc:\n    d:\n      - e:\n          <|>\n")).toEqual([4, 2]);
  expect(layoutAt("a:\n   - b\nc:\n    d: 1\n<|>\n")).toEqual([4, 3]);
});
