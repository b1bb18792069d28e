// What editors do today: the validation loop of yaml-language-server over each file, with our schemas.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Schema, schemas } from "@registry-cache/core";
import { TextDocument } from "vscode-languageserver-textdocument";
import { getLanguageService } from "yaml-language-server";

const [directory = "."] = process.argv.slice(2);

/** The schema of a Shoot whose extensions are configured by a RegistryConfig, for there is no other in the benchmark. */
function withConfig(path: readonly string[], schema: Schema): Schema {
  const [name, ...rest] = path;
  if (name === undefined) return schemas.registryConfig;
  if (schema.items !== undefined) return { ...schema, items: withConfig(path, schema.items) };
  const inner = withConfig(rest, schema.properties?.[name] ?? {});
  return { ...schema, properties: { ...schema.properties, [name]: inner } };
}

const service = getLanguageService({
  schemaRequestService: () => Promise.reject(new Error("nothing is fetched")),
  workspaceContext: { resolveRelativePath: (path) => path },
});
const schema = JSON.parse(JSON.stringify(withConfig(["spec", "extensions", "providerConfig"], schemas.shoot)));
service.configure({ validate: true, schemas: [{ uri: "inmemory://shoot", fileMatch: ["*.yaml"], schema }] });

let wrong = 0;
for (const entry of readdirSync(directory, { recursive: true, encoding: "utf8" }).sort()) {
  if (!entry.endsWith(".yaml")) continue;
  const text = readFileSync(join(directory, entry), "utf8");
  const found = await service.doValidation(TextDocument.create(`file:///${entry}`, "yaml", 1, text), false);
  for (const { message } of found) console.log(`${entry} ${message}`);
  wrong += found.length > 0 ? 1 : 0;
}
process.exitCode = wrong > 0 ? 1 : 0;
