import { deepEqual } from "node:assert/strict";
import { ConfigurationTarget, extensions, workspace } from "vscode";
import { extension, file, open, until } from "./editor.ts";

interface Contributor {
  readonly scheme: string;
  readonly label: string;
  schemaOf(resource: string): string | undefined;
  contentOf(uri: string): string;
}

/** What the stand-in for redhat.vscode-yaml was given. */
async function contributor(): Promise<Contributor> {
  await extension();
  const other = extensions.getExtension<{ readonly contributors: readonly Contributor[] }>("redhat.vscode-yaml");
  return await until(() => other?.exports?.contributors[0], "a contributor");
}

async function share(value: string | undefined): Promise<void> {
  await workspace.getConfiguration("registryCache").update("yamlExtension", value, ConfigurationTarget.Global);
}

suite("beside redhat.vscode-yaml", () => {
  teardown(() => share(undefined));

  test("a file with a Shoot gets a schema that says nothing, another file none", async () => {
    await open("notes.yaml");
    await open("broken.yaml");
    const { scheme, label, schemaOf, contentOf } = await contributor();
    deepEqual([scheme, label], ["registry-cache-schema", "Registry Cache"]);
    const schema = schemaOf(file("broken.yaml").toString());
    deepEqual(schema, "registry-cache-schema://auto/shoot");
    deepEqual(contentOf(schema ?? ""), "{}");
    deepEqual(schemaOf(file("notes.yaml").toString()), undefined);
  });

  test("when it is to complete keys it gets those of a Shoot", async () => {
    await open("broken.yaml");
    await share("cooperate");
    const { schemaOf, contentOf } = await contributor();
    const schema = schemaOf(file("broken.yaml").toString());
    deepEqual(schema, "registry-cache-schema://cooperate/shoot");
    deepEqual(Object.keys(JSON.parse(contentOf(schema ?? "")).properties), [
      "apiVersion",
      "kind",
      "metadata",
      "spec",
      "status",
    ]);
  });

  test("when each is to stand alone it gets nothing", async () => {
    await open("broken.yaml");
    await share("standalone");
    const { schemaOf } = await contributor();
    deepEqual(schemaOf(file("broken.yaml").toString()), undefined);
  });
});
