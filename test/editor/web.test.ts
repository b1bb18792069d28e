import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, test } from "vitest";
import { lacks } from "../requirements.ts";
import { type HostVersion, hostVersions } from "./host/install-host.ts";
import { type Host, startHost } from "./host/start-host.ts";
import { type Person, seat } from "./person/window.ts";
import { editorHost } from "./requirements.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const versions = Object.keys(hostVersions) as HostVersion[];

describe.each(versions)("the extension in a web worker (%s)", (version) => {
  const skipped = lacks(editorHost(version), `the extension in a web worker (${version})`);
  describe.skipIf(skipped)("of the page", () => sitDown(version));
});

/** The same window as elsewhere, but the extension has its web entry only: VS Code runs it in the page, without Node. */
function sitDown(version: HostVersion): void {
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-web-"));
  const folder = join(scratch, "garden");
  const extensions = join(scratch, "extensions");
  let host: Host;
  let person: Person;

  beforeAll(async () => {
    cpSync(path("fixtures/garden/"), folder, { recursive: true });
    installForWeb(join(extensions, "registry-cache-tools.registry-cache-0.0.0"));
    host = await startHost({ version, folder, extensions, settings: { "extensions.webWorker": true } });
    person = seat(host, folder, path(`dist/screenshots/${version}-web/`));
    await host.open([
      ["openFile", host.uri(join(folder, "broken.yaml"))],
      ["skipWelcome", "true"],
    ]);
    await person.line("quay-secert").waitFor();
  }, 60_000);

  afterAll(async () => {
    if (person) await person.shoot("end");
    await host?.close();
    rmSync(scratch, { recursive: true });
  }, 20_000);

  test("finds what is wrong in the open file, with a server in a worker", async () => {
    await person.page.locator(".squiggly-error").first().waitFor();
    await person.run("View: Focus Problems");
    await person.problems.filter({ hasText: '"quay-secert" is not declared in spec.resources' }).waitFor();
  });

  test("knows the files that are not open", async () => {
    await person.openFile("north.yaml");
    await person.putCursor("fleet/north.yaml", "name: ro-quay-v3");
    await person.page.keyboard.press("F12");
    await person.page.locator(".tab.active", { hasText: "quay.yaml" }).waitFor();
  });
}

function installForWeb(target: string): void {
  cpSync(path("../../extension/packaged/extension/"), target, { recursive: true });
  const { main, extensionKind, ...manifest } = JSON.parse(readFileSync(join(target, "package.json"), "utf8"));
  writeFileSync(join(target, "package.json"), JSON.stringify(manifest));
}
