import { gardenerOpenApi } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { type Inspection, inspectAgain } from "../analyze/inspect-again.ts";
import { openWorkspace } from "../analyze/open-workspace.ts";
import { complete } from "../complete/index.ts";
import { type ManifestFile, readManifests } from "../manifest/manifest.ts";
import { hover } from "../navigate/hover.ts";
import { describeField } from "./field.ts";
import { readGardenModel, shootModel } from "./garden-model.ts";
import { prepareSchema } from "./prepare.ts";
import { refineShootSchema, schemaDifferences } from "./refine-schema.ts";
import type { Schema } from "./schema.ts";
import { shootSchema } from "./shoot.ts";

const changes = {
  newer: {
    "spec.provider.workers[].bootMode": { type: "string", description: "How machines start." },
    "spec.backups": {
      type: "object",
      description: "Backups of the cluster.",
      properties: { every: { type: "string", format: "duration" }, keep: { type: "integer", format: "int32" } },
    },
  },
  without: ["spec.systemComponents", "spec.kubernetes.clusterAutoscaler.scanInterval"],
} as const;

const purposes = '"evaluation", "testing", "development", "production", "infrastructure"';

function refined(document: object): Schema {
  const model = shootModel(document);
  if (model === undefined) throw new Error("unreachable: the document describes Shoots");
  return refineShootSchema(model);
}

function findings(spec: object, schema: Schema | undefined): readonly string[] {
  const text = JSON.stringify({
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: { name: "a" },
    spec,
  });
  const report = inspect(readManifests("a.json", text, { shootSchema: schema && prepareSchema(schema) }));
  return (conclude([report]).get("a.json") ?? []).map((it) => `${it.severity} ${it.message}`);
}

test("a garden with the fields that we know changes nothing, and enums, defaults and formats stay ours", () => {
  expect(refined(gardenerOpenApi())).toEqual(shootSchema);
});

test("what only one of the two knows is told, by its path", () => {
  expect(schemaDifferences(refined(gardenerOpenApi(changes)))).toEqual({
    newer: ["spec.provider.workers[].bootMode", "spec.backups"],
    missing: ["spec.kubernetes.clusterAutoscaler.scanInterval", "spec.systemComponents"],
  });
});

test.each<readonly [string, object, readonly string[], readonly string[]]>([
  [
    "a newer field is known",
    { provider: { workers: [{ name: "a", bootMode: "uefi" }] } },
    ['error unknown field "spec.provider.workers[0].bootMode"'],
    [],
  ],
  [
    "what is in a newer field is checked, too",
    { backups: { every: "soon", keep: "7", evry: 1 } },
    ['error unknown field "spec.backups"'],
    [
      'error "spec.backups.every" is not a duration such as 168h: time: invalid duration "soon"',
      'error "spec.backups.keep" takes a whole number, not a string',
      'error unknown field "spec.backups.evry"',
    ],
  ],
  [
    "a field that the garden does not know is a warning",
    { systemComponents: { coreDNS: {} } },
    [],
    ['warning the garden has no field "spec.systemComponents": it drops it, or refuses the Shoot'],
  ],
  ["null is absent", { systemComponents: null }, [], []],
  [
    "what neither knows is an error, and enums are ours",
    { purpos: "x", purpose: "fun" },
    [`error "spec.purpose" cannot be "fun"; it takes ${purposes}`, 'error unknown field "spec.purpos"'],
    [`error "spec.purpose" cannot be "fun"; it takes ${purposes}`, 'error unknown field "spec.purpos"'],
  ],
])("%s", (_, spec, alone, withGarden) => {
  expect(findings(spec, undefined).toSorted()).toEqual(alone);
  expect(findings(spec, refined(gardenerOpenApi(changes))).toSorted()).toEqual(withGarden);
});

const typed = `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
spec:
  backups: { <|>every: 1h }
  s<|>ystemComponents: {}
  provider:
    workers:
    - name: a
      <|>
`;
const prepared = prepareSchema(refined(gardenerOpenApi(changes)));

/** The text without its marks, and the place of each. */
function places(marked: string): { readonly text: string; readonly offsets: readonly number[] } {
  const parts = marked.split("<|>");
  const offsets = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("").length);
  return { text: parts.join(""), offsets };
}

