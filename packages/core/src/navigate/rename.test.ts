import { readFiles, shootWith } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { inspect } from "../analyze/inspect.ts";
import { openWorkspace } from "../analyze/open-workspace.ts";
import { readManifests } from "../manifest/manifest.ts";
import { applyEdits } from "../text/edit.ts";
import type { Facts } from "../workspace/workspace.ts";
import { rename, renameAt } from "./rename.ts";

type Files = { readonly [uri: string]: string };

/** The lines that a renaming changes in each file, or the reason why there is none. */
function renameTo(newName: string, marked: Files, facts?: Facts): readonly string[] | string {
  const { texts, uri, offset } = readFiles(marked);
  const files = [...texts].map(([name, text]) => readManifests(name, text));
  const file = files.find((it) => it.uri === uri) ?? readManifests("", "");
  const workspace = openWorkspace(
    files.map((it) => inspect(it)),
    facts,
  );
  const result = rename(file, offset, newName, workspace);
  if (!result.ok) return result.error;
  return result.value.flatMap(({ uri: changed, edits }) => {
    const before = texts.get(changed) ?? "";
    const old = before.split("\n");
    const lines = applyEdits(before, edits).split("\n");
    return lines.flatMap((it, index) => (it === old[index] ? [] : [`${changed}: ${it.trim()}`]));
  });
}

function shoot(caches: string, resources: string, namespace = "garden-dev"): string {
  return shootWith({ caches: `caches:\n${caches}`, resources }).replace(
    "crazy-botany",
    `botany, namespace: ${namespace}`,
  );
}

const cache = "- { secretReferenceName: quay }";
const resource = "- { name: quay, resourceRef: { kind: Secret, name: ro-quay-v1 } }";
const here = "- { name: qu<|>ay, resourceRef: { kind: Secret, name: ro-quay-v1 } }";
const target = "- { name: quay, resourceRef: { kind: Secret, name: ro-qu<|>ay-v1 } }";
const secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: ro-quay-v1\n  namespace: garden-dev\n";
const connected = (...names: readonly string[]): Facts => ({
  cluster: { namespaces: ["garden-dev"], secrets: names.map((name) => ({ name, namespace: "garden-dev", data: {} })) },
});

describe("an entry is renamed with all its uses in the Shoot", () => {
  test.each<readonly [string, string, Files, readonly string[]]>([
    [
      "each in the quotes that it has",
      "hub",
      { a: shoot(`${cache}\n- { secretReferenceName: "quay" }\n- { secretReferenceName: 'quay' }`, here) },
      [
        "a: - { secretReferenceName: hub }",
        'a: - { secretReferenceName: "hub" }',
        "a: - { secretReferenceName: 'hub' }",
        "a: - { name: hub, resourceRef: { kind: Secret, name: ro-quay-v1 } }",
      ],
    ],
    [
      "with quotes where the new name needs them",
      "on",
      { a: shoot("- secretReferenceName: quay", here) },
      ['a: - secretReferenceName: "on"', 'a: - { name: "on", resourceRef: { kind: Secret, name: ro-quay-v1 } }'],
    ],
    [
      "block scalars become quoted",
      "hub",
      { a: shoot("- { secretReferenceName: qu<|>ay }", "- name: |-\n    quay") },
      ["a: - { secretReferenceName: hub }", 'a: - name: "hub"', "a: "],
    ],
    [
      "in JSON",
      "hub",
      {
        a: '{"kind":"Shoot","spec":{"extensions":[{"type":"registry-cache","providerConfig":{"caches":[{"secretReferenceName":"quay"}]}}],"resources":[{"name":"qu<|>ay"}]}}',
      },
      [
        'a: {"kind":"Shoot","spec":{"extensions":[{"type":"registry-cache","providerConfig":{"caches":[{"secretReferenceName":"hub"}]}}],"resources":[{"name":"hub"}]}}',
      ],
    ],
    [
      "once where a merge key or an alias repeats it",
      "hub",
      {
        a: shoot(
          "- &base { secretReferenceName: &it quay }\n- <<: *base\n- secretReferenceName: *it",
          here.replace("qu<|>ay", "*i<|>t"),
        ),
      },
      ["a: - &base { secretReferenceName: &it hub }"],
    ],
    [
      "aliases of the name that mean something else keep the old one",
      "hub",
      {
        a: `kind: Shoot
spec:
  resources:
  - { name: &it qu<|>ay, resourceRef: { kind: Secret, name: *it } }
  extensions: [{ type: registry-cache, providerConfig: { caches: [{ secretReferenceName: *it }] } }]
`,
      },
      ["a: - { name: &it hub, resourceRef: { kind: Secret, name: quay } }"],
    ],
    [
      "an alias gives way to the name where its anchor means something else",
      "hub",
      {
        a: `kind: Shoot
metadata: { annotations: { note: &it quay } }
spec:
  extensions: [{ type: registry-cache, providerConfig: { caches: [{ secretReferenceName: *it }] } }]
  resources: [{ name: *i<|>t }]
`,
      },
      [
        "a: extensions: [{ type: registry-cache, providerConfig: { caches: [{ secretReferenceName: hub }] } }]",
        "a: resources: [{ name: hub }]",
      ],
    ],
    [
      "from a use, and in no other Shoot of the file",
      "hub",
      { a: `${shoot("- { secretReferenceName: qu<|>ay }", resource)}---\n${shoot(cache, resource)}` },
      ["a: - { secretReferenceName: hub }", "a: - { name: hub, resourceRef: { kind: Secret, name: ro-quay-v1 } }"],
    ],
    ["its own name changes nothing", "quay", { a: shoot(cache, here) }, []],
  ])("%s", (_, newName, files, expected) => {
    expect(renameTo(newName, files)).toEqual(expected);
  });
});

