import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { challenge, registry, withPassword } from "../runtime/image.ts";
import { type Stage, serve } from "../runtime/servers.ts";
import { type HostVersion, hostVersions } from "./host/install-host.ts";
import { type Host, startHost } from "./host/start-host.ts";
import { type Person, seat } from "./person/window.ts";
import { editorHost } from "./requirements.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const versions = Object.keys(hostVersions) as HostVersion[];

describe.each(versions)("a person who tests, previews and rotates (%s)", (version) => {
  const skipped = lacks(editorHost(version), `a person who tests, previews and rotates (${version})`);
  describe.skipIf(skipped)("in VS Code's window", () => sitDown(version));
});

function shoot(name: string, host: string): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata:
  name: ${name}
  namespace: garden-dev
spec:
  extensions:
    - type: registry-cache
      providerConfig:
        apiVersion: registry.extensions.gardener.cloud/v1alpha3
        kind: RegistryConfig
        caches:
          - upstream: ${host}
            remoteURL: http://${host}
            secretReferenceName: login
            garbageCollection:
              ttl: 24h
  resources:
    - name: login
      resourceRef:
        apiVersion: v1
        kind: Secret
        name: team-login-v1
`;
}

const secret = `apiVersion: v1
kind: Secret
metadata:
  name: team-login-v1
  namespace: garden-dev
type: Opaque
immutable: true
stringData:
  username: reader
  password: invented-old
