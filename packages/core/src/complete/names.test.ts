import { readCursor, shootWith } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { inspect } from "../analyze/inspect.ts";
import { openWorkspace } from "../analyze/open-workspace.ts";
import { readManifests } from "../manifest/manifest.ts";
import type { ClusterFacts } from "../workspace/workspace.ts";
import type { CompletionItem } from "./completion.ts";
import { complete } from "./index.ts";

interface Around {
  readonly files?: { readonly [uri: string]: string };
  readonly cluster?: ClusterFacts;
}

function itemsAt(marked: string, { files = {}, cluster }: Around = {}): readonly CompletionItem[] {
  const { text, offset } = readCursor(marked);
  const file = readManifests("file:///a/shoot.yaml", text);
  const reports = [file, ...Object.entries(files).map(([uri, it]) => readManifests(uri, it))].map((it) => inspect(it));
  const { garden } = openWorkspace(reports, cluster === undefined ? {} : { cluster });
  return complete(file, offset, { garden, findingsOf: () => reports[0]?.findings ?? [] });
}

/** The label and detail of each item, best first. */
function told(marked: string, around?: Around): readonly string[] {
  return itemsAt(marked, around).map(({ label, detail = "" }) => (detail === "" ? label : `${label}: ${detail}`));
}

/** What the text becomes when the item of a label is accepted. */
function accepted(marked: string, label: string): string {
  const { text } = readCursor(marked);
  const item = itemsAt(marked).find((it) => it.label === label);
  if (item === undefined) return "not proposed";
  return text.slice(0, item.replace.start) + item.insertText + text.slice(item.replace.end);
}

const resources = [
  "- { name: docker, resourceRef: { apiVersion: v1, kind: Secret, name: ro-docker-v1 } }",
  "- { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v2 } }",
  "- { name: config, resourceRef: { apiVersion: v1, kind: ConfigMap, name: settings } }",
  "- { name: ca, resourceRef: { apiVersion: v1, kind: Secret } }",
].join("\n");

function inCaches(list: string): string {
  return shootWith({ caches: `caches:\n${list}`, resources });
}

describe("a reference is proposed from spec.resources", () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      "Secrets only, those that are not used first",
      inCaches("- upstream: docker.io\n  secretReferenceName: docker\n- upstream: quay.io\n  secretReferenceName: <|>"),
      ["quay: Secret ro-quay-v2", "ca: no Secret yet", "docker: Secret ro-docker-v1, used by docker.io"],
    ],
    [
      "all of them whatever is typed",
      inCaches("- upstream: quay.io\n  secretReferenceName: x<|>yz"),
      ["docker: Secret ro-docker-v1", "quay: Secret ro-quay-v2", "ca: no Secret yet"],
    ],
    [
      "the own use does not count",
      inCaches("- upstream: docker.io\n  secretReferenceName: doc<|>ker"),
      ["docker: Secret ro-docker-v1", "quay: Secret ro-quay-v2", "ca: no Secret yet"],
    ],
    [
      "in a document that a quote breaks",
      inCaches(
        '- upstream: docker.io\n  secretReferenceName: docker\n- upstream: quay.io\n  secretReferenceName: "<|>',
      ),
      ["quay: Secret ro-quay-v2", "ca: no Secret yet", "docker: Secret ro-docker-v1, used by docker.io"],
    ],
    [
      "in braces that are not closed",
      inCaches("- { upstream: quay.io, secretReferenceName: <|>"),
      ["docker: Secret ro-docker-v1", "quay: Secret ro-quay-v2", "ca: no Secret yet"],
    ],
    [
      "for the CA bundle of a mirror, those of caches last",
      shootWith({
        caches: "caches:\n- upstream: docker.io\n  secretReferenceName: docker",
        mirrors:
          "mirrors:\n- upstream: quay.io\n  hosts:\n  - host: https://a.example.com\n    caBundleSecretReferenceName: ca\n  - host: https://b.example.com\n    caBundleSecretReferenceName: <|>",
        resources,
      }),
      [
        "quay: Secret ro-quay-v2",
        "ca: no Secret yet, used by quay.io",
        "docker: Secret ro-docker-v1, used by docker.io",
      ],
    ],
    ["none where there are none", shootWith({ caches: "caches:\n- secretReferenceName: <|>" }), []],
    [
      "of the own Shoot only",
      `${shootWith({ resources })}---\n${shootWith({ caches: "caches:\n- secretReferenceName: <|>" })}`,
      [],
    ],
  ])("%s", (_, marked, expected) => {
    expect(told(marked)).toEqual(expected);
  });

  test("the item tells where the Secret's manifests are", () => {
    const files = { "file:///a/b/quay.yaml": "kind: Secret\nmetadata: { name: ro-quay-v2 }\n" };
    const items = itemsAt(inCaches("- secretReferenceName: <|>"), { files });
    expect(items.map((it) => it.documentation)).toEqual([undefined, "Secret in quay.yaml", undefined]);
  });

  test.each([
    ["a plain value", "qu<|>x # why", "quay # why"],
    ["a value in quotes", "'<|>doc'", "'quay'"],
    ["a quote that is not closed", '"do<|>', '"quay"'],
    ["nothing", "<|>", "quay"],
  ])("accepting it replaces %s", (_, value, expected) => {
    const marked = (it: string): string => inCaches(`- upstream: docker.io\n  secretReferenceName: ${it}`);
    expect(accepted(marked(value), "quay")).toBe(marked(expected));
  });

  test("what is typed in quotes is compared with the quote", () => {
    const items = itemsAt(inCaches("- secretReferenceName: 'd<|>"));
    expect(items.map((it) => it.filterText)).toEqual(["'docker", "'quay", "'ca"]);
  });
});

