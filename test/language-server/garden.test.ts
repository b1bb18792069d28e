import { join } from "node:path";
import { readCursor } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { liveSecret, liveShoot, planted, putObject, startGarden, type TestGarden } from "../cli/garden.ts";
import { shoot } from "../cli/manifests.ts";
import { type GardenEditor, openGardenEditor } from "./garden.ts";
import { change, open, uriOf } from "./server.ts";

const shoots = "shoots.core.gardener.cloud";
const dying = { metadata: { deletionTimestamp: "2030-01-01T00:00:00Z", finalizers: ["x"] } };
const mutable = { immutable: false, data: { username: "cm9ib3Q=" } };

/** Waits until the findings are these. */
async function finds({ findings }: GardenEditor, expected: readonly string[]): Promise<void> {
  await expect.poll(findings, { timeout: 20_000, interval: 50 }).toEqual(expected);
}

/** What a garden was asked, without the rest of addresses that differ from run to run. */
function asked({ server }: TestGarden): readonly string[] {
  return server.requests.map(({ url }) => url);
}

describe("a garden is asked only when somebody chose it", () => {
  test("and never where nobody trusts the folders", async () => {
    const garden = await startGarden({});
    const editor = await openGardenEditor(garden, {}, { trusted: false });
    const target = { kubeconfig: editor.kubeconfig, context: "test" };
    for (const request of ["connect", "projects"]) {
      const answer = await editor.server.ask(`registryCache/garden/${request}`, target);
      const message = "the folders are not trusted, so no garden is asked";
      expect(answer).toEqual({ error: { code: -32803, message } });
    }
    expect(asked(garden)).toEqual([]);
  });

  test("its contexts are read without asking anybody", async () => {
    const garden = await startGarden({});
    const user = { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "gardenlogin" } };
    const { server, kubeconfig } = await openGardenEditor(garden, {}, { user });
    expect(await server.request("registryCache/garden/contexts", { kubeconfig })).toEqual([
      {
        name: "test",
        current: true,
        server: garden.server.url.slice("https://".length),
        namespace: "garden-dev",
        program: "gardenlogin",
      },
    ]);
    expect(await server.ask("registryCache/garden/contexts", { kubeconfig: "/none" })).toMatchObject({
      error: { message: 'error: cannot read the kubeconfig "/none": no such file or directory' },
    });
    expect(asked(garden)).toEqual([]);
  });

  test.each([
    ["operators see all projects", "admin", ["dev", "far"]],
    ["a member sees the own ones", "member", ["dev"]],
  ])("%s to choose from", async (_, token, expected) => {
    const project = (name: string): object => ({ metadata: { name }, spec: { namespace: `garden-${name}` } });
    const grants = [
      {
        subjects: ["member"],
        verbs: ["get"],
        groups: ["core.gardener.cloud"],
        resources: ["projects"],
        names: ["dev"],
      },
    ];
    const objects = { "projects.core.gardener.cloud": [project("dev"), project("far")] };
    const garden = await startGarden(objects, { users: ["member"], grants });
    const { server, kubeconfig } = await openGardenEditor(garden, {}, { token });
    const projects = await server.request("registryCache/garden/projects", { kubeconfig, context: "test" });
    expect(projects).toEqual(expected.map((it) => ({ project: it, namespace: `garden-${it}` })));
  });
});

test("a connected garden's Secrets and Shoots are facts for the findings of manifests", async () => {
  const garden = await startGarden({
    [shoots]: [liveShoot({ name: "a" }), liveShoot({ name: "b", secret: "quay-v2" })],
    secrets: [liveSecret(), liveSecret("quay-v2"), liveSecret("loose", mutable), liveSecret("dying", dying)],
  });
  const editor = await openGardenEditor(garden, {
    "a.yaml": shoot({ name: "a" }),
    "b.yaml": shoot({ name: "b" }),
    "dying.yaml": shoot({ name: "late" }).replace("quay-v1", "dying"),
    "grown.yaml": shoot({ name: "a", size: "40Gi" }),
    "loose.yaml": shoot({ name: "wide" }).replace("quay-v1", "loose"),
    "new.yaml": shoot({ name: "new" }).replace("quay-v1", "quay-v9"),
    "open.yaml": shoot({ name: "b" }).replace("  namespace: garden-dev\n", ""),
  });
  await finds(editor, []);
  expect(await editor.connect()).toMatchObject({ phase: "connected", context: "test", namespace: "garden-dev" });
  const found = [
    "b.yaml RC301",
    "dying.yaml RC206",
    "grown.yaml RC123",
    "loose.yaml RC208",
    "loose.yaml RC209",
    "new.yaml RC205",
    "open.yaml RC301",
  ];
  await finds(editor, found);
  await editor.server.request("registryCache/garden/disconnect");
  await finds(editor, []);
});

