// Takes the pictures of the walkthrough and the README in VS Code itself: `node test/editor/take-pictures.ts`, after
// `npm run test:editor`. They are checked in, and taken again when what they show has changed.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startHost } from "./host/start-host.ts";
import { seat } from "./person/window.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "registry-cache-pictures-"));
const folder = join(scratch, "garden");
cpSync(path("fixtures/garden/"), folder, { recursive: true });

const host = await startHost({
  version: "current",
  folder,
  vsix: [path("../../extension/packaged/registry-cache.vsix")],
  viewport: { width: 1000, height: 640 },
  settings: { "breadcrumbs.enabled": false, "workbench.layoutControl.enabled": false },
});
const person = seat(host, folder, path("../../extension/walkthrough/"));
try {
  await host.open([
    ["openFile", host.uri(join(folder, "broken.yaml"))],
    ["skipWelcome", "true"],
  ]);
  await person.page.locator(".squiggly-error").first().waitFor();
  await person.run("View: Focus Problems");
  await person.problems.filter({ hasText: "quay-secert" }).waitFor();
  await person.shoot("open");

  await person.openFile("broken.yaml");
  await person.putCursor("broken.yaml", "quay-secert");
  await person.openActions('Change to "quay-secret"');
  await person.shoot("mend");
  await person.choose('Change to "quay-secret"');
  await person.save();

  await person.openFile("south.yaml");
  await person.putCursor("fleet/south.yaml", "upstream: ghcr.io");
  await person.page.keyboard.press("Enter");
  await person.page.keyboard.type("  secretReferenceName: ", { delay: 30 });
  await person.page.keyboard.press("Control+Space");
  await person.suggestions.getByText("quay-secret").first().waitFor();
  await person.shoot("complete");
  await person.page.keyboard.press("Tab");
  await person.save();

  await person.openFile("north.yaml");
  await person.putCursor("fleet/north.yaml", "name: ro-quay-v3");
  await person.openActions("Rotate");
  await person.choose("Rotate");
  await person.apply.waitFor();
  await person.run("View: Toggle Maximized Panel");
  await person.shoot("rotate");
  await person.page.getByRole("button", { name: "Discard", exact: true }).click();

  await person.run("View: Toggle Maximized Panel");
  await person.run("View: Hide Panel");
  await person.run("View: Close All Editors");

  await person.page.setViewportSize({ width: 1400, height: 640 });
  await person.run("Explorer: Focus on Registry Caches View");
  await person.tree.filter({ hasText: "misspelt" }).waitFor();
  await person.run("Registry Cache: Show the Graph of Caches and Secrets");
  const graph = person.page.frameLocator("iframe.webview.ready").frameLocator("iframe");
  await graph.getByRole("link", { name: /^secret/i }).waitFor();
  await person.shoot("chains");

  await person.run("View: Close All Editors");
  await person.page.setViewportSize({ width: 1000, height: 640 });
  await person.openFile("north.yaml");
  await person.putCursor("fleet/north.yaml", "size: 20Gi");
  await person.page.keyboard.press("Enter");
  await person.page.keyboard.press("Backspace");
  await person.page.keyboard.type("garbageCollection: { ttl: 24h }", { delay: 20 });
  await person.run("View: Toggle Primary Side Bar Visibility");
  await person.run("Registry Cache: Preview Runtime Changes");
  await person.page.locator(".quick-input-list .monaco-list-row", { hasText: "the saved files" }).click();
  await person.page.getByText("=> restarts").first().waitFor();
  await person.shoot("runtime");
} finally {
  await host.close();
  rmSync(scratch, { recursive: true });
}
