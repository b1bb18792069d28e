import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { type Host, startHost } from "./host/start-host.ts";
import { type Person, seat } from "./person/window.ts";
import { editorHost } from "./requirements.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const skipped = lacks(editorHost("current"), "a new user's way from an empty folder to a rotated credential");

describe.skipIf(skipped).each([
  ["dark", "Default Dark Modern"],
  ["light", "Default Light Modern"],
])("a new user, from an empty folder to a rotated credential (%s)", (name, theme) => {
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-journey-"));
  const folder = join(scratch, "clusters");
  let host: Host;
  let person: Person;
  let pictures = 0;

  beforeAll(async () => {
    mkdirSync(folder);
    const shots = path(`dist/screenshots/journey-${name}/`);
    rmSync(shots, { recursive: true, force: true });
    const vsix = [path("../../extension/packaged/registry-cache.vsix")];
    host = await startHost({ version: "current", folder, vsix, settings: { "workbench.colorTheme": theme } });
    person = seat(host, folder, shots);
    await host.open([["skipWelcome", "true"]]);
    await person.page.locator(".explorer-folders-view").waitFor();
  }, 60_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await person?.shoot(`failed ${task.name}`);
  });

  afterAll(async () => {
    await host?.close();
    rmSync(scratch, { recursive: true });
  }, 20_000);

  /** The pictures are in the order of the way. */
  const see = (what: string) => {
    pictures += 1;
    return person.shoot(`${String(pictures).padStart(2, "0")}-${what}`);
  };
  const rows = () => person.page.locator(".quick-input-list .monaco-list-row");
  const asked = (text: string) => person.page.locator(".quick-input-widget", { hasText: text });
  const toasts = () => person.page.locator(".notification-toast");
  const rotations = () =>
    person.page
      .locator(".pane", { has: person.page.getByRole("button", { name: "Rotations Section" }) })
      .locator(".monaco-list-row");

  test("is offered a whole Shoot in an empty file, before anything of ours runs", async () => {
    writeFileSync(join(folder, "empty.yaml"), "");
    await person.openFile("empty.yaml");
    // A new window asks nobody before its extensions have started: who sees nothing asks again.
    const ask = async () => {
      await person.page.keyboard.press("Escape");
      await person.page.keyboard.press("Control+Space");
      await person.page.waitForTimeout(2500);
      return await person.suggestions.getByText("Shoot with a registry cache").count();
    };
    await expect.poll(ask, { timeout: 40_000 }).toBeGreaterThan(0);
    await see("empty-file");
    await person.page.keyboard.press("Escape");
    await person.run("View: Close All Editors");
    rmSync(join(folder, "empty.yaml"));
  });

  test("begins at the walkthrough, with a new Shoot", async () => {
    await person.run("Registry Cache: Open the Walkthrough");
    const begin = person.page.getByRole("button", { name: "New Shoot" });
    await begin.waitFor();
    await see("walkthrough");
    await begin.click();
    await person.line("name: my-shoot").waitFor();
    await person.page.getByText("(8 selected)").waitFor();
    await person.page.keyboard.type("north");
    await person.page.keyboard.press("Tab");
    await person.page.keyboard.type("garden-dev");
    await see("new-shoot");
    await person.page.keyboard.press("Escape");
    await person.saveAs(join(folder, "north.yaml"));
    expect(await person.onDisk("north.yaml", "namespace: garden-dev")).toContain("  name: north\n");
  });

  test("makes the Secret that the Shoot names, and sees what it lacks", async () => {
    await person.putCursor("north.yaml", "ro-docker-v1");
    await person.openActions("Create Secret");
    await see("create-secret");
    await person.choose("Create Secret");
    await person.page.locator(".tab.active", { hasText: "ro-docker-v1.yaml" }).waitFor();
    await person.page.getByText("Ln 9, Col 14").waitFor();
    await person.page.locator(".squiggly-error").first().waitFor();
    await see("secret-without-values");
    await person.page.keyboard.type("robot");
    await person.save();
    await person.onDisk("ro-docker-v1.yaml", "robot");
    await person.putCursor("ro-docker-v1.yaml", 'password: "');
    await person.page.keyboard.type("invented-old");
    await person.save();
    await person.page.locator(".squiggly-error").first().waitFor({ state: "detached" });
    await see("secret");
  });

  test("breaks a reference, is told so, and mends it", async () => {
    await person.openFile("north.yaml");
    await person.putCursor("north.yaml", "secretReferenceName: docker");
    await person.page.keyboard.type("x");
    await person.page.locator(".squiggly-error").first().waitFor();
    await person.run("View: Focus Problems");
    await person.problems.filter({ hasText: "dockerx-credentials" }).waitFor();
    await see("broken");
    await person.run("View: Hide Panel");
    await person.openFile("north.yaml");
    await person.openActions('Change to "docker-credentials"');
    await see("mend");
    await person.choose('Change to "docker-credentials"');
    await person.line("secretReferenceName: docker-credentials").waitFor();
    await person.save();
  });

  test("sees the whole chain in the tree and in the graph", async () => {
    await person.run("Explorer: Focus on Registry Caches View");
    await person.tree.filter({ hasText: "ro-docker-v1" }).waitFor();
    await see("tree");
    await person.run("Registry Cache: Show the Graph of Caches and Secrets");
    const graph = person.page.frameLocator("iframe.webview.ready").frameLocator("iframe");
    await graph.getByRole("link", { name: /^secret ro-docker-v1/i }).waitFor();
    await see("graph");
    await person.run("View: Close Editor");
  });

  test("rotates the credential, looking at every change", async () => {
    await person.run("Explorer: Focus on Rotations View");
    await person.page.getByRole("button", { name: "Rotate Credential..." }).first().waitFor();
    await see("no-rotation");
    await person.run("Registry Cache: Rotate Credential...");
    await rows().filter({ hasText: "docker.io, for the caches of 1 Shoot" }).click();
    await asked("The new username").waitFor();
    await see("username");
    await person.page.keyboard.press("Enter");
    await asked("The new password of robot").waitFor();
    await person.page.keyboard.type("invented-new");
    await see("password");
    await person.page.keyboard.press("Enter");
    await rows().filter({ hasText: "Go on without a test" }).click();
    await asked("Replace ro-docker-v1 by ro-docker-v2?").waitFor();
    await person.page.getByText("<redacted>").first().waitFor();
    await see("changes");
    await rows().filter({ hasText: "writes 2 files: ro-docker-v2, and what names it in 1 Shoot" }).click();
    await toasts().getByText("ro-docker-v2 is in 2 files now").waitFor();
    await see("rotated");
    expect(await person.onDisk("ro-docker-v2.yaml", "password")).toContain('  password: "invented-new"\n');
    await person.onDisk("north.yaml", "name: ro-docker-v2");
  });

  test("finishes, and is told what is left to do", async () => {
    await toasts().getByRole("button", { name: "Show Rotations" }).click();
    const row = rotations().filter({ hasText: "remove v1" });
    await row.hover();
    await row.getByRole("button", { name: "Finish: Remove the Old Secret" }).click();
    await person.page.getByText("Deletes ro-docker-v1.yaml").waitFor();
    await see("finish");
    await person.page.getByRole("button", { name: "Remove", exact: true }).click();
    await toasts().getByText("then revoke the credential that was replaced").waitFor();
    await expect.poll(() => rotations().count()).toBe(0);
    await see("finished");
    expect([...host.outside]).toEqual([]);
  });
});
