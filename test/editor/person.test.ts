import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { type HostVersion, hostVersions } from "./host/install-host.ts";
import { type Host, startHost } from "./host/start-host.ts";
import { type Person, seat } from "./person/window.ts";
import { editorHost } from "./requirements.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const versions = Object.keys(hostVersions) as HostVersion[];

describe.each(versions)("a person with the packaged extension (%s)", (version) => {
  const skipped = lacks(editorHost(version), `a person with the packaged extension (${version})`);
  describe.skipIf(skipped)("in VS Code's window", () => sitDown(version));
});

/** One window for all: the tests go on where the last one stopped, as a person does. */
function sitDown(version: HostVersion): void {
  const folder = mkdtempSync(join(tmpdir(), "registry-cache-garden-"));
  const pictures = path(`dist/screenshots/${version}/`);
  let host: Host;
  let person: Person;

  beforeAll(async () => {
    cpSync(path("fixtures/garden/"), folder, { recursive: true });
    rmSync(pictures, { recursive: true, force: true });
    host = await startHost({ version, folder, vsix: [path("../../extension/packaged/registry-cache.vsix")] });
    person = seat(host, folder, pictures);
    await host.open([
      ["openFile", host.uri(join(folder, "broken.yaml"))],
      ["skipWelcome", "true"],
    ]);
    await person.line("quay-secert").waitFor();
  }, 60_000);

  afterAll(async () => {
    if (person) await person.shoot("end");
    await host?.close();
    rmSync(folder, { recursive: true });
  }, 20_000);

  test("sees what is wrong under the text and in Problems", async () => {
    await person.page.locator(".squiggly-error").first().waitFor();
    await person.run("View: Focus Problems");
    await person.problems.filter({ hasText: "quay-secert" }).waitFor();
    await person.shoot("problems");
  });

  test("mends a reference with a quick fix and saves it", async () => {
    await person.openFile("broken.yaml");
    await person.putCursor("quay-secert");
    const fix = await person.openActions('Change to "quay-secret"');
    await person.shoot("quick-fix");
    await fix.click();
    await person.line("secretReferenceName: quay-secret").waitFor();
    await person.save();
    expect(await person.onDisk("broken.yaml", "secretReferenceName: quay-secret #")).not.toContain("quay-secert");
  });

  test("asks nothing from elsewhere", () => {
    expect([...host.outside]).toEqual([]);
  });
}