test("what is open follows the garden, and the garden what is written", async () => {
  const garden = await startGarden({ [shoots]: [liveShoot({ name: "a" })], secrets: [liveSecret()] });
  const editor = await openGardenEditor(garden, { "a.yaml": shoot({ name: "a" }) });
  const uri = uriOf(join(editor.folder, "a.yaml"));
  const codes = async (): Promise<readonly string[]> => {
    const report = await editor.server.request("textDocument/diagnostic", { textDocument: { uri } });
    return (report as { items: readonly { code: string }[] }).items.map((it) => it.code);
  };
  const polled = (expected: readonly string[]): Promise<void> =>
    expect.poll(codes, { timeout: 20_000 }).toEqual(expected);
  open(editor.server, uri, shoot({ name: "a" }));
  await editor.connect();
  change(editor.server, uri, 2, shoot({ name: "a" }).replace("quay-v1", "quay-v2"));
  await polled(["RC205", "RC301"]);
  putObject(garden.server.store, "secrets", liveSecret("quay-v2"));
  await polled(["RC301"]);
  putObject(garden.server.store, shoots, liveShoot({ name: "a", secret: "quay-v2", metadata: { generation: 4 } }));
  await polled([]);
  change(editor.server, uri, 3, shoot({ name: "a", size: "40Gi" }).replace("quay-v1", "quay-v2"));
  await polled(["RC123"]);
  putObject(garden.server.store, "secrets", liveSecret("quay-v2", dying));
  await polled(["RC123", "RC206"]);
});

test("the garden's Secrets are offered as such, also where no namespace is written", async () => {
  const garden = await startGarden({ secrets: [liveSecret("quay-v1"), liveSecret("quay-v2")] });
  const editor = await openGardenEditor(garden, {});
  await editor.connect();
  const { text, offset } = readCursor(
    shoot().replace("name: quay-v1", "name: <|>").replace("  namespace: garden-dev\n", ""),
  );
  const uri = uriOf(join(editor.folder, "new.yaml"));
  open(editor.server, uri, text);
  const line = text.slice(0, offset).split("\n").length - 1;
  const offered = async (): Promise<unknown> => {
    const position = { line, character: "      name: ".length };
    const { items } = (await editor.server.request("textDocument/completion", { textDocument: { uri }, position })) as {
      items: readonly { label: string; detail: string }[];
    };
    return items.map(({ label, detail }) => `${label} ${detail}`);
  };
  await expect.poll(offered, { timeout: 20_000 }).toEqual(["quay-v1 in the garden", "quay-v2 in the garden"]);
});

test("values are asked for of those Secrets only that a manifest names and none writes, and are in nothing that is sent", async () => {
  const names = ["quay-v1", "quay-v2", "written", "other"];
  const garden = await startGarden({
    [shoots]: [liveShoot({ name: "a" }), liveShoot({ name: "b", secret: "other" })],
    secrets: names.map((it) => liveSecret(it)),
  });
  const { metadata, ...fields } = { ...liveSecret("written") } as { metadata: object };
  const editor = await openGardenEditor(garden, {
    "a.yaml": shoot({ name: "a" }),
    "c.yaml": shoot({ name: "c" }).replace("quay-v1", "written"),
    "secret.yaml": JSON.stringify({ ...fields, metadata: { name: "written", namespace: "garden-dev" } }),
  });
  await editor.connect();
  await expect
    .poll(() => asked(garden).filter((it) => it.includes("/secrets/")), { timeout: 20_000 })
    .toEqual(["/api/v1/namespaces/garden-dev/secrets/quay-v1"]);
  for (const request of ["state", "shoots"]) await editor.server.request(`registryCache/garden/${request}`);
  await editor.server.request("registryCache/garden/shoot", { namespace: "garden-dev", name: "a" });
  const lists = garden.server.requests.filter((it) => /\/secrets\?/.test(it.url));
  expect(lists.filter((it) => !String(it.headers["accept"]).includes("PartialObjectMetadata"))).toEqual([]);
  const said = JSON.stringify(editor.server.received) + editor.server.stderr();
  expect(said).not.toContain(planted);
  expect(said).not.toContain(Buffer.from(planted).toString("base64"));
});