describe("names between spec.resources and Secrets", () => {
  const secret = (name: string, data: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: garden-dev }\ndata: { ${data} }\n`;
  const files = {
    "file:///a/login.yaml": secret("ro-quay-v2", "username: YQ==, password: YQ=="),
    "file:///a/ca.yaml": secret("mirror-ca", "bundle.crt: YQ=="),
    "file:///a/sealed.yaml":
      "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: sealed }\nspec: { encryptedData: { a: b } }\n",
    "file:///a/other.yaml": secret("elsewhere", "username: YQ==").replace("garden-dev", "garden-other"),
  };
  const cluster: ClusterFacts = {
    namespaces: ["garden-dev"],
    secrets: [{ name: "live", namespace: "garden-dev", data: {} }],
  };
  const inResource = (text: string, caches = ""): string =>
    shootWith({ caches, resources: text }).replace("crazy-botany", "crazy-botany, namespace: garden-dev");

  test.each<readonly [string, string, readonly string[]]>([
    [
      "the Secrets of the namespace, with their form and file",
      inResource("- resourceRef:\n    apiVersion: v1\n    kind: Secret\n    name: <|>"),
      [
        "mirror-ca: Secret in ca.yaml",
        "ro-quay-v2: Secret in login.yaml",
        "live: in the garden",
        "sealed: SealedSecret in sealed.yaml",
      ],
    ],
    [
      "what the name is used for comes first",
      inResource(
        "- name: quay\n  resourceRef:\n    name: <|>",
        "caches: [{ upstream: quay.io, secretReferenceName: quay }]",
      ),
      [
        "ro-quay-v2: Secret in login.yaml",
        "live: in the garden",
        "sealed: SealedSecret in sealed.yaml",
        "mirror-ca: Secret in ca.yaml",
      ],
    ],
    ["no Secrets for a ConfigMap", inResource("- resourceRef: { kind: ConfigMap, name: <|> }"), []],
    [
      "an entry gets a name that a cache asks for",
      inResource(
        "- name: quay\n- name: <|>",
        "caches: [{ upstream: quay.io, secretReferenceName: quay }, { upstream: docker.io, secretReferenceName: hub }]",
      ),
      ["hub: used by docker.io"],
    ],
    [
      "the own name may be kept",
      inResource("- name: qu<|>ay", "caches: [{ upstream: quay.io, secretReferenceName: quay }]"),
      ["quay: used by quay.io"],
    ],
  ])("%s", (_, marked, expected) => {
    expect(told(marked, { files, cluster })).toEqual(expected);
  });
});

describe("codes in comments", () => {
  const first = (marked: string): readonly string[] => told(marked).slice(0, 2);
  const ttl = "caches:\n- upstream: docker.io\n  garbageCollection: {}";

  test.each<readonly [string, string, readonly string[]]>([
    ["from the first on", "# registry-cache: ignore <|>\na: 1\n", ["RC001: yaml-syntax", "RC002: duplicate-key"]],
    [
      "but for those that are named",
      "# registry-cache: ignore RC001, <|>\na: 1\n",
      ["RC002: duplicate-key", "RC003: alias"],
    ],
    [
      "behind another",
      "a: 1 # registry-cache: ignore RC001,<|>, RC003\n",
      ["RC002: duplicate-key", "RC004: too-complex"],
    ],
    ["for the whole file", "# registry-cache: ignore-file R<|>\n", ["RC001: yaml-syntax", "RC002: duplicate-key"]],
    ["not in other comments", "# registry-cache: <|>\n", []],
    ["not in the reason", "# registry-cache: ignore RC001 since <|>\n", []],
    ["not in a value", 'a: "# registry-cache: ignore <|>"\n', []],
  ])("%s", (_, marked, expected) => {
    expect(first(marked)).toEqual(expected);
  });

  test.each([
    ["above the line", shootWith({ caches: ttl.replace("  garb", "  # registry-cache: ignore <|>\n  garb") })],
    ["behind the line", shootWith({ caches: `${ttl} # registry-cache: ignore <|>` })],
    ["for the file", `# registry-cache: ignore-file <|>\n${shootWith({ caches: ttl })}`],
  ])("what is found comes first: %s", (_, marked) => {
    const { text, offset } = readCursor(marked);
    const garden = { manifestsOf: () => [], secretNames: () => [] };
    const file = readManifests("a", text);
    const found = inspect(file).shoots.flatMap((it) => it.predicted.map(({ finding }) => finding));
    const [item] = complete(file, offset, { garden, findingsOf: () => found });
    expect([found.map((it) => it.code), item?.label]).toEqual([["RC112"], "RC112"]);
  });

  test.each([
    ["a list of codes", "ignores:\n- paths: [a]\n  codes: [<|>]\n"],
    ["a severity", "severities:\n  <|>\n"],
  ])("settings take the same in %s", (_, marked) => {
    const { text, offset } = readCursor(marked);
    const garden = { manifestsOf: () => [], secretNames: () => [] };
    const file = readManifests("file:///a/.registry-cache.yaml", text);
    const items = complete(file, offset, { garden, findingsOf: () => [] });
    const codes = items.filter((it) => it.label.startsWith("RC1")).map((it) => it.label);
    expect([codes[0], items.find((it) => it.label === "tls-off")?.detail]).toEqual(["RC101", "RC113"]);
  });
});
