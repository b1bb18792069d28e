import { readCursor, shootWith } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import { type DocumentSymbol, documentSymbols } from "./document-symbols.ts";
import { foldingRanges } from "./folding.ts";
import { selectionRanges } from "./selection.ts";

/** Symbols as indented lines: kind, name, detail and what is marked as the name. */
function outline(text: string, uri = "a"): readonly string[] {
  const lines = (symbols: readonly DocumentSymbol[], indent: string): readonly string[] =>
    symbols.flatMap(({ kind, name, detail, nameSpan, children }) => [
      `${indent}${kind} ${name}${detail === undefined ? "" : ` (${detail})`} = ${text.slice(nameSpan.start, nameSpan.end)}`,
      ...lines(children, `${indent}  `),
    ]);
  return lines(documentSymbols(readManifests(uri, text)), "");
}

describe("the symbols of a file", () => {
  test("are its Shoots with caches, mirrors and resources, and its Secrets with their keys", () => {
    const shoot = shootWith({
      caches: "caches:\n- { upstream: quay.io, secretReferenceName: quay }\n- {}",
      mirrors: "mirrors:\n- { upstream: docker.io, hosts: [{ host: 'https://a.io' }, { host: 'https://b.io' }] }",
      resources: "- { name: quay, resourceRef: { kind: Secret, name: ro-quay-v1 } }",
    });
    const secret =
      "apiVersion: v1\nkind: Secret\nmetadata: { name: ro-quay-v1 }\ndata: { username: YQ==, password: Yg== }\n";
    const sealed =
      "apiVersion: bitnami.com/v1\nkind: SealedSecret\nmetadata: { name: x }\nspec: { encryptedData: { password: z } }\n";
    const generator = "kind: Kustomization\nsecretGenerator:\n- name: made\n  literals: [username=hidden]\n";
    expect(outline([shoot, secret, sealed, generator].join("---\n"))).toEqual([
      "shoot crazy-botany = crazy-botany",
      "  list caches = caches",
      "    cache quay.io (quay) = quay.io",
      "    cache cache without a name = ",
      "  list mirrors = mirrors",
      "    mirror docker.io (https://a.io, https://b.io) = docker.io",
      "  list resources = resources",
      "    resource quay (ro-quay-v1) = quay",
      "secret ro-quay-v1 = ro-quay-v1",
      "  key username = username",
      "  key password = password",
      "secret x (SealedSecret) = x",
      "  key password = password",
      "secret made (SecretGenerator) = made",
      "  key username = username=hidden",
    ]);
  });

  test("are where they are written, not where an anchor was", () => {
    const text =
      "kind: Shoot\nmetadata: { name: *n }\nspec:\n  extensions: [{ type: registry-cache, providerConfig: { caches: [&c { upstream: a.io }, *c] } }]\n";
    expect(outline(text.replace("*n", "&n x"))).toEqual([
      "shoot x = x",
      "  list caches = caches",
      "    cache a.io = a.io",
      "    cache a.io = ",
    ]);
  });

  test("leave out what another object of the list writes", () => {
    const config = "&p { caches: [{ upstream: a.io }] }";
    const shoot = (it: string): string =>
      `- { kind: Shoot, spec: { extensions: [{ type: registry-cache, providerConfig: ${it} }] } }\n`;
    expect(outline(`kind: List\nitems:\n${shoot(config)}${shoot("*p")}`)).toEqual([
      "shoot shoot without a name = ",
      "  list caches = caches",
      "    cache a.io = a.io",
      "shoot shoot without a name = ",
    ]);
  });

  test("are the keys of a settings file", () => {
    expect(outline("policies: { secretNames: x }\nignores: []\n", "x/.registry-cache.yaml")).toEqual([
      "key policies = policies",
      "  key secretNames = secretNames",
      "key ignores = ignores",
    ]);
  });

  test("are none in manifests of others", () => {
    expect(outline("kind: Deployment\nmetadata: { name: x }\n")).toEqual([]);
  });
});

/** Folded ranges by the numbers of their first and last line, counted from one. */
function fold(text: string): readonly string[] {
  const line = (offset: number): number => text.slice(0, offset).split("\n").length;
  return foldingRanges(readManifests("a", text)).map(({ start, end }) => `${line(start)}-${line(end)}`);
}

describe("what takes several lines can be folded", () => {
  test.each<readonly [string, string, readonly string[]]>([
    ["maps and lists", "a:\n  b:\n  - c: 1\n    d: 2\n  - e\nf: 1\n", ["1-5", "2-5", "3-4"]],
    ["flow style", "a: {\n  b: [\n    1 ]\n}\n", ["1-4", "2-3"]],
    ["block scalars, whose number signs are text", "a: |\n  # b\n  # c\nd: >-\n  e\n\n\nf: 1\n", ["1-3", "4-5"]],
    ["runs of comment lines", "# a\n# b\nc: 1 # d\n  # e\n# f\n\n# g\nh: 1\n", ["1-2", "4-5"]],
    ["a comment at the end", "a: 1\n# b\n# c", ["2-3"]],
    ["documents, where there are several", "a: 1\nb: 2\n---\nc: 3\n---\nd: 4\ne: 5\n", ["1-2", "3-4", "5-7"]],
    ["an anchor once", "a: &x\n  b: 1\nc: *x\n", ["1-2"]],
    ["nothing in one line", "a: { b: 1 }", []],
    ["what can be read of broken text", "a:\n  b: 1\nc: [\n", ["1-2"]],
    ["texts with Windows' line ends", "a:\r\n  b: 1\r\n", ["1-2"]],
  ])("%s", (_, text, expected) => {
    expect(fold(text)).toEqual(expected);
  });
});

/** What is selected step by step. */
function select(marked: string): readonly string[] {
  const { text, offset } = readCursor(marked);
  return selectionRanges(readManifests("a", text), offset).map((it) => text.slice(it.start, it.end));
}

describe("a selection grows from the inside out", () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      "text, quotes, entry, map, item, list, entry, document",
      "a: [{ b: 'c<|>d' }, e]",
      ["cd", "'cd'", "b: 'cd'", "{ b: 'cd' }", "[{ b: 'cd' }, e]", "a: [{ b: 'cd' }, e]"],
    ],
    ["from a key", "a: { b<|>: 1 }", ["b", "b: 1", "{ b: 1 }", "a: { b: 1 }"]],
    ["from an alias, not from its anchor", "a: &x 1\nb: *<|>x", ["*x", "b: *x", "a: &x 1\nb: *x"]],
    ["from between key and value", "a:  <|>  1\nb: 2", ["a:    1", "a:    1\nb: 2"]],
    ["one document of several", "a: 1\n---\nb: <|>2\n", ["2", "b: 2", "---\nb: 2\n", "a: 1\n---\nb: 2\n"]],
    ["from an empty text", "<|>", [""]],
  ])("%s", (_, marked, expected) => {
    expect(select(marked)).toEqual(expected);
  });
});