describe("a Secret is renamed in its manifests and in all Shoots of its namespace", () => {
  const renamed = "- { name: quay, resourceRef: { kind: Secret, name: ro-quay-v2 } }";
  test.each<readonly [string, Files, readonly string[]]>([
    [
      "from a Shoot",
      { a: shoot(cache, target), b: shoot(cache, resource), c: shoot(cache, resource, "garden-x"), s: secret },
      [`a: ${renamed}`, "s: name: ro-quay-v2", `b: ${renamed}`],
    ],
    [
      "in all namespaces, where its manifest leaves the namespace out",
      {
        s: secret.replace("quay", "qu<|>ay").replace("  namespace: garden-dev\n", ""),
        a: shoot(cache, resource),
        c: shoot(cache, resource, "garden-x"),
      },
      ["s: name: ro-quay-v2", `a: ${renamed}`, `c: ${renamed}`],
    ],
    [
      "where an ExternalSecret or a generator makes it",
      {
        a: shoot(cache, target),
        e: "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: quay }\nspec: { target: { name: ro-quay-v1 } }\n",
        g: "kind: Kustomization\nsecretGenerator:\n- name: 'ro-quay-v1'\n",
      },
      [`a: ${renamed}`, "e: spec: { target: { name: ro-quay-v2 } }", "g: - name: 'ro-quay-v2'"],
    ],
    [
      "in other files whose anchors and aliases mean more than the Secret",
      {
        s: secret.replace("quay", "qu<|>ay"),
        a: "kind: Shoot\nspec:\n  resources:\n  - { name: &it ro-quay-v1, resourceRef: { kind: Secret, name: *it } }\n",
        b: "kind: Shoot\nspec:\n  resources:\n  - { resourceRef: { kind: Secret, name: &it ro-quay-v1 }, name: *it }\n",
      },
      [
        "s: name: ro-quay-v2",
        "a: - { name: &it ro-quay-v1, resourceRef: { kind: Secret, name: ro-quay-v2 } }",
        "b: - { resourceRef: { kind: Secret, name: &it ro-quay-v2 }, name: ro-quay-v1 }",
      ],
    ],
    ["also where only Shoots name it", { a: shoot(cache, target) }, [`a: ${renamed}`]],
  ])("%s", (_, files, expected) => {
    expect(renameTo("ro-quay-v2", files)).toEqual(expected);
  });
});

