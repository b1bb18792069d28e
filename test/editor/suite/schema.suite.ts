import { equal } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationTarget, commands, workspace } from "vscode";
import { extension, file, findings, open } from "./editor.ts";

const root = "com.github.gardener.gardener.pkg.apis.core.v1beta1.Shoot";
const kept = {
  kind: "GardenSchema",
  server: "https://garden/",
  context: "garden",
  hash: "1",
  pulled: "2026-01-01T00:00:00Z",
  model: { root, components: { [root]: { type: "object", properties: { spec: { type: "object", properties: {} } } } } },
};

suite("schema of a garden", () => {
  test("is the one that the setting names, as soon as it names one, and no longer than that", async () => {
    await extension();
    const folder = mkdtempSync(join(tmpdir(), "registry-cache-schema-"));
    const path = join(folder, "garden.json");
    writeFileSync(path, JSON.stringify(kept));
    const name = async (schema: string | undefined) =>
      await workspace.getConfiguration("registryCache").update("gardenSchema", schema, ConfigurationTarget.Global);
    try {
      await open("fleet/north.yaml");
      await name(path);
      const isMissing = (message: string) => message.startsWith("the garden has no field");
      const held = await findings(file("fleet/north.yaml"), (found) => found.some((it) => isMissing(it.message)));
      equal(held.filter((it) => it.message.includes('"spec.extensions"')).length, 1);
      await name(undefined);
      await findings(file("fleet/north.yaml"), (found) => !found.some((it) => isMissing(it.message)));
    } finally {
      await name(undefined);
      rmSync(folder, { recursive: true });
    }
  });

  test("is asked of nobody while no garden is connected", async () => {
    // Says so in a message, and throws nothing.
    equal(await commands.executeCommand("registryCache.pullGardenSchema"), undefined);
  });
});
