import { readFileSync } from "node:fs";
import { readCursor } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { getLanguageService } from "yaml-language-server";

/** The schema that the extension hands out when it leaves keys to redhat.vscode-yaml. */
const keySchema = readFileSync(new URL("../../extension/dist/shoot.schema.json", import.meta.url), "utf8");

/** What somebody may have set up for all YAML files, such as a schema of Kubernetes that knows no Shoot. */
const foreign = JSON.stringify({ properties: { kind: { enum: ["Pod"] }, foreign: {} }, additionalProperties: false });

const wrongShoot = "kind: Shoot\nspec:\n  resources: 7\n  unknown: x\n";

let documents = 0;

/** A document of its own: the language service keeps what it parsed by address, whichever service asks. */
function document(text: string): TextDocument {
  documents += 1;
  return TextDocument.create(`file:///${documents}.yaml`, "yaml", 1, text);
}

/** The language service of redhat.vscode-yaml with a schema for all files, and one that an extension contributes. */
function serviceWith(contributed: string | undefined) {
  const service = getLanguageService({
    schemaRequestService: async (uri) => (uri.startsWith("registry-cache-schema") ? (contributed ?? "") : foreign),
    workspaceContext: { resolveRelativePath: (path) => path },
  });
  service.configure({
    validate: true,
    completion: true,
    hover: true,
    schemas: [{ uri: "inmemory://foreign", fileMatch: ["*.yaml"], schema: JSON.parse(foreign) }],
  });
  if (contributed !== undefined) service.registerCustomSchemaProvider(async () => "registry-cache-schema://auto/shoot");
  return service;
}

async function messages(contributed: string | undefined, text: string): Promise<string[]> {
  const found = await serviceWith(contributed).doValidation(document(text), false);
  return found.map(({ message }) => (typeof message === "string" ? message : message.value));
}

async function labels(contributed: string | undefined, marked: string): Promise<string[]> {
  const { text, offset } = readCursor(marked);
  const asked = document(text);
  const { items } = await serviceWith(contributed).doComplete(asked, asked.positionAt(offset), false);
  return [...new Set(items.map((it) => it.label))].sort();
}

test("without us the other extension holds a Shoot against the schema of somebody else", async () => {
  expect(await messages(undefined, "kind: Shoot\n")).toEqual(['Value is not accepted. Valid values: "Pod".']);
});

test("a schema that says nothing keeps it quiet: no message, nothing offered, no hover", async () => {
  expect(await messages("{}", wrongShoot)).toEqual([]);
  expect(await labels("{}", "kind: Shoot\n<|>")).toEqual([]);
});

test("with the keys of a Shoot it offers them, also those of the registry cache, and reports nothing", async () => {
  const cache =
    "kind: Shoot\nspec:\n  extensions:\n  - type: registry-cache\n    providerConfig:\n      caches:\n      - <|>";
  expect(await labels(keySchema, cache)).toEqual([
    "garbageCollection",
    "highAvailability",
    "http",
    "proxy",
    "remoteURL",
    "secretReferenceName",
    "serviceNameSuffix",
    "upstream",
    "volume",
  ]);
  expect(await messages(keySchema, wrongShoot)).toEqual([]);
});

test("the configuration of another extension is not ours to complete", async () => {
  expect(
    await labels(keySchema, "kind: Shoot\nspec:\n  extensions:\n  - type: other\n    providerConfig:\n      <|>"),
  ).toEqual([]);
});