describe("what cannot be renamed says why in one line", () => {
  const falco = "  - { type: falco, providerConfig: { outputs: [{ name: quay }] } }\n  resources:";
  const sealed =
    "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: ro-quay-v1 }\nspec: { encryptedData: {} }\n";

  test.each<readonly [string, string, Files, string]>([
    ["an empty name", " ", { a: shoot(cache, here) }, "the name of an entry cannot be empty"],
    [
      "the name of another entry",
      "hub",
      { a: shoot(cache, `${here}\n- { name: hub }`) },
      'spec.resources has an entry "hub" already',
    ],
    [
      "an entry that another extension may mean",
      "hub",
      { a: shoot(cache, here).replace("  resources:", falco) },
      'spec.extensions[1].providerConfig.outputs[0].name says "quay" too, and what it means there is not known; change it by hand',
    ],
    [
      "a name that no Secret can have",
      "Ro_Quay",
      { a: shoot(cache, target) },
      `"Ro_Quay" cannot be the name of a Secret: it must consist of lower-case letters, digits, '-' or '.', and each part must start and end with a letter or digit`,
    ],
    [
      "the name of another Secret",
      "ro-quay-v2",
      { a: shoot(cache, target), s: secret.replace("v1\n  n", "v2\n  n") },
      'there is a Secret "ro-quay-v2" already',
    ],
    [
      "a sealed Secret",
      "ro-quay-v2",
      { a: shoot(cache, target), s: sealed },
      'SealedSecret "ro-quay-v1" may be sealed for its name; seal it again under the new one',
    ],
    [
      "a Secret in a file that SOPS has signed",
      "ro-quay-v2",
      { a: shoot(cache, target), s: `${secret}sops: { mac: x }\n` },
      'Secret "ro-quay-v1" is signed by SOPS, name and all; rename it with sops',
    ],
    [
      "a name in a file that cannot be read to its end",
      "hub",
      { a: `${shoot(cache, here)}  x: [` },
      "the YAML of this file cannot be read to its end, so not all uses are known; mend it first",
    ],
    [
      "what is no name",
      "hub",
      { a: shoot("- { upstream: qu<|>ay.io }", resource) },
      "there is no name of an entry or a Secret here",
    ],
  ])("%s", (_, newName, files, expected) => {
    expect(renameTo(newName, files)).toBe(expected);
  });
});

test("the text of the open file counts, not what the workspace knew of it", () => {
  const { texts, offset } = readFiles({ a: `# a line that is new\n${shoot(cache, target)}` });
  const text = texts.get("a") ?? "";
  const stale = openWorkspace([inspect(readManifests("a", shoot(cache, resource)))]);
  const result = rename(readManifests("a", text), offset, "ro-quay-v2", stale);
  const edits = result.ok ? result.value.flatMap((it) => it.edits) : [];
  expect(edits.map(({ span }) => text.slice(span.start, span.end))).toEqual(["ro-quay-v1"]);
});

describe("a Secret of the garden keeps its name", () => {
  test("another is not called like it", () => {
    const reason = 'the garden has a Secret "ro-quay-v2" already';
    expect(renameTo("ro-quay-v2", { a: shoot(cache, target), s: secret }, connected("ro-quay-v2"))).toBe(reason);
  });

  test("one that no manifest stands for is not called otherwise", () => {
    const reason = 'Secret "ro-quay-v1" is only in the garden, where no Secret can be renamed';
    expect(renameTo("ro-quay-v2", { a: shoot(cache, target) }, connected("ro-quay-v1"))).toBe(reason);
  });
});

describe("what is renamed is shown without its quotes", () => {
  test.each<readonly [string, string, string | undefined]>([
    ["plain", "- { secretReferenceName: qu<|>ay }", "quay"],
    ["quoted", "- { secretReferenceName: 'qu<|>ay' }", "quay"],
    ["behind its last letter", "- { secretReferenceName: quay<|> }", "quay"],
    ["with an escape", '- { secretReferenceName: "qu\\u0061<|>y" }', '"qu\\u0061y"'],
    ["no name", "- { upstream: <|>quay }", undefined],
    ["a text of another extension", "[]\n  - { type: falco, providerConfig: qu<|>ay }", undefined],
  ])("%s", (_, caches, expected) => {
    const { texts, offset } = readFiles({ a: shoot(caches, resource) });
    const text = texts.get("a") ?? "";
    const found = renameAt(readManifests("a", text), offset);
    expect(found && text.slice(found.span.start, found.span.end)).toBe(expected);
  });
});
