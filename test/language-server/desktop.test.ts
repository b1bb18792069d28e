import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openServer } from "./server.ts";

const folder = mkdtempSync(join(tmpdir(), "desktop-"));

test("a server on a desktop names the contexts of a kubeconfig", async () => {
  const kubeconfig = join(folder, "config");
  writeFileSync(
    kubeconfig,
    "apiVersion: v1\nkind: Config\ncontexts:\n- {name: garden-dev, context: {}}\n- {name: garden-live, context: {}}\n",
  );
  const server = await openServer();
  expect(await server.request("registryCache/contexts", { kubeconfig })).toEqual(["garden-dev", "garden-live"]);
});

test("a kubeconfig that cannot be read offers no context", async () => {
  const server = await openServer();
  expect(await server.request("registryCache/contexts", { kubeconfig: join(folder, "none") })).toEqual([]);
});
