import { readCursor, shootWith } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { inspect } from "../analyze/inspect.ts";
import { inspectSettings } from "../analyze/inspect-settings.ts";
import { readManifests } from "../manifest/manifest.ts";
import { readSettings } from "../manifest/settings.ts";
import type { CompletionItem, CompletionWorkspace } from "./completion.ts";
import { complete } from "./index.ts";

const workspace: CompletionWorkspace = {
  garden: { manifestsOf: () => [], secretNames: () => [] },
  findingsOf: () => [],
};
const settingsUri = "file:///a/.registry-cache.yaml";

function itemAt(marked: string, label: string, uri = "file:///a/shoot.yaml"): CompletionItem | undefined {
  const { text, offset } = readCursor(marked);
  return complete(readManifests(uri, text), offset, workspace).find((it) => it.label === label);
}

/** What an item inserts; `#{` stands for the `${` of a tab stop, which linters take for a slip in a string. */
function inserted(marked: string, label: string): string | undefined {
  return itemAt(marked, label)?.insertText.replaceAll("${", "#{");
}

/** The text with the item accepted and each tab stop left as it is proposed. */
function accept(marked: string, label: string, uri?: string): string {
  const { text } = readCursor(marked);
  const item = itemAt(marked, label, uri);
  if (item === undefined) return "not proposed";
  const written = item.snippet ? resolveStops(item.insertText) : item.insertText;
  return text.slice(0, item.replace.start) + written + text.slice(item.replace.end);
}

function resolveStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|((?:\\.|[^,|\\])*)(?:\\.|[^|\\])*\|\}/g, "$1")
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, "$1")
    .replace(/\$\d+/g, "")
    .replace(/\\(.)/g, "$1");
}

function inCaches(list: string): string {
  return shootWith({ caches: `caches:\n${list}` });
}

describe("what a field needs comes with it, in the style around", () => {
  test.each<readonly [string, string, string, string]>([
    ["a scalar's value is proposed next", inCaches("- upstream: a\n  <|>"), "remoteURL", "remoteURL: "],
    ["a map", inCaches("- upstream: a\n  <|>"), "volume", "volume:\n          size: #{1:10Gi}"],
    ["a choice", inCaches("- upstream: a\n  <|>"), "http", "http:\n          tls: #{1|true,false|}"],
    ["a map in braces", inCaches("- { upstream: a, <|> }"), "volume", "volume: { size: #{1:10Gi} }"],
    [
      "a map of four columns",
      "kind: Shoot\nspec:\n    maintenance:\n        <|>",
      "timeWindow",
      "timeWindow:\n            begin: $1\n            end: $2",
    ],
    [
      "a list whose dashes are indented",
      "kind: Shoot\nspec:\n  extensions:\n    - type: a\n  <|>",
      "tolerations",
      "tolerations:\n    - key: $1",
    ],
    [
      "a list whose dashes are not",
      "kind: Shoot\nspec:\n  extensions:\n  - type: a\n  <|>",
      "tolerations",
      "tolerations:\n  - key: $1",
    ],
    ["a list in braces", "kind: Shoot\nspec: { <|> }", "tolerations", "tolerations: [{ key: $1 }]"],
    ["a map in JSON", '{"kind": "Shoot", "spec": {<|>}}', "cloudProfile", '"cloudProfile": {"name": "#{1:}"}'],
    ["a string in JSON", '{"kind": "Shoot", "spec": {"purpose": <|>}}', "production", '"production"'],
    ["a map without fields of its own", "kind: Shoot\nmetadata:\n  <|>", "labels", "labels:\n    $1"],
    [
      "a line that ends with CRLF",
      "kind: Shoot\r\nspec:\r\n  <|>\r\n",
      "cloudProfile",
      "cloudProfile:\r\n    name: $1",
    ],
    ["a name whose colon is there", inCaches("- upstream: a\n  vol<|>: {}"), "volume", "volume"],
    ["a name whose children are there", inCaches("- upstream: a\n  vol<|>\n    size: 1Gi"), "volume", "volume:"],
    ["a name whose value is there", inCaches("- upst<|> docker.io"), "upstream", "upstream:"],
    ["wrong indentation", inCaches("- upstream: a\n    <|>"), "remoteURL", "        remoteURL: "],
    ["a map behind its colon", inCaches("- volume:<|>"), "size", "\n          size: "],
    ["a list behind its colon", "kind: Shoot\nspec:\n  extensions: <|>", "- type", "\n  - type: #{1:registry-cache}"],
    ["a new item", "kind: Shoot\nspec:\n  tolerations:\n  <|>", "- key", "- key: $1"],
    [
      "a value that YAML takes for a number",
      "kind: Shoot\nspec:\n  provider:\n    workers:\n    - maxSurge: <|>",
      "1",
      "1",
    ],
  ])("%s", (_, marked, label, expected) => {
    expect(inserted(marked, label)).toBe(expected);
  });

  test("the configuration of an extension comes whole", () => {
    expect(accept("kind: Shoot\nspec:\n  extensions:\n  <|>\n", "registry-cache")).toMatchInlineSnapshot(`
      "kind: Shoot
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
      "
    `);
  });

  test("an entry of spec.resources takes the name that a cache asks for", () => {
    const marked = shootWith({ caches: "caches: [{ upstream: a, secretReferenceName: hub }]", resources: "<|>" });
    expect(accept(marked, "Secret").split("  resources:\n")[1]).toMatchInlineSnapshot(`
      "  - name: hub
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: 
      "
    `);
  });

  test("a cache with credentials proposes the Secrets that there are", () => {
    const resources = "- { name: a, resourceRef: { kind: Secret } }\n- { name: b, resourceRef: { kind: Secret } }";
    const marked = shootWith({ caches: "caches:\n- upstream: docker.io\n<|>", resources });
    expect(inserted(marked, "cache with credentials")).toBe(
      "- upstream: #{1:ghcr.io}\n        volume:\n          size: #{2:10Gi}\n        secretReferenceName: #{3|a,b|}",
    );
  });

  test("whole documents are written as we would", async () => {
    await expect(accept("<|>", "Shoot with a registry cache")).toMatchFileSnapshot("fixtures/shoot.yaml");
    await expect(accept("<|>", "Secret with upstream credentials")).toMatchFileSnapshot("fixtures/secret.yaml");
    await expect(accept("<|>", "settings", settingsUri)).toMatchFileSnapshot("fixtures/settings.yaml");
  });
});

