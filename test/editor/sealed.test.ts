import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { type HostVersion, hostVersions } from "./host/install-host.ts";
import { type Host, startHost } from "./host/start-host.ts";
import { type Person, seat } from "./person/window.ts";
import { editorHost } from "./requirements.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const versions = Object.keys(hostVersions) as HostVersion[];

describe.each(versions)("a person whose Secrets are sealed, or lie in a store (%s)", (version) => {
  const skipped = lacks(editorHost(version), `a person whose Secrets are sealed, or lie in a store (${version})`);
  describe.skipIf(skipped)("in VS Code's window", () => sitDown(version));
});

const shoot = `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: north, namespace: garden-dev }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - { upstream: quay.io, secretReferenceName: quay }
      - { upstream: ghcr.io, secretReferenceName: ghcr }
  resources:
  - { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 } }
  - { name: ghcr, resourceRef: { apiVersion: v1, kind: Secret, name: ghcr-v1 } }
`;

function sealed(name: string, letter: string): string {
  return `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: ${name}, namespace: garden-dev }
spec:
  encryptedData:
    username: "${letter.repeat(344)}"
    password: "${letter.repeat(348)}"
  template: { metadata: { name: ${name} }, immutable: true }
`;
}

const external = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: ghcr-v1, namespace: garden-dev }
spec:
  secretStoreRef: { name: vault, kind: SecretStore }
  target: { name: ghcr-v1, immutable: true }
  dataFrom:
  - extract: { key: caches/ghcr-v1 }
`;

/** One window for all: each test goes on where the last one stopped. */
function sitDown(version: HostVersion): void {
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-sealed-"));
  const folder = join(scratch, "garden");
  const busy = join(scratch, "busy");
  let host: Host;
  let person: Person;

  beforeAll(async () => {
    const bin = join(scratch, "bin");
    for (const it of [folder, bin]) mkdirSync(it);
    for (const [name, text] of [
      ["north.yaml", shoot],
      ["quay-v1.yaml", sealed("quay-v1", "a")],
      ["ghcr-v1.yaml", external],
    ] as const)
      writeFileSync(join(folder, name), text);
    writeFileSync(busy, "");
    const kubeseal = `#!/bin/sh\ncat > /dev/null\n[ -e ${busy} ] && exec sleep 60\ncat <<END\n${sealed("quay-v2", "b")}END\n`;
    writeFileSync(join(bin, "kubeseal"), kubeseal);
    chmodSync(join(bin, "kubeseal"), 0o755);
    const vsix = [path("../../extension/packaged/registry-cache.vsix")];
    host = await startHost({ version, folder, vsix, programs: bin });
    person = seat(host, folder, path(`dist/screenshots/${version}-sealed/`));
    await host.open([
      ["openFile", host.uri(join(folder, "north.yaml"))],
      ["skipWelcome", "true"],
    ]);
    await person.line("quay-v1").waitFor();
  }, 60_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await person?.shoot(`failed ${task.name}`);
  });

  afterAll(async () => {
    await host?.close();
    rmSync(scratch, { recursive: true });
  }, 20_000);

  const toasts = () => person.page.locator(".notification-toast");
  const asked = (text: string) => person.page.locator(".quick-input-widget", { hasText: text });
  const rotateQuay = async () => {
    await person.run("Registry Cache: Rotate Credential...");
    await person.pick("quay-v1", "which");
    await asked("The new username").waitFor();
    await person.page.keyboard.type("robot");
    await person.page.keyboard.press("Enter");
    await asked("The new password of robot").waitFor();
    await person.page.keyboard.type("invented-new");
    await person.page.keyboard.press("Enter");
    await person.pick("Go on without a test", "untested");
    await person.page.getByText("<redacted>").first().waitFor();
    await person.pick("writes 2 files: quay-v2", "changes");
  };

  test("gives a rotation up while kubeseal runs, and nothing is written", async () => {
    await rotateQuay();
    const progress = toasts().filter({ hasText: "Rotating quay-v1" });
    await progress.getByRole("button", { name: "Cancel" }).click();
    await toasts().getByText("kubeseal was stopped; nothing was written").waitFor();
    await person.shoot("stopped");
    expect(readdirSync(folder)).toEqual(["ghcr-v1.yaml", "north.yaml", "quay-v1.yaml"]);
    await person.run("Notifications: Clear All Notifications");
  });

  test("rotates a SealedSecret, which kubeseal seals", async () => {
    rmSync(busy);
    await rotateQuay();
    await toasts().getByText("quay-v2 is in 2 files now").waitFor();
    await person.shoot("sealed");
    expect(await person.onDisk("quay-v2.yaml", "name: quay-v2")).toContain(`password: "${"b".repeat(348)}"`);
    await person.onDisk("north.yaml", "name: quay-v2");
    await person.run("Notifications: Clear All Notifications");
  });

  test("rotates an ExternalSecret: says where the store has the new login", async () => {
    await person.run("Registry Cache: Rotate Credential...");
    await person.pick("ghcr-v1", "which-external");
    await person.pick("Under another key", "where");
    await asked("The key of the new values, in place of caches/ghcr-v1").waitFor();
    await person.page.keyboard.press("Control+a");
    await person.page.keyboard.type("caches/ghcr-v2");
    await person.shoot("key");
    await person.page.keyboard.press("Enter");
    await person.pick("writes 2 files: ghcr-v2", "external-changes");
    await toasts().getByText("Put the new values into the store").waitFor();
    await person.shoot("external");
    expect(await person.onDisk("ghcr-v2.yaml", "ghcr-v2")).toContain("key: caches/ghcr-v2");
  });

  test("nothing was asked from elsewhere", () => {
    expect([...host.outside]).toEqual([]);
  });
}
