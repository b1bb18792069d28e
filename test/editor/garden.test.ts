import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { type EditorGarden, planted, startEditorGarden } from "./garden-server.ts";
import { type HostVersion, hostVersions } from "./host/install-host.ts";
import { type Host, startHost } from "./host/start-host.ts";
import { type Person, seat } from "./person/window.ts";
import { editorHost } from "./requirements.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const versions = Object.keys(hostVersions) as HostVersion[];

describe.each(versions)("a person beside a garden (%s)", (version) => {
  const skipped = lacks(editorHost(version), `a person beside a garden (${version})`);
  describe.skipIf(skipped)("in VS Code's window", () => sitDown(version));
});

/** One window for all: each test goes on where the last one stopped. */
function sitDown(version: HostVersion): void {
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-garden-"));
  const folder = join(scratch, "manifests");
  const pictures = path(`dist/screenshots/${version}-garden/`);
  let garden: EditorGarden;
  let host: Host;
  let person: Person;

  beforeAll(async () => {
    cpSync(path("fixtures/garden/"), folder, { recursive: true });
    const north = readFileSync(join(folder, "fleet/north.yaml"), "utf8");
    writeFileSync(join(folder, "fleet/west.yaml"), north.replace("north", "west").replace("ro-quay-v3", "ro-quay-v9"));
    rmSync(pictures, { recursive: true, force: true });
    garden = await startEditorGarden(scratch);
    host = await startHost({
      version,
      folder,
      vsix: [path("../../extension/packaged/registry-cache.vsix")],
      settings: { "registryCache.kubeconfig": garden.kubeconfig },
    });
    person = seat(host, folder, pictures);
    await open();
  }, 60_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await person?.shoot(`failed ${task.name}`);
  });

  afterAll(async () => {
    await host?.close();
    await garden?.close();
    rmSync(scratch, { recursive: true });
  }, 20_000);

  const open = async () => {
    await host.open([
      ["openFile", host.uri(join(folder, "fleet/west.yaml"))],
      ["skipWelcome", "true"],
    ]);
    await person.line("ro-quay-v9").waitFor();
  };
  // Behind its name stands the namespace.
  const header = () => person.page.getByRole("button", { name: /^Garden\b.*Section/ });
  const rows = () => person.page.locator(".pane", { has: header() }).locator(".monaco-list-row");
  const statusBar = (text: string | RegExp) => person.page.locator(".statusbar-item", { hasText: text });
  const toasts = () => person.page.locator(".notification-toast");

  test("is connected to nothing, and invited to connect", async () => {
    await header().waitFor();
    await person.run("Explorer: Focus on Garden View");
    await person.page.getByRole("button", { name: "Connect to Garden..." }).first().waitFor();
    await person.shoot("invited");
    expect(garden.server.requests).toEqual([]);
  });

  test("chooses a context and a project, and sees in the status bar where that leads", async () => {
    await person.run("Registry Cache: Connect to Garden...");
    await person.pick("current context of kubectl", "choose-context");
    await person.pick("namespace of the context", "choose-project");
    await statusBar("garden/garden-dev").waitFor();
    await toasts().getByText("Connect Always Here").waitFor();
    await person.shoot("connected");
    await toasts().getByText("Connect Always Here").click();
  });

  test("sees under a name that the garden has no such Secret, until it has", async () => {
    await person.run("View: Focus Problems");
    // There are more than the panel has room for.
    const filter = person.page.getByPlaceholder(/^Filter \(e\.g/);
    await filter.fill("ro-quay-v9");
    await person.problems.filter({ hasText: 'Secret "ro-quay-v9" does not exist' }).waitFor();
    await person.shoot("missing");
    garden.addSecret("ro-quay-v9");
    await person.problems.filter({ hasText: "ro-quay-v9" }).waitFor({ state: "detached" });
    await filter.fill("");
  });

  test("is offered the garden's Secrets as such", async () => {
    await person.openFile("west.yaml");
    await person.putCursor("fleet/west.yaml", "        name: ro-quay-v9");
    for (let count = 0; count < 10; count += 1) await person.page.keyboard.press("Backspace");
    await person.page.keyboard.press("Control+Space");
    await person.suggestions.filter({ hasText: "ro-quay-v9" }).filter({ hasText: "in the garden" }).first().waitFor();
    await person.shoot("complete");
    await person.page.keyboard.press("Escape");
    await person.run("File: Revert File");
  });

  test("sees the Shoots of the garden with what they refer to, and reads one", async () => {
    await person.run("Explorer: Focus on Garden View");
    await rows().filter({ hasText: "gone-v1" }).filter({ hasText: "does not exist" }).waitFor();
    await rows().filter({ hasText: "north" }).first().waitFor();
    await person.shoot("tree");
    await rows().filter({ hasText: "south" }).first().click();
    await person.page.locator(".tab.active", { hasText: "south.yaml" }).waitFor();
    await person.line("kind: Shoot").first().waitFor();
    await person.shoot("shoot");
    await person.run("View: Close Editor");
  });

  test("compares what a manifest makes of a Shoot's runtime with what runs in the garden", async () => {
    await person.openFile("north.yaml");
    await person.putCursor("fleet/north.yaml", "upstream: quay.io");
    await person.run("Registry Cache: Preview Runtime Changes");
    await person.pick("the Shoot in the garden", "compare-with");
    await person.page.locator(".tab.active", { hasText: "since the Shoot in the garden" }).waitFor();
    await person.page.locator(".view-line", { hasText: "quay" }).first().waitFor();
    await person.shoot("compared");
    await person.run("View: Close All Editors");
    await person.openFile("west.yaml");
  });

  test("rotates a credential of the garden: sees what will happen, and how far it is", async () => {
    const { page } = person;
    await person.run("Registry Cache: Rotate a Credential of the Garden...");
    await person.pick("ro-quay-v3", "rotate-pick");
    await page.getByText("empty keeps the one of").waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("The new password").waitFor();
    await page.keyboard.type(`${planted}-new`);
    await person.shoot("rotate-password");
    await page.keyboard.press("Enter");
    const dialog = page.locator(".monaco-dialog-box");
    await dialog.getByText('Make Secret "ro-quay-v4"').waitFor();
    await dialog.getByText("Look into the Shoot: its caches must run with the new Secret").waitFor();
    await person.shoot("rotate-confirm");
    await dialog.getByRole("button", { name: "Rotate", exact: true }).click();
    await dialog.getByText("quay.io cannot be reached from here").waitFor();
    await person.shoot("rotate-untried");
    garden.slow("north", 12_000);
    await dialog.getByRole("button", { name: "Rotate Anyway" }).click();
    await toasts().getByText("north: ").first().waitFor();
    await person.shoot("rotating");
    await toasts().getByRole("button", { name: "Cancel" }).click();
    const stopped = 'Stopped: Secret "ro-quay-v4" is made, and 0 of 1 Shoots are rolled out with it.';
    await toasts().getByText(stopped).waitFor();
    await person.shoot("rotate-stopped");
    await toasts().getByRole("button", { name: "Go On" }).click();
    await toasts().getByText('Every Shoot uses "ro-quay-v4"').waitFor();
    await person.run("Explorer: Focus on Rotations View");
    const pending = page.locator(".monaco-list-row", { hasText: "ro-quay-v3 \u2192 v4" });
    await pending.getByText("the old Secret may go, in the garden").waitFor();
    await person.shoot("rotated");
    await toasts().getByRole("button", { name: "Finish..." }).click();
    await dialog.getByText('Delete Secret "ro-quay-v3"?').waitFor();
    await person.shoot("rotate-finish");
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await toasts().getByText('Secret "ro-quay-v3" is gone').waitFor();
    await pending.waitFor({ state: "detached" });
    await person.run("Notifications: Clear All Notifications");
    expect(await garden.secrets()).toEqual(["ro-quay-v4", "ro-quay-v9"]);
  });

  test("is connected again when the window is opened again, as wished", async () => {
    await open();
    await statusBar("garden/garden-dev").waitFor();
    expect(await toasts().count()).toBe(0);
  });

  test("hears of a lost garden from the status bar alone, and nothing is said because of it", async () => {
    await person.run("Explorer: Focus on Garden View");
    await rows().filter({ hasText: "north" }).first().waitFor();
    garden.server.faults.add({ times: 10_000, effect: { reset: true } });
    garden.server.dropConnections();
    await statusBar("garden/garden-dev: offline").waitFor();
    await person.shoot("offline");
    expect(await toasts().count()).toBe(0);
  });

  test("disconnects, and is not connected by itself any more", async () => {
    await person.run("Registry Cache: Disconnect from the Garden");
    await statusBar("garden/garden-dev").waitFor({ state: "detached" });
    // A page that is left at once would not keep what was forgotten.
    await person.page.waitForTimeout(2000);
    await open();
    await person.page.getByRole("button", { name: "Connect to Garden..." }).first().waitFor();
    await person.shoot("disconnected");
    expect(await statusBar("garden-dev").count()).toBe(0);
  });

  test("sees no value of a Secret, and nothing is asked from elsewhere", async () => {
    const base64 = Buffer.from(planted).toString("base64");
    const html = await person.page.content();
    expect([html.includes(planted), html.includes(base64), [...host.outside]]).toEqual([false, false, []]);
  });
}
