import fc from "fast-check";
import { expect, test } from "vitest";
import { parseYaml } from "./parse.ts";
import { printYaml } from "./print-value.ts";
import { toValue } from "./to-value.ts";

test("a manifest is laid out as kubectl does", () => {
  const manifest = {
    spec: { hosts: ["a", { port: 80, name: "b" }, ["c"]], empty: [], none: {}, absent: undefined },
    kind: "Shoot",
    version: "1.33",
    yes: "yes",
    no: null,
    text: "a: b\nc",
    times: ["2024-01-01T00:00:00Z", "2024-01-01", "1:30", "1.2.3", "2024-01-01a", "a:30"],
  };
  expect(printYaml(manifest)).toBe(`kind: Shoot
"no": null
spec:
  empty: []
  hosts:
  - a
  - name: b
    port: 80
  - - c
  none: {}
text: "a: b\\nc"
times:
- "2024-01-01T00:00:00Z"
- "2024-01-01"
- "1:30"
- 1.2.3
- 2024-01-01a
- a:30
version: "1.33"
"yes": "yes"
`);
});

test("what is printed is read back as what it was", () => {
  const value = fc.jsonValue({ maxDepth: 4 }).filter((it) => !JSON.stringify(it).includes("__proto__"));
  fc.assert(
    fc.property(value, (it) => {
      const [document] = parseYaml(printYaml({ value: it }));
      expect([document?.problems, document?.root && JSON.stringify(toValue(document.root))]).toEqual([
        [],
        JSON.stringify(sorted({ value: it })),
      ]);
    }),
  );
});

/** The same value with its keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, it]) => [name, sorted(it)]));
}
