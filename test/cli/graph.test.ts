import { expect, test } from "vitest";
import { liveSecret, liveShoot, startGarden } from "./garden.ts";
import { secret, shoot } from "./manifests.ts";
import { run, scratch } from "./plugin.ts";

const drawn = `flowchart LR
  n0("crazy-botany<br/>garden-dev")
  n1("quay.io")
  n2("quay")
  n3("quay-v1NOTE")
  n0 --> n1
  n1 --> n2
  n2 --> n3
`;

const sound = secret().replace("type: Opaque", "type: Opaque\nimmutable: true");

test("files are drawn without a garden", () => {
  const cwd = scratch({ "a.yaml": shoot(), "s.yaml": sound, "b.yaml": shoot({ name: "b" }) });
  expect(run(["graph", "-f", ".", "crazy-botany"], { cwd })).toEqual({
    code: 0,
    stdout: drawn.replace("NOTE", ""),
    stderr: "",
  });
  expect(run(["graph", "-f", ".", "-o", "dot", "b"], { cwd }).stdout).toMatch(/^digraph registry_cache \{\n/);
  expect(run(["graph", "-f", ".", "-o", "svg", "b"], { cwd }).stdout).toMatch(/^<svg .*<\/svg>\n$/s);
});

test("a Shoot or a file that is not there is told", () => {
  const cwd = scratch({ "a.yaml": shoot() });
  expect(run(["graph", "-f", ".", "gone"], { cwd })).toMatchObject({
    code: 2,
    stderr: 'error: there is no Shoot "gone" with a cache in these files\n',
  });
  expect(run(["graph", "-f", "gone"], { cwd })).toEqual({
    code: 2,
    stdout: "",
    stderr: "error: gone: no such file or directory\n",
  });
});

test("a garden is drawn with what it knows of Secrets", async () => {
  const garden = await startGarden({
    "shoots.core.gardener.cloud": [liveShoot(), liveShoot({ name: "none", spec: { extensions: [] } })],
    secrets: [liveSecret()],
  });
  expect(await garden.run(["graph"])).toEqual({
    code: 0,
    stdout: drawn.replace("NOTE", "<br/>in the garden"),
    stderr: "",
  });
  expect(await garden.run(["graph", "none"])).toMatchObject({ code: 0, stderr: "No caches or mirrors found\n" });
});
