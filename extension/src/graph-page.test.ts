import { expect, test } from "vitest";
import { graphPage } from "./graph-page.ts";

const page = {
  svg: "<svg></svg>",
  nonce: "n0nce",
  script: "https://host/graph.js",
  title: "T",
  empty: "E",
  language: "en",
};

/** The attributes of each element of a name. */
function elements(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, "g"))].map(([, attributes = ""]) => attributes.trim());
}

test("the page loads nothing but its own script, and runs and styles only what carries its nonce", () => {
  const html = graphPage({ ...page, svg: "<svg><style>a{}</style></svg>" });
  expect(elements(html, "meta")[1]).toBe(
    `http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'"`,
  );
  expect(elements(html, "script")).toEqual(['nonce="n0nce" src="https://host/graph.js"']);
  expect(elements(html, "style")).toEqual(['nonce="n0nce"', 'nonce="n0nce"']);
});

test("without a drawing the page says why it is empty", () => {
  expect(elements(graphPage({ ...page, svg: "" }), "p")).toEqual([""]);
  expect(elements(graphPage(page), "p")).toEqual([]);
});

test("a title cannot become markup", () => {
  expect(elements(graphPage({ ...page, title: "</title><script>" }), "script")).toEqual([
    'nonce="n0nce" src="https://host/graph.js"',
  ]);
});
