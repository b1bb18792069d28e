import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { type HostVersion, hostVersions } from "./host/install-host.ts";
import { processesBelow } from "./host/processes.ts";
import { type Host, startHost } from "./host/start-host.ts";
import { type Person, seat } from "./person/window.ts";
import { editorHost } from "./requirements.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const versions = Object.keys(hostVersions) as HostVersion[];

describe.each(versions)("a person in a window that is not trusted (%s)", (version) => {
  const skipped = lacks(editorHost(version), `a person in a window that is not trusted (${version})`);
  describe.skipIf(skipped)("in Restricted Mode", () => sitDown(version));
});

/** Programs that our server may start in a folder that is trusted: each leaves its name. */
const programs = ["git", "kubeseal", "sops"] as const;

/** One window for all: each test goes on where the last one stopped. */
function sitDown(version: HostVersion): void {
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-restricted-"));
  const folder = join(scratch, "garden");
  const started = (name: string) => existsSync(join(scratch, `started-${name}`));
  let host: Host;
  let person: Person;

  beforeAll(async () => {
    cpSync(path("fixtures/garden/"), folder, { recursive: true });
    const bin = join(scratch, "bin");
    for (const it of [bin, join(folder, ".git")]) mkdirSync(it);
    for (const name of programs) {
      writeFileSync(join(bin, name), `#!/bin/sh\ntouch ${scratch}/started-${name}\nexit 1\n`);
      chmodSync(join(bin, name), 0o755);
    }
    // Whether such a password is committed git is asked as soon as the folder is read.
    const secret = join(folder, "secrets/quay.yaml");
    const password = Buffer.from("Inv3nted-Value").toString("base64");
    writeFileSync(secret, readFileSync(secret, "utf8").replace(/password: .*/, `password: ${password}`));
    const vsix = [path("../../extension/packaged/registry-cache.vsix")];
    host = await startHost({ version, folder, vsix, restricted: true, programs: bin });
    person = seat(host, folder, path(`dist/screenshots/${version}-restricted/`));
    await host.open([
      ["openFile", host.uri(join(folder, "broken.yaml"))],
      ["skipWelcome", "true"],
    ]);
    await person.line("quay-secert").waitFor();
  }, 60_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await person?.shoot(`failed ${task.name}`);
  });

  afterAll(async () => {
    await host?.close();
    rmSync(scratch, { recursive: true });
  }, 20_000);

  const toasts = () => person.page.locator(".notification-toast");
  const server = () => host.processes().filter(({ command }) => command.includes("/dist/server.cjs"));

  test("sees what is wrong, also with files that are not open", async () => {
    await person.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
    await person.page.locator(".squiggly-error").first().waitFor();
    await person.run("View: Focus Problems");
    await person.problems.filter({ hasText: '"quay-secert" is not declared in spec.resources' }).waitFor();
    await person.shoot("problems");
  });

  test("mends it, and completes a reference", async () => {
    await person.openFile("broken.yaml");
    await person.putCursor("broken.yaml", "quay-secert");
    await person.openActions('Change to "quay-secret"');
    await person.choose('Change to "quay-secret"');
    await person.line("secretReferenceName: quay-secret").waitFor();
    await person.openFile("south.yaml");
    await person.putCursor("fleet/south.yaml", "upstream: ghcr.io");
    await person.page.keyboard.press("Enter");
    await person.page.keyboard.type("  secretReferenceName: ", { delay: 40 });
    await person.page.keyboard.press("Control+Space");
    await person.suggestions.getByText("quay-secret").first().waitFor();
    await person.page.keyboard.press("Escape");
    await person.run("File: Revert File");
  });

  test.each([
    ["Rotate Credential...", "Trust this workspace first: a rotation writes files"],
    ["Connect to Garden...", "Trust this workspace first: a garden is asked"],
    ["Test the Credential at the Cursor", "Trust this workspace first: a test sends a credential"],
  ])("hears in one line what needs trust, with the way to grant it: %s", async (command, line) => {
    await person.openFile("south.yaml");
    await person.run(`Registry Cache: ${command}`);
    const toast = toasts().filter({ hasText: line });
    await toast.getByRole("button", { name: "Manage Workspace Trust" }).waitFor();
    await person.shoot(`refused ${command}`);
    await person.run("Notifications: Clear All Notifications");
    await toast.waitFor({ state: "detached" });
  });

  test("no process was started but the server, no program was asked, and nothing outside", () => {
    const [running, ...others] = server();
    expect(others).toEqual([]);
    expect(processesBelow(running?.pid ?? Number.NaN)).toEqual([]);
    expect([programs.filter(started), [...host.outside]]).toEqual([[], []]);
  });

  test("grants trust by that button, and git is asked from then on", async () => {
    await person.run("Registry Cache: Connect to Garden...");
    await toasts().getByRole("button", { name: "Manage Workspace Trust" }).click();
    const trust = person.page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true });
    await trust.first().waitFor();
    await person.shoot("manage-trust");
    await trust.first().click();
    await expect.poll(() => started("git"), { timeout: 40_000 }).toBe(true);
    await person.shoot("trusted");
  });
}
