import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gardenerOpenApi, kubeconfigFor } from "@registry-cache/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { liveSecret, liveShoot, startGarden } from "../cli/garden.ts";
import { gardenChanges, newerShoot } from "../language-server/kept-schema.ts";
import { lacks } from "../requirements.ts";
import { startHost } from "./host/start-host.ts";
import { seat } from "./person/window.ts";
import { editorHost } from "./requirements.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const version = "current";
const skipped = lacks(editorHost(version), "a person who pulls a garden's schema");

describe.skipIf(skipped)("a person who is connected to a garden", () => {
  test("pulls its schema, is told what differs, and sees its fields known at once", async () => {
    const scratch = mkdtempSync(join(tmpdir(), "registry-cache-schema-"));
    const folder = join(scratch, "manifests");
    mkdirSync(folder);
    writeFileSync(join(folder, "newer.yaml"), newerShoot);
    const garden = await startGarden(
      { "shoots.core.gardener.cloud": [liveShoot()], secrets: [liveSecret()] },
      { openApi: { "apis/core.gardener.cloud/v1beta1": gardenerOpenApi(gardenChanges) } },
    );
    const kubeconfig = join(scratch, "kubeconfig.yaml");
    writeFileSync(kubeconfig, kubeconfigFor(garden.server, { namespace: "garden-dev" }));
    keepCachesIn(join(scratch, "cache"));
    const host = await startHost({
      version,
      folder,
      vsix: [path("../../extension/packaged/registry-cache.vsix")],
      settings: { "registryCache.kubeconfig": kubeconfig },
    });
    onTestFinished(async () => {
      await host.close();
      rmSync(scratch, { recursive: true });
    });
    const person = seat(host, folder, path("dist/screenshots/schema/"));
    const toast = (text: string) => person.page.locator(".notification-toast", { hasText: text });
    await host.open([
      ["openFile", host.uri(join(folder, "newer.yaml"))],
      ["skipWelcome", "true"],
    ]);
    await person.line("bootMode").waitFor();
    await person.run("View: Focus Problems");
    await person.problems.filter({ hasText: 'unknown field "spec.provider.workers[0].bootMode"' }).waitFor();
    await person.run("Registry Cache: Connect to Garden...");
    await person.pick("current context of kubectl", "choose-context");
    await person.pick("namespace of the context", "choose-project");
    await toast("Connect Always Here").getByText("Ask Me").click();
    await person.shoot("before");
    await person.run("Registry Cache: Pull Garden Schema");
    await toast('The schema of "test" is kept.').waitFor();
    await person.problems.filter({ hasText: 'the garden has no field "spec.systemComponents"' }).waitFor();
    await person.shoot("pulled");
    expect(await person.problems.filter({ hasText: "bootMode" }).count()).toBe(0);
    await toast("Fields that are new here: 1, that it lacks: 1.").getByText("Show Fields").click();
    await person.line("spec.provider.workers[].bootMode").waitFor();
    await person.line("spec.systemComponents").waitFor();
    await person.shoot("fields");
  }, 180_000);
});

/** The window's programs keep what they keep for this test alone; where VS Code itself is was read before. */
function keepCachesIn(directory: string): void {
  const before = process.env["XDG_CACHE_HOME"];
  process.env["XDG_CACHE_HOME"] = directory;
  onTestFinished(() => {
    if (before === undefined) delete process.env["XDG_CACHE_HOME"];
    else process.env["XDG_CACHE_HOME"] = before;
  });
}
