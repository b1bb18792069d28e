import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

describe.each(versions)("a person in a workspace that is on no disk (%s)", (version) => {
  const skipped = lacks(editorHost(version), `a person in a workspace that is on no disk (${version})`);
  describe.skipIf(skipped)("in VS Code's window", () => sitDown(version));
});

/** An extension serves the folder, as those do that read a repository over the network. */
function sitDown(version: HostVersion): void {
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-virtual-"));
  const extensions = join(scratch, "extensions");
  const workspace = join(scratch, "garden.code-workspace");
  let host: Host;
  let person: Person;

  beforeAll(async () => {
    const served = join(extensions, "test.virtual-folder-0.0.0");
    mkdirSync(extensions);
    cpSync(path("fixtures/virtual-folder/"), served, { recursive: true });
    cpSync(path("fixtures/garden/"), join(served, "files/garden"), { recursive: true });
    cpSync(path("../../extension/packaged/extension/"), join(extensions, "registry-cache-tools.registry-cache-0.0.0"), {
      recursive: true,
    });
    writeFileSync(workspace, JSON.stringify({ folders: [{ name: "garden", uri: "nodisk:/garden" }] }));
    host = await startHost({ version, folder: workspace, extensions });
    person = seat(host, scratch, path(`dist/screenshots/${version}-virtual/`));
    await host.open([["skipWelcome", "true"]]);
    await person.page.getByText("broken.yaml").first().dblclick();
    await person.line("quay-secert").waitFor();
  }, 60_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await person?.shoot(`failed ${task.name}`);
  });

  afterAll(async () => {
    await host?.close();
    rmSync(scratch, { recursive: true });
  }, 20_000);

  test("sees what is wrong in the open file", async () => {
    await person.page.locator(".squiggly-error").first().waitFor();
    await person.run("View: Focus Problems");
    await person.problems.filter({ hasText: '"quay-secert" is not declared in spec.resources' }).waitFor();
    await person.shoot("problems");
  });

  test("is told that no file can be rotated there", async () => {
    await person.run("Registry Cache: Rotate Credential...");
    const toast = person.page.locator(".notification-toast");
    await toast.filter({ hasText: "No cache here logs in with a Secret of these files." }).waitFor();
    await person.shoot("rotate");
    expect([...host.outside]).toEqual([]);
  });
}
