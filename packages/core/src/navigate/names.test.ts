import { readFiles, shootWith, showSpans } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { inspect } from "../analyze/inspect.ts";
import { openWorkspace, type Workspace } from "../analyze/open-workspace.ts";
import { type ManifestFile, readManifests } from "../manifest/manifest.ts";
import type { Place } from "../workspace/finding.ts";
import { definitions } from "./definitions.ts";
import { foreignNames } from "./foreign-names.ts";
import { highlights, references } from "./references.ts";

type Files = { readonly [uri: string]: string };

interface Opened {
  readonly file: ManifestFile;
  readonly offset: number;
  readonly workspace: Workspace;
  readonly show: (places: readonly Place[]) => readonly string[];
}

function open(marked: Files): Opened {
  const { texts, uri, offset } = readFiles(marked);
  const files = [...texts].map(([name, text]) => readManifests(name, text));
  const file = files.find((it) => it.uri === uri) ?? readManifests("", "");
  const show = (places: readonly Place[]): readonly string[] =>
    places.flatMap((it) => showSpans(texts.get(it.uri) ?? "", [it.span]).map((line) => `${it.uri}: ${line}`));
  return { file, offset, workspace: openWorkspace(files.map((it) => inspect(it))), show };
}

function define(marked: Files): readonly string[] {
  const { file, offset, workspace, show } = open(marked);
  return definitions(file, offset, workspace).flatMap(({ origin, uri, nameSpan }) => [
    ...showSpans(file.text, [origin]).map((it) => `from ${it}`),
    ...show([{ uri, span: nameSpan }]),
  ]);
}

function refer(marked: Files, declaration = true): readonly string[] {
  const { file, offset, workspace, show } = open(marked);
  return show(references(file, offset, workspace, { declaration }));
}

function highlight(marked: Files): readonly string[] {
  const { file, offset } = open(marked);
  return highlights(file, offset).flatMap(({ span, kind }) =>
    showSpans(file.text, [span]).map((it) => `${kind} ${it}`),
  );
}

function shoot(caches: string, resources: string, namespace = "garden-dev"): string {
  return shootWith({ caches: `caches:\n${caches}`, resources }).replace(
    "crazy-botany",
    `botany, namespace: ${namespace}`,
  );
}

const cache = "- { upstream: quay.io, secretReferenceName: quay }";
const resource = "- { name: quay, resourceRef: { kind: Secret, name: ro-quay-v1 } }";
const secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: ro-quay-v1\n  namespace: garden-dev\n";
const nowhere = secret.replace("  namespace: garden-dev\n", "");
const sealed = `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: ro-quay-v1, namespace: garden-dev }\nspec: { encryptedData: {} }\n`;
const external = `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: quay, namespace: garden-dev }\nspec: { target: { name: ro-quay-v1 } }\n`;
const generator = `kind: Kustomization\nnamespace: garden-dev\nsecretGenerator:\n- name: ro-quay-v1\n`;
const sops = `${secret}data: { password: x }\nsops: { mac: x }\n`;

