import { expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import { applyEdits } from "../text/edit.ts";
import { entriesNaming } from "./chain.ts";
import { switchEntries } from "./switch-entries.ts";

/** The text after the switch of quay-v1 to quay-v2, or the places that stop it. */
function switched(text: string): string | readonly string[] {
  const file = readManifests("a.yaml", text);
  let result = text;
  for (const document of [...file.documents].reverse()) {
    const entries = entriesNaming([file], { name: "quay-v1", namespace: "garden-a" }).filter(
      (it) => it.document === document,
    );
    const edits = switchEntries(document, entries, "quay-v2");
    if (!edits.ok)
      return edits.error.map((it) => `${text.slice(it.place?.span.start, it.place?.span.end)}: ${it.message}`);
    result = applyEdits(result, edits.value);
  }
  return result;
}

function shoot(resources: string, more = ""): string {
  return `${more}apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: a, namespace: garden-a }
spec:
  resources:
${resources.replace(/^(?=.)/gm, "  ")}`;
}

const plain = "- name: quay\n  resourceRef: { apiVersion: v1, kind: Secret, name: NAME }\n";

test.each([
  ["a plain name", "quay-v1", "quay-v2"],
  ["single quotes", "'quay-v1'", "'quay-v2'"],
  ["double quotes", '"quay-v1"', '"quay-v2"'],
  ["an escape", '"quay\\u002dv1"', '"quay-v2"'],
  ["a tag", "!!str quay-v1", "!!str quay-v2"],
  ["an anchor that nobody uses", "&a quay-v1", "&a quay-v2"],
])("changes %s and nothing else", (_, before, after) => {
  expect(switched(shoot(plain.replace("NAME", before)))).toBe(shoot(plain.replace("NAME", after)));
});

test("keeps comments, line ends and names that only contain the Secret's", () => {
  const text = shoot(
    `- name: quay-v1 # the entry keeps its name\r\n  resourceRef:\r\n    apiVersion: v1\r\n    kind: Secret\r\n    name: quay-v1   # of quay-v1\r\n`,
  );
  expect(switched(text)).toBe(text.replace("name: quay-v1   #", "name: quay-v2   #"));
});

test("switches every entry, of a list of Shoots, too, and leaves other kinds and namespaces", () => {
  const item = (name: string, namespace: string, kind = "Secret"): string =>
    `- kind: Shoot\n  metadata: { name: ${name}, namespace: ${namespace} }\n  spec:\n    resources:\n    - name: x\n      resourceRef: { kind: ${kind}, name: quay-v1 }\n`;
  const text = `kind: List\nitems:\n${item("a", "garden-a")}${item("b", "garden-b")}${item("c", "garden-a", "ConfigMap")}${item("d", "garden-a")}`;
  const lines = text.split("\n").map((it, index) => ([7, 25].includes(index) ? it.replace("quay-v1", "quay-v2") : it));
  expect(switched(text)).toBe(lines.join("\n"));
});

test("JSON stays JSON", () => {
  const text = `{"kind":"Shoot","metadata":{"namespace":"garden-a"},"spec":{"resources":[{"name":"q","resourceRef":{"kind":"Secret","name":"quay-v1"}}]}}`;
  expect(switched(text)).toBe(text.replace("quay-v1", "quay-v2"));
});

test.each([
  [
    "an anchor in one entry, its alias in another",
    "- name: a\n  resourceRef: { kind: Secret, name: &n quay-v1 }\n- name: b\n  resourceRef: { kind: Secret, name: *n }\n",
    "- name: a\n  resourceRef: { kind: Secret, name: &n quay-v2 }\n- name: b\n  resourceRef: { kind: Secret, name: *n }\n",
  ],
  [
    "a reference that two entries share",
    "- name: a\n  resourceRef: &r\n    kind: Secret\n    name: quay-v1\n- name: b\n  resourceRef: *r\n",
    "- name: a\n  resourceRef: &r\n    kind: Secret\n    name: quay-v2\n- name: b\n  resourceRef: *r\n",
  ],
  [
    "a merge key",
    "- &e\n  name: a\n  resourceRef: { kind: Secret, name: quay-v1 }\n- <<: *e\n  name: b\n",
    "- &e\n  name: a\n  resourceRef: { kind: Secret, name: quay-v2 }\n- <<: *e\n  name: b\n",
  ],
  [
    "an override of a merge",
    "- name: a\n  resourceRef: &r { kind: Secret, name: docker-v1 }\n- name: b\n  resourceRef: { <<: *r, name: quay-v1 }\n",
    "- name: a\n  resourceRef: &r { kind: Secret, name: docker-v1 }\n- name: b\n  resourceRef: { <<: *r, name: quay-v2 }\n",
  ],
])("switches %s", (_, before, after) => {
  expect(switched(shoot(before))).toBe(shoot(after));
});

test("changes an anchor in a field that no object has, which is there for aliases only", () => {
  const more = "x-secret: &s quay-v1\nx-reference: &r { kind: Secret, name: quay-v1 }\n";
  const resources =
    "- name: a\n  resourceRef: { kind: Secret, name: *s }\n- name: b\n  resourceRef: *r\n- name: c\n  resourceRef: { <<: *r }\n";
  expect(switched(shoot(resources, more))).toBe(shoot(resources, more.replaceAll("quay-v1", "quay-v2")));
});

test("changes the alias where its anchor means something else", () => {
  const text = shoot("- name: a\n  resourceRef: { kind: Secret, name: *n }\n").replace(
    "name: a, ",
    "name: a, annotations: { old: &n quay-v1 }, ",
  );
  expect(switched(text)).toBe(text.replace("*n", "quay-v2"));
});

const shared =
  '"spec.resources[0].resourceRef.name" comes from an anchor that is used for something else, too; write the name out there';

test("refuses an anchor that an alias uses for something else", () => {
  const text = `${shoot("- name: a\n  resourceRef: { kind: Secret, name: &n quay-v1 }\n")}  seedName: *n\n`;
  expect(switched(text)).toEqual([`quay-v1: ${shared}`]);
});

test("refuses an alias that a Shoot of another namespace shares", () => {
  const text = `kind: List
items:
- kind: Shoot
  metadata: { namespace: garden-a, annotations: { old: &n quay-v1 } }
  spec: { resources: [{ name: a, resourceRef: &r { kind: Secret, name: *n } }] }
- kind: Shoot
  metadata: { namespace: garden-b }
  spec: { resources: [{ name: a, resourceRef: *r }] }
`;
  expect(switched(text)).toEqual([`*n: ${shared}`]);
});

test("refuses a reference that a Shoot of another namespace shares", () => {
  const text = `kind: List
items:
- kind: Shoot
  metadata: { namespace: garden-a }
  spec: { resources: [{ name: a, resourceRef: &r { kind: Secret, name: quay-v1 } }] }
- kind: Shoot
  metadata: { namespace: garden-b }
  spec: { resources: [{ name: a, resourceRef: *r }] }
`;
  expect(switched(text)).toEqual([`quay-v1: ${shared}`]);
});