test("completion offers what the garden knows, and what it does not know last and struck through", () => {
  const { text, offsets } = places(typed);
  const offered = (file: ManifestFile, at: number): readonly string[] =>
    complete(file, offsets[at] ?? 0, openWorkspace()).map((it) => (it.deprecated ? `~${it.label}` : it.label));
  const refinedFile = readManifests("a.yaml", text, { shootSchema: prepared });
  const ours = readManifests("a.yaml", text);
  expect(offered(refinedFile, 0)).toEqual(["every", "keep"]);
  expect(offered(ours, 0)).toEqual([]);
  expect(offered(refinedFile, 2).includes("bootMode")).toBe(true);
  expect(offered(ours, 2).includes("bootMode")).toBe(false);
  const missing = text.replace("systemComponents: {}", "sys");
  const keys = offered(readManifests("a.yaml", missing, { shootSchema: prepared }), 1);
  expect(keys.at(-1)).toBe("~systemComponents");
});

test("a hover says what the garden says", () => {
  const { text, offsets } = places(typed);
  const file = readManifests("a.yaml", text, { shootSchema: prepared });
  const shown = offsets.slice(0, 2).map((it) => hover(file, it, openWorkspace())?.markdown);
  expect(shown).toEqual([
    expect.stringContaining("a duration, such as 30m or 168h"),
    expect.stringContaining("The garden does not have it."),
  ]);
  expect(hover(readManifests("a.yaml", text), offsets[0] ?? 0, openWorkspace())).toBeUndefined();
});

test("a document that is typed in is held to the schema of the garden, edit by edit and when another schema comes", () => {
  const { text } = places(typed);
  const policies = {};
  const codes = (inspection: Inspection): readonly string[] =>
    (conclude([inspection.report()]).get("a.yaml") ?? []).map((it) => it.message);
  const first = inspectAgain("a.yaml", text, policies, { shootSchema: prepared });
  const drops = ['the garden has no field "spec.systemComponents": it drops it, or refuses the Shoot'];
  expect(codes(first)).toEqual(drops);
  const at = text.indexOf("every");
  const edited = text.replace("every", "evry");
  const replaced = { span: { start: at, end: at + 5 }, length: 4 };
  const second = inspectAgain("a.yaml", edited, policies, { shootSchema: prepared, previous: first, replaced });
  expect(codes(second)).toEqual(['unknown field "spec.backups.evry"; did you mean "every"', ...drops]);
  expect(second.around(at).shootSchema).toBe(prepared);
  const [document] = second.file().documents;
  expect(document?.shoots[0]?.schemaProblems.map((it) => it.kind)).toEqual(["unknown-field", "field-not-in-garden"]);
  expect(codes(inspectAgain("a.yaml", edited, policies, { previous: second }))).toEqual([
    'unknown field "spec.backups"',
  ]);
});

test("a field says where it is known", () => {
  const { spec } = refined(gardenerOpenApi(changes)).properties ?? {};
  expect(describeField(spec?.properties?.["backups"] ?? {})).toBe(
    "Backups of the cluster. Only the garden knows it, this program does not.",
  );
  expect(describeField(spec?.properties?.["systemComponents"] ?? {})).toMatch(/ The garden does not have it\.$/);
});

test("a model is the Shoot and what it refers to, and is read as it was printed", () => {
  const document = { components: { schemas: { ...schemasOf(gardenerOpenApi()), "io.k8s.Other": { type: "object" } } } };
  const model = shootModel(document);
  expect(Object.keys(model?.components ?? {})).not.toContain("io.k8s.Other");
  expect(readGardenModel(JSON.parse(JSON.stringify(model)))).toEqual(model);
});

test.each([
  ["nothing", undefined],
  ["a list", []],
  ["another API", { components: { schemas: { "io.k8s.Pod": { properties: { spec: {} } } } } }],
  ["no text for a name", { root: 1, components: {} }],
])("%s describes no Shoot", (_, value) => {
  expect([shootModel(value), readGardenModel(value)]).toEqual([undefined, undefined]);
});

test("a model that holds itself, lacks parts or has odd names ends and judges nothing there", () => {
  const root = "com.github.gardener.gardener.pkg.apis.core.v1beta1.Shoot";
  const self = { $ref: `#/components/schemas/${root}` };
  const text = JSON.stringify({
    root,
    components: {
      [root]: { type: "object", properties: { spec: { allOf: [self] }, lost: { $ref: "#/components/schemas/x" } } },
    },
  }).replace('"lost"', '"__proto__":{"type":"string"},"lost"');
  const model = readGardenModel(JSON.parse(text));
  expect(schemaDifferences(refineShootSchema(model ?? { root, components: {} }))).toEqual({
    newer: ["__proto__", "lost"],
    missing: ["apiVersion", "kind", "metadata", "status"],
  });
});

function schemasOf(document: object): object {
  return "components" in document &&
    typeof document.components === "object" &&
    document.components !== null &&
    "schemas" in document.components &&
    typeof document.components.schemas === "object"
    ? (document.components.schemas ?? {})
    : {};
}
