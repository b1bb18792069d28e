// What editors do today: the validation loop of yaml-language-server over each file, with our schemas.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { getLanguageService } from "yaml-language-server";
import { shootJsonSchema } from "./json-schema.ts";

const [directory = "."] = process.argv.slice(2);

const service = getLanguageService({
  schemaRequestService: () => Promise.reject(new Error("nothing is fetched")),
  workspaceContext: { resolveRelativePath: (path) => path },
});
const schema = shootJsonSchema();
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
