import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChainLink, Health, ShootChain, UpstreamChain } from "../workspace/chain.ts";
import { escapeMermaid, escapeXml, quoteDot } from "./escape.ts";
import { type GraphFormat, renderGraph } from "./index.ts";
import { layOut, nodeHeight } from "./layout.ts";
import { toGraph } from "./model.ts";

const span = { start: 7, end: 9 };

interface Said {
  readonly note?: string;
  readonly codes?: readonly string[];
}

function link(label: string, health: Health = "ok", { codes = [], ...more }: Said = {}): ChainLink {
  const findings = codes.map((code) => ({ code, severity: "error", message: "wrong" }) as const);
  return { label, health, findings, ...more };
}

interface Ends {
  readonly health?: Health;
  readonly reference?: ChainLink;
  readonly secret?: ChainLink;
}

function cache(upstream: string, { health, reference, secret }: Ends = {}): UpstreamChain {
  const place = { uri: "file:///a.yaml", span };
  const entry = reference && { ...reference, ...(secret && { secret }) };
  return { kind: "cache", ...link(upstream, health), place, ...(entry && { reference: entry }) };
}

function shoot(name: string, uses: readonly UpstreamChain[], more: Partial<ShootChain> = {}): ShootChain {
  return { ...link(name), namespace: "garden-dev", place: { uri: "file:///a.yaml", span }, uses, ...more };
}

const small: readonly ShootChain[] = [
  shoot(
    "crazy-botany",
    [
      cache("docker.io", {
        reference: link("docker"),
        secret: link("ro-docker-v1", "unknown", { note: "not known here" }),
      }),
      cache("quay.io", { health: "error", reference: link("quay", "error", { codes: ["RC201"] }) }),
    ],
    { health: "error" },
  ),
];

test.each<GraphFormat>(["svg", "dot", "mermaid"])("a small graph in %s", async (format) => {
  await expect(renderGraph(small, format)).toMatchFileSnapshot(`fixtures/small.${format}`);
});

describe("what several share is there once", () => {
  const edgesOf = (chains: readonly ShootChain[]): readonly string[] => {
    const { nodes, edges } = toGraph(chains);
    const name = (id: string): string => nodes.find((it) => it.id === id)?.label ?? "";
    return edges.map(({ from, to, health }) => `${name(from)} > ${name(to)} ${health}`);
  };
  const login = { reference: link("hub"), secret: link("ro-v1") };

  test("a Secret of two Shoots and an entry of two caches", () => {
    expect(edgesOf([shoot("a", [cache("x", login), cache("y", login)]), shoot("b", [cache("z", login)])])).toEqual([
      "a > x ok",
      "x > hub ok",
      "hub > ro-v1 ok",
      "a > y ok",
      "y > hub ok",
      "b > z ok",
      "z > hub ok",
      "hub > ro-v1 ok",
    ]);
    expect(
      toGraph([shoot("a", [cache("x", login)]), shoot("b", [cache("z", login)])]).nodes.map((it) => it.label),
    ).toEqual(["a", "x", "hub", "ro-v1", "b", "z", "hub"]);
  });

  test("Secrets of one name in two namespaces are two", () => {
    const chains = [shoot("a", [cache("x", login)]), shoot("b", [cache("z", login)], { namespace: "garden-prod" })];
    expect(
      toGraph(chains)
        .nodes.filter((it) => it.column === 3)
        .map((it) => it.id),
    ).toEqual(["n3", "n7"]);
  });

  test("it is as bad as the worst that is said of it, and all that is said is told", () => {
    const chains = [
      shoot("a", [cache("x", { reference: link("hub"), secret: link("s", "ok", { note: "Secret" }) })]),
      shoot("b", [cache("y", { reference: link("hub"), secret: link("s", "warning", { codes: ["RC218"] }) })]),
    ];
    const secret = toGraph(chains).nodes.find((it) => it.label === "s");
    expect([secret?.health, secret?.notes]).toEqual(["warning", ["Secret", "RC218"]]);
  });
});