describe("a name leads to where it is declared", () => {
  test.each<readonly [string, Files, readonly string[]]>([
    [
      "that of an entry to spec.resources",
      { a: shoot("- { upstream: quay.io, secretReferenceName: qu<|>ay }", resource), s: secret },
      [
        "from - { upstream: quay.io, secretReferenceName: ⟦quay⟧ }",
        "a: - { name: ⟦quay⟧, resourceRef: { kind: Secret, name: ro-quay-v1 } }",
      ],
    ],
    [
      "that of a Secret to its manifest",
      { a: shoot(cache, resource.replace("ro-", "<|>ro-")), s: secret },
      ["from - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }", "s: name: ⟦ro-quay-v1⟧"],
    ],
    [
      "that of a Secret to all that stands for it, with or without a namespace",
      { a: shoot(cache, resource.replace("v1", "v1<|>")), s: nowhere, t: sealed, u: external, v: generator, w: sops },
      [
        "from - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }",
        "s: name: ⟦ro-quay-v1⟧",
        "from - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }",
        "t: metadata: { name: ⟦ro-quay-v1⟧, namespace: garden-dev }",
        "from - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }",
        "u: spec: { target: { name: ⟦ro-quay-v1⟧ } }",
        "from - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }",
        "v: - name: ⟦ro-quay-v1⟧",
        "from - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }",
        "w: name: ⟦ro-quay-v1⟧",
      ],
    ],
    [
      "not to one of another namespace",
      { a: shoot(cache, resource.replace("v1", "v1<|>"), "garden-x"), s: secret },
      [],
    ],
    [
      "that of a mirror's CA bundle to spec.resources",
      {
        a: shootWith({
          mirrors: "mirrors:\n- hosts:\n  - caBundleSecretReferenceName: '<|>ca'",
          resources: "- { name: ca, resourceRef: { kind: Secret, name: team-ca } }",
        }),
      },
      [
        "from - caBundleSecretReferenceName: '⟦ca⟧'",
        "a: - { name: ⟦ca⟧, resourceRef: { kind: Secret, name: team-ca } }",
      ],
    ],
    [
      "an alias that is a name to its declaration, not to its anchor",
      {
        a: shoot(
          "- { upstream: &it quay, secretReferenceName: *i<|>t }",
          "- { name: quay, resourceRef: { kind: Secret, name: x } }",
        ),
      },
      [
        "from - { upstream: &it quay, secretReferenceName: ⟦*it⟧ }",
        "a: - { name: ⟦quay⟧, resourceRef: { kind: Secret, name: x } }",
      ],
    ],
    [
      "any other alias to its anchor",
      { a: "kind: Other\na: &it { b: c }\nd: *i<|>t\n" },
      ["from d: ⟦*it⟧", "a: a: &it ⟦{ b: c }⟧"],
    ],
    ["an alias to nothing nowhere", { a: "d: *i<|>t\n" }, []],
    ["a name that nothing declares nowhere", { a: shoot("- { secretReferenceName: qu<|>ay }", "[]") }, []],
    [
      "a name in a Shoot that is being typed",
      { a: `${shoot("- { secretReferenceName: qu<|>ay }", resource)}  x: [` },
      [
        "from - { secretReferenceName: ⟦quay⟧ }",
        "a: - { name: ⟦quay⟧, resourceRef: { kind: Secret, name: ro-quay-v1 } }",
      ],
    ],
    ["what is no name nowhere", { a: shoot("- { upstream: qu<|>ay.io }", resource) }, []],
  ])("%s", (_, files, expected) => {
    expect(define(files)).toEqual(expected);
  });
});

test("a definition is the whole entry, unless its name is written elsewhere", () => {
  const wholes = (caches: string, resources: string): readonly string[] => {
    const { file, offset, workspace } = open({ a: shoot(caches, resources) });
    return definitions(file, offset, workspace).map(({ span }) => file.text.slice(span.start, span.end));
  };
  const from = "- { upstream: &it quay, secretReferenceName: qu<|>ay }";
  expect(wholes(from, "- name: quay")).toEqual(["- name: quay"]);
  expect(wholes(from.replace("upstream: &it quay", "<<: &it { name: quay }"), "- *it")).toEqual(["quay"]);
});

