import { type Health, renderGraph, type ShootChain } from "@registry-cache/core";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";

/** The problems that a parser of XML has with a text, and the attributes that could run or fetch anything. */
function complaints(xml: string): readonly string[] {
  const found: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => found.push(error.message));
  parser.on("opentag", ({ name, attributes }) => {
    if (["script", "foreignObject", "image", "use", "a"].includes(name)) found.push(`element ${name}`);
    for (const key of Object.keys(attributes)) if (/^on|href$/i.test(key)) found.push(`attribute ${key}`);
  });
  parser.write(xml).close();
  return found;
}

test("a drawing is valid XML without anything that runs or fetches, whatever names are", () => {
  const hostile = fc.constantFrom(
    '"',
    "'",
    "<script>alert(1)</script>",
    "]]>",
    "-->",
    "&amp;",
    "\u0000",
    "\ud800",
    "\n",
    "javascript:",
  );
  const text = fc.array(fc.oneof(hostile, fc.string()), { maxLength: 4 }).map((it) => it.join(""));
  const health = fc.constantFrom<Health>("ok", "warning", "error", "unknown");
  const finding = fc.record({ code: text, severity: fc.constant("error" as const), message: text });
  const link = fc.record({ label: text, health, note: text, findings: fc.array(finding, { maxLength: 2 }) });
  const chain = fc.record({ shoot: link, namespace: text, uri: text, cache: link, reference: link, secret: link });
  fc.assert(
    fc.property(fc.array(chain, { maxLength: 4 }), (chains) => {
      const shoots = chains.map(({ shoot, namespace, uri, cache, reference, secret }): ShootChain => {
        const place = { uri, span: { start: 0, end: 1 } };
        const use = { ...cache, kind: "cache", place, reference: { ...reference, secret } } as const;
        return { ...shoot, namespace, place, uses: [use] };
      });
      expect(complaints(renderGraph(shoots, "svg"))).toEqual([]);
    }),
  );
});

test("the parser would tell", () => {
  expect(complaints('<svg><a href="x" onclick="y"/><script/></svg>')).toEqual([
    "element a",
    "attribute href",
    "attribute onclick",
    "element script",
  ]);
  expect(complaints("<svg>&nothing;</svg>")).toEqual(["1:14: undefined entity."]);
});