`;

/** One window for all, and a registry that takes an old and a new password. */
function sitDown(version: HostVersion): void {
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-runtime-"));
  const folder = join(scratch, "garden");
  const stage: Stage = { closers: [] };
  const lets = ["invented-old", "invented-new"].map((it) => withPassword("reader", it));
  let host: Host;
  let person: Person;

  beforeAll(async () => {
    const answer = registry((it) => lets.some((takes) => takes(it)), challenge('Basic realm="x"'));
    const address = `127.0.0.1:${await serve(stage, answer)}`;
    mkdirSync(join(folder, "runtime"), { recursive: true });
    for (const name of ["north", "south"]) writeFileSync(join(folder, `${name}.yaml`), shoot(name, address));
    writeFileSync(join(folder, "login.yaml"), secret);
    host = await startHost({ version, folder, vsix: [path("../../extension/packaged/registry-cache.vsix")] });
    person = seat(host, folder, path(`dist/screenshots/${version}-runtime/`));
    person.page.setDefaultTimeout(20_000);
    await host.open([
      ["openFile", host.uri(join(folder, "north.yaml"))],
      ["skipWelcome", "true"],
    ]);
    await person.line("secretReferenceName").waitFor();
  }, 60_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await person?.shoot(`failed ${task.name.replaceAll("/", " ")}`);
  });

  afterAll(async () => {
    await host?.close();
    for (const close of stage.closers) close();
    rmSync(scratch, { recursive: true });
  }, 20_000);

  const lens = () => person.page.locator(".codelens-decoration a", { hasText: "Test this credential" }).first();
  const told = (text: string) => person.page.locator(".notification-toast", { hasText: text });
  const rows = () => person.page.locator(".quick-input-list .monaco-list-row");
  const rotations = () =>
    person.page
      .locator(".pane", { has: person.page.getByRole("button", { name: "Rotations Section" }) })
      .locator(".monaco-list-row");
  const answerBox = async (title: string, text: string) => {
    const box = person.page.locator(".quick-input-widget", { hasText: title });
    await box.waitFor();
    await box.locator("input:not([type=checkbox])").first().fill(text);
    await person.page.keyboard.press("Enter");
  };

  test("tests the credential of a cache from the line above it, and sees the facts", async () => {
    await lens().click();
    await told("takes this credential, and the cache will send it").waitFor();
    await person.shoot("test-credential");
    await told("takes this credential").getByRole("button", { name: "Show Details" }).click();
    await person.line("login accepted").waitFor();
    await person.shoot("test-details");
    await person.run("View: Close Editor");
  });

  test("is warned of a password that is not saved yet", async () => {
    await person.openFile("login.yaml");
    await person.putCursor("login.yaml", "invented-old");
    await person.page.keyboard.type("er");
    await person.line("invented-older").waitFor();
    await lens().click();
    await told("the registry refuses the credential").waitFor();
    await person.shoot("test-refused");
    await person.run("Notifications: Clear All Notifications");
    await person.run("File: Revert File");
  });

  test("sees the runtime of a Shoot beside it, which follows what is typed", async () => {
    await person.openFile("north.yaml");
    await person.page.setViewportSize({ width: 1280, height: 3000 });
    await person.run("Registry Cache: Preview the Rendered Runtime");
    await person.page
      .locator(".editor-instance .view-line", { hasText: "StatefulSet" })
      .first()
      .waitFor({ state: "attached" });
    await person.line("ttl: 24h0m0s").first().waitFor({ state: "attached" });
    await person.shoot("runtime");
    await person.putCursor("north.yaml", "ttl: 24h");
    for (let step = 0; step < 3; step += 1) await person.page.keyboard.press("Backspace");
    await person.page.keyboard.type("48h");
    await person.line("ttl: 48h0m0s").first().waitFor({ state: "attached" });
    await person.shoot("runtime-follows");
    await person.page.setViewportSize({ width: 1280, height: 800 });
  });

  test("sees in words and as manifests what the edit does to the runtime", async () => {
    await person.run("Registry Cache: Preview Runtime Changes");
    await rows().filter({ hasText: "the saved files" }).click();
    await person.page.getByText("=> restarts").first().waitFor();
    await person.shoot("runtime-changes");
    await person.run("View: Close All Editor Groups");
    await person.page.getByRole("button", { name: "Don't Save" }).click();
  });

  test("adds ready-made manifests to a folder", async () => {
    await person.run("Registry Cache: Add Runtime Manifests");
    await rows().filter({ hasText: "a private upstream" }).click();
    const box = person.page.locator(".quick-input-widget", { hasText: "Add Manifests Here" });
    await box.waitFor();
    await person.shoot("add-manifests");
    await box.locator("input:not([type=checkbox])").first().fill(`${folder}/runtime/`);
    await box.getByRole("button", { name: "Add Manifests Here" }).click();
    await person.page.locator(".tab.active", { hasText: "kustomization.yaml" }).waitFor();
    await person.shoot("manifests-added");
    expect(await person.onDisk("runtime/overlays/private/credentials.yaml", "stringData")).toContain('password: ""');
    await person.run("View: Close All Editors");
  });

  test("rotates a credential: types the new login, tests it, looks at the changes, and writes them", async () => {
    await person.run("Registry Cache: Rotate Credential...");
    await person.shoot("rotate-which");
    await rows().filter({ hasText: "team-login-v1" }).click();
    await person.page.getByText("The new username").waitFor();
    await person.shoot("rotate-username");
    await person.page.keyboard.press("Enter");
    await person.page.getByText("The new password of reader").waitFor();
    await answerBox("The new password", "invented-new");
    await rows().filter({ hasText: "Test the login first" }).waitFor();
    await person.shoot("rotate-test");
    await rows().filter({ hasText: "Test the login first" }).click();
    await person.page.getByText("Replace team-login-v1 by team-login-v2?").waitFor();
    await person.page.getByText("<redacted>").first().waitFor();
    await person.shoot("rotate-credential");
    expect(await person.page.getByText("invented-new").count()).toBe(0);
    await rows().filter({ hasText: "writes 3 files" }).click();
    await told("team-login-v2 is in 3 files now").waitFor();
    await person.shoot("rotate-done");
    expect(await person.onDisk("team-login-v2.yaml", "password")).toContain('  password: "invented-new"\n');
    for (const name of ["north.yaml", "south.yaml"]) await person.onDisk(name, "name: team-login-v2");
  });

  test("sees the rotation that is pending, and ends it", async () => {
    await person.run("Explorer: Focus on Rotations View");
    const row = rotations().filter({ hasText: "remove v1" });
    await row.waitFor();
    await row.hover();
    await person.page.waitForTimeout(300);
    await person.page.screenshot({ path: path(`dist/screenshots/${version}-runtime/rotations.png`) });
    await row.getByRole("button", { name: "Finish: Remove the Old Secret" }).click();
    await person.page.getByText("Deletes login.yaml").waitFor();
    await person.shoot("finish");
    await person.page.getByRole("button", { name: "Remove", exact: true }).click();
    await expect.poll(() => rotations().count()).toBe(0);
    await person.shoot("finished");
  });

  test("goes on with a rotation that somebody has begun: fills in the values, and switches every Shoot", async () => {
    const made = secret.replace("login-v1", "login-v3").replace(": reader", ': ""').replace(": invented-old", ': ""');
    writeFileSync(join(folder, "team-login-v3.yaml"), made);
    const empty = rotations().filter({ hasText: "fill in values" });
    await empty.waitFor();
    await empty.hover();
    await empty.getByRole("button", { name: "Fill In the New Values" }).click();
    await person.page.getByText("Ln 9, Col 14").waitFor();
    await person.page.keyboard.type("reader");
    await person.putCursor("team-login-v3.yaml", 'password: "');
    await person.page.keyboard.type("invented-newest");
    await person.save();
    const begun = rotations().filter({ hasText: "0 of 2 switched" });
    await begun.waitFor();
    await begun.hover();
    await begun.getByRole("button", { name: "Switch the Rest of the Shoots" }).click();
    await person.apply.waitFor();
    await person.shoot("switch");
    await person.apply.click();
    await person.save();
    for (const name of ["north.yaml", "south.yaml"]) await person.onDisk(name, "name: team-login-v3");
    await rotations().filter({ hasText: "remove v2" }).waitFor();
  });
}