describe("all places that name an entry or a Secret are found", () => {
  const merged = `- &base { upstream: quay.io, secretReferenceName: quay }
- { <<: *base, upstream: ghcr.io }
- { upstream: x.io, secretReferenceName: "quay" }`;
  const falco = "  - { type: falco, providerConfig: { output: quay, text: the quay } }\n  resources:";

  test.each<readonly [string, Files, readonly string[]]>([
    [
      "an entry within its Shoot, also where a merge key repeats it",
      { a: `${shoot(merged, resource.replace("quay", "qu<|>ay"))}---\n${shoot(cache, resource)}` },
      [
        "a: - &base { upstream: quay.io, secretReferenceName: ⟦quay⟧ }",
        'a: - { upstream: x.io, secretReferenceName: "⟦quay⟧" }',
        "a: - { name: ⟦quay⟧, resourceRef: { kind: Secret, name: ro-quay-v1 } }",
      ],
    ],
    [
      "a text of another extension that is equal to the entry's name",
      { a: shoot(cache.replace("quay }", "qu<|>ay }"), resource).replace("  resources:", falco) },
      [
        "a: - { upstream: quay.io, secretReferenceName: ⟦quay⟧ }",
        "a: - { type: falco, providerConfig: { output: ⟦quay⟧, text: the quay } }",
        "a: - { name: ⟦quay⟧, resourceRef: { kind: Secret, name: ro-quay-v1 } }",
      ],
    ],
    [
      "a Secret in all files of its namespace",
      {
        a: shoot(cache, resource),
        b: shoot(cache, resource, "garden-x"),
        c: shoot("", "[]").replace(
          "spec:",
          "spec:\n  dns: { providers: [{ credentialsRef: { kind: Secret, name: ro-quay-v1 } }, { secretName: ro-quay-v1 }] }",
        ),
        s: secret.replace("quay", "qu<|>ay"),
      },
      [
        "s: name: ⟦ro-quay-v1⟧",
        "a: - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }",
        "c: dns: { providers: [{ credentialsRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }, { secretName: ro-quay-v1 }] }",
        "c: dns: { providers: [{ credentialsRef: { kind: Secret, name: ro-quay-v1 } }, { secretName: ⟦ro-quay-v1⟧ }] }",
      ],
    ],
    [
      "a Secret without a namespace in all files, from a Shoot of any",
      { a: shoot(cache, resource.replace("ro-", "ro-<|>")), b: shoot(cache, resource, "garden-x"), s: nowhere },
      [
        "a: - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }",
        "s: name: ⟦ro-quay-v1⟧",
        "b: - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }",
      ],
    ],
  ])("%s", (_, files, expected) => {
    expect(refer(files)).toEqual(expected);
  });

  test("also from a text that only aliases use", () => {
    const note = "metadata: { name: x, annotations: { note: &it qu<|>ay } }";
    const spec =
      "spec: { resources: [{ name: *it }], extensions: [{ type: registry-cache, providerConfig: { caches: [{ secretReferenceName: *it }] } }] }";
    expect(refer({ a: `kind: Shoot\n${note}\n${spec}\n` })).toEqual([
      `a: ${spec.replace("name: *it", "name: ⟦*it⟧")}`,
      `a: ${spec.replace("Name: *it", "Name: ⟦*it⟧")}`,
    ]);
  });

  test("once for each place, also where two Shoots share it", () => {
    const spec =
      "{ resources: [{ name: qu<|>ay }], extensions: [{ type: registry-cache, providerConfig: { caches: [{ secretReferenceName: quay }] } }] }";
    const list = `kind: List\nitems:\n- { kind: Shoot, spec: &s ${spec} }\n- { kind: Shoot, spec: *s }\n`;
    const shared = `a: - { kind: Shoot, spec: &s ${spec.replace("<|>", "")} }`;
    expect(refer({ a: list })).toEqual([
      shared.replace("name: quay", "name: ⟦quay⟧"),
      shared.replace("Name: quay", "Name: ⟦quay⟧"),
    ]);
    expect(define({ a: list })).toEqual([
      `from ${shared.slice(3).replace("name: quay", "name: ⟦quay⟧")}`,
      shared.replace("name: quay", "name: ⟦quay⟧"),
    ]);
  });

  test("once in another extension's configuration, however often an alias repeats it", () => {
    const falco = "  - { type: falco, providerConfig: { a: &x { b: quay }, c: *x } }\n  resources:";
    const [shootWithFalco] = readManifests("a", shoot(cache, resource).replace("  resources:", falco)).documents;
    const found = shootWithFalco?.shoots.flatMap((it) => foreignNames(it, new Set(["quay"])));
    expect(found?.map((it) => it.path)).toEqual(["spec.extensions[1].providerConfig.a.b"]);
  });

  test("without the declaration when that is not asked for", () => {
    const files = { a: shoot(cache, resource), s: secret.replace("quay", "qu<|>ay") };
    expect(refer(files, false)).toEqual(["a: - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }"]);
    const entry = { a: shoot(cache, resource.replace("quay", "qu<|>ay")) };
    expect(refer(entry, false)).toEqual(["a: - { upstream: quay.io, secretReferenceName: ⟦quay⟧ }"]);
  });

  test("those of the open file are highlighted, as written where they are declared", () => {
    expect(highlight({ a: shoot(cache, resource.replace("quay", "qu<|>ay")) })).toEqual([
      "read - { upstream: quay.io, secretReferenceName: ⟦quay⟧ }",
      "write - { name: ⟦quay⟧, resourceRef: { kind: Secret, name: ro-quay-v1 } }",
    ]);
    expect(highlight({ a: `${shoot(cache, resource.replace("ro-", "ro<|>-"))}---\n${secret}` })).toEqual([
      "read - { name: quay, resourceRef: { kind: Secret, name: ⟦ro-quay-v1⟧ } }",
      "write name: ⟦ro-quay-v1⟧",
    ]);
  });
});
