import { parseYaml } from "@registry-cache/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { printYaml } from "./print-yaml.ts";

test("an object is written as people write it", () => {
  const object = {
    kind: "Service",
    metadata: { name: "registry-docker-io", labels: {} },
    spec: {
      ports: [{ port: 5000, name: "a" }, { port: 5001 }],
      args: [],
      nested: [["x", "y"]],
      on: "on",
      text: "a\nb\n",
    },
  };
  expect(printYaml([object])).toBe(`---
kind: Service
metadata:
  name: registry-docker-io
  labels: {}
spec:
  ports:
  - port: 5000
    name: a
  - port: 5001
  args: []
  nested:
  - - x
    - "y"
  "on": "on"
  text: |
    a
    b
`);
});

test("whatever is written is read back as it was", () => {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      text,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(text, tie("value"), { maxKeys: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(text, value, { minKeys: 1, maxKeys: 4 }), (object) => {
      const [document] = parseYaml(printYaml([JSON.parse(JSON.stringify(object))]));
      expect({ problems: document?.problems, value: plainValue(document?.root) }).toEqual({
        problems: [],
        value: JSON.parse(JSON.stringify(object)),
      });
    }),
  );
});

const text = fc
  .oneof(fc.string({ unit: "grapheme" }), fc.string(), fc.stringMatching(/^[ab:#"' \n\t|>&*-]{0,12}$/))
  .filter((it) => it !== "__proto__");

function plainValue(node: ReturnType<typeof parseYaml>[number]["root"]): unknown {
  if (node?.type === "map") return Object.fromEntries(node.entries.map((it) => [it.name, plainValue(it.value)]));
  if (node?.type === "seq") return node.items.map((it) => plainValue(it.value));
  return node?.value;
}
