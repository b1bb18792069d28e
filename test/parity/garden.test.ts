import { expect, test } from "vitest";
import { liveSecret, liveShoot, startGarden } from "../cli/garden.ts";
import { shoot } from "../cli/manifests.ts";
import { type GardenEditor, openGardenEditor } from "../language-server/garden.ts";
import { open, type ShownDiagnostic, uriOf } from "../language-server/server.ts";
import { fixtures } from "./fixtures.ts";
import { allToldByEditor, toldByEditor, toldByLint } from "./told.ts";

const shoots = "shoots.core.gardener.cloud";

/** Secrets of every kind by the names that the fixtures use, and Shoots that are another version of theirs. */
const objects = {
  [shoots]: [
    liveShoot({ name: "crazy-botany", secret: "docker-v2" }),
    liveShoot({ name: "north" }),
    liveShoot({ name: "far", namespace: "garden-far" }),
  ],
  secrets: [
    liveSecret("quay-v1"),
    liveSecret("quay-v2", { immutable: false }),
    liveSecret("docker-secret", { data: { username: "cm9ib3Q=" } }),
    liveSecret("ro-docker-secret-v2", { data: { username: "Cg==", password: "IGE=", more: "" } }),
    liveSecret("docker-v1", { metadata: { deletionTimestamp: "2030-01-01T00:00:00Z", finalizers: ["x"] } }),
    liveSecret("ca-bundle", { data: { "bundle.crt": "bm90IFBFTQ==" } }),
  ],
};
const files = {
  ...fixtures(),
  "fleet/north.yaml": shoot({ name: "north", size: "40Gi" }),
  "fleet/same.yaml": shoot({ name: "north" }).replace("quay-v1", "quay-v2"),
  "fleet/far.yaml": shoot({ name: "far", namespace: "garden-far" }),
  "fleet/open.yaml": shoot({ name: "crazy-botany" }).replace("  namespace: garden-dev\n", ""),
};

test("what an editor with a garden shows of all files is what lint --live tells of them", async () => {
  const garden = await startGarden(objects);
  const editor: GardenEditor = await openGardenEditor(garden, files);
  const { server, folder } = editor;
  const without = toldByLint((await garden.run(["lint", "-R", "-f", ".", "-o", "json"], { cwd: folder })).stdout);
  const { stdout, stderr } = await garden.run(["lint", "--live", "-R", "-f", ".", "-o", "json"], { cwd: folder });
  expect(stderr).toBe("");
  const linted = toldByLint(stdout);
  // The garden makes a difference, to many.
  const different = Object.keys(linted).filter((it) => JSON.stringify(linted[it]) !== JSON.stringify(without[it]));
  expect(different.length).toBeGreaterThan(30);
  await editor.connect();
  await expect.poll(() => allToldByEditor(server, folder), { timeout: 40_000, interval: 300 }).toEqual(linted);
  for (const file of different) {
    const uri = uriOf(`${folder}/${file}`);
    open(server, uri, files[file as keyof typeof files] ?? "");
    const { items } = (await server.request("textDocument/diagnostic", { textDocument: { uri } })) as {
      readonly items: readonly ShownDiagnostic[];
    };
    expect([file, toldByEditor(folder, items)]).toEqual([file, linted[file] ?? []]);
  }
}, 120_000);