describe("a drawing", () => {
  const text = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom("docker.io", "a", "ro-quay-v1"));
  const health = fc.constantFrom<Health>("ok", "warning", "error", "unknown");
  const anyLink = fc
    .tuple(text, health, fc.record({ note: text, codes: fc.constantFrom([], ["RC201"]) }))
    .map(([label, of, said]) => link(label, of, said));
  const anyCache = fc
    .tuple(text, fc.option(anyLink, { nil: undefined }), fc.option(anyLink, { nil: undefined }))
    .map(([upstream, reference, secret]) =>
      cache(upstream, { ...(reference ? { reference } : {}), ...(reference && secret ? { secret } : {}) }),
    );
  const anyChains = fc.array(
    fc.tuple(text, fc.array(anyCache, { maxLength: 6 })).map(([name, links]) => shoot(name, links)),
    { maxLength: 6 },
  );

  test("has no two nodes over each other, and all of them on it", () => {
    fc.assert(
      fc.property(anyChains, (chains) => {
        const { nodes, width, height } = layOut(toGraph(chains));
        for (const [index, a] of nodes.entries()) {
          expect([a.x >= 0, a.y >= 0, a.x + a.width <= width, a.y + nodeHeight <= height]).toEqual(Array(4).fill(true));
          const over = nodes.slice(index + 1).filter((b) => a.x === b.x && Math.abs(a.y - b.y) < nodeHeight);
          expect(over).toEqual([]);
        }
      }),
    );
  });

  test("gives every node a place for the keyboard and its whole name", () => {
    const svg = renderGraph([shoot("a".repeat(80), [cache("docker.io")])], "svg");
    const nodes = [...svg.matchAll(/<g class="node[^>]*tabindex="0"[^>]*aria-label="([^"]*)"/g)].map((it) => it[1]);
    expect(nodes).toEqual([`Shoot ${"a".repeat(80)}, garden-dev, ok`, "cache docker.io, ok"]);
  });

  test("says so when there is nothing", () => {
    expect(renderGraph([], "svg")).toContain(">No Shoots<");
  });

  test("in DOT and Mermaid each line has the form that it must have, whatever names are", () => {
    const dotString = String.raw`"(?:[^"\\\n]|\\.)*"`;
    const dotLine = new RegExp(
      String.raw`^(?:digraph registry_cache \{|  rankdir=LR;|  node \[fontname="sans-serif"\];|  n\d+ \[label=${dotString}, tooltip=${dotString}, shape=\w+, style=\w+\];|  \{ rank=same; [n\d; ]+\}|  n\d+ -> n\d+ \[style=\w+\];|\}|)$`,
    );
    const mermaidText = String.raw`"(?:[\p{L}\p{N} ._/:@+,·…=-]|#\d+;|<br/>)*"`;
    const mermaidLine = new RegExp(
      String.raw`^(?:flowchart LR|  n\d+(?:\(${mermaidText}\)|\{\{${mermaidText}\}\}|\[\[${mermaidText}\]\]|\[${mermaidText}\])|  n\d+ (?:-->|-\.->|==>|-\.-) n\d+|)$`,
      "u",
    );
    fc.assert(
      fc.property(anyChains, (chains) => {
        expect(
          renderGraph(chains, "dot")
            .split("\n")
            .filter((it) => !dotLine.test(it)),
        ).toEqual([]);
        expect(
          renderGraph(chains, "mermaid")
            .split("\n")
            .filter((it) => !mermaidLine.test(it)),
        ).toEqual([]);
      }),
    );
  });
});

test.each([
  ['a"b', "a&quot;b", String.raw`"a\"b"`, "a#34;b"],
  ["a\nb\r\nc", "a\nb\r\nc", String.raw`"a\nb\nc"`, "a b c"],
  ["x --> y]", "x --&gt; y]", '"x --> y]"', "x --#62; y#93;"],
  ["<script>&amp;", "&lt;script&gt;&amp;amp;", '"<script>&amp;amp;"', "#60;script#62;#38;amp#59;"],
  ["a\\", "a\\", String.raw`"a\\"`, "a#92;"],
  ["%%{init}%% `#1;`", "%%{init}%% `#1;`", '"%%{init}%% `#1;`"', "#37;#37;#123;init#125;#37;#37; #96;#35;1#59;#96;"],
  ["\u0000\ud800", "\ufffd\ufffd", '"\ufffd\ufffd"', "#65533;#65533;"],
])("%j is only text in every language", (text, xml, dot, mermaid) => {
  expect([escapeXml(text), quoteDot(text), escapeMermaid(text)]).toEqual([xml, dot, mermaid]);
});