describe("an accepted snippet is a manifest without mistakes of shape, but for values that are still missing", () => {
  const missing = ["RC012", "RC016"];
  const places: readonly string[] = [
    "<|>",
    "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\n<|>\n",
    "kind: Shoot\nspec:\n  <|>\n  region: a\n",
    "kind: Shoot\nspec: { <|> }\n",
    '{"kind": "Shoot", "spec": {<|>}}',
    "kind: Shoot\nspec:\n  provider:\n    <|>\n",
    "kind: Shoot\nspec:\n  provider:\n    workers:\n    - <|>\n",
    "kind: Shoot\nspec:\n  provider:\n    workers:\n      - { name: a, <|> }\n",
    "kind: Shoot\nspec:\n  kubernetes:\n    <|>\n",
    "kind: Shoot\nspec:\n  kubernetes:\n    kubeAPIServer:\n      <|>\n",
    "kind: Shoot\nspec:\n  maintenance:\n    <|>\n",
    "kind: Shoot\nspec:\n  extensions:\n    - type: registry-cache\n      <|>\n",
    "kind: Shoot\nspec:\n  extensions:\n  <|>\n",
    "kind: Shoot\nspec:\n  resources:\n  <|>\n",
    "kind: Shoot\nspec:\n  resources: [<|>]\n",
    "kind: Shoot\nmetadata:\n  <|>\n",
    inCaches("- upstream: docker.io\n  <|>\n"),
    inCaches("- upstream: docker.io\n<|>\n"),
    inCaches("- { upstream: docker.io, <|> }\n"),
    shootWith({ mirrors: "mirrors:\n<|>\n" }),
    shootWith({ mirrors: "mirrors:\n- upstream: docker.io\n  <|>\n" }),
    shootWith({ mirrors: "mirrors:\n- upstream: docker.io\n  hosts:\n  - host: https://a.example.com\n    <|>\n" }),
    "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n<|>\n",
  ];

  test.each(places)("%j", (marked) => {
    const { text, offset } = readCursor(marked);
    const items = complete(readManifests("a.yaml", text), offset, workspace);
    const before = new Set(shapeCodes(text));
    const snippets = items.filter((it) => it.snippet && !it.deprecated).map((it) => it.label);
    expect(snippets.length).toBeGreaterThan(0);
    const codes = snippets.map((label) => [
      label,
      ...shapeCodes(accept(marked, label)).filter((it) => !before.has(it)),
    ]);
    expect(codes).toEqual(snippets.map((label) => [label]));
  });

  function shapeCodes(text: string): readonly string[] {
    const { findings, shoots } = inspect(readManifests("a.yaml", text));
    const all = [...findings, ...shoots.flatMap((it) => it.predicted.map(({ finding }) => finding))];
    return all.map((it) => it.code).filter((it) => it.startsWith("RC0") && !missing.includes(it));
  }

  test("settings have no mistakes at all", () => {
    const text = accept("<|>", "settings", settingsUri);
    expect(inspectSettings(readSettings(settingsUri, text)).findings).toEqual([]);
  });
});
