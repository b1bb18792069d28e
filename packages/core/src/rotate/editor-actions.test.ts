import { expect, test } from "vitest";
import { inspect } from "../analyze/inspect.ts";
import { openWorkspace, type Workspace } from "../analyze/open-workspace.ts";
import { readManifests } from "../manifest/manifest.ts";
import { applyFileChange, type FileTexts } from "./apply-file-change.ts";
import { editorActions, resolveAction } from "./editor-actions.ts";
import { rotationFiles } from "./editor-workspace.ts";

function open(files: FileTexts): Workspace {
  return openWorkspace(Object.entries(files).map(([uri, text]) => inspect(readManifests(uri, text))));
}

/** The actions at the first place of a text in a file. */
function actionsAt(files: FileTexts, uri: string, place: string, today?: string): ReturnType<typeof editorActions> {
  const text = files[uri] ?? "";
  const start = text.indexOf(place);
  return editorActions(readManifests(uri, text), { start, end: start }, open(files), today);
}

/** The files after an action, or why it cannot be done. */
function resolved(files: FileTexts, data: unknown): FileTexts | string {
  const textOf = (uri: string) => (uri in files ? readManifests(uri, files[uri] ?? "") : undefined);
  const result = resolveAction(data, textOf, open(files));
  return result.ok ? applyFileChange(files, result.value) : result.error;
}

function shoot(target = "quay-v1", namespace = ", namespace: garden-a"): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: a${namespace} }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        secretReferenceName: quay
  resources:
  - name: quay
    resourceRef: { apiVersion: v1, kind: Secret, name: ${target} }
  - name: other
    resourceRef: { apiVersion: v1, kind: Secret, name: other }
`;
}

function secret(name: string, { username = "robot", password = "invented" } = {}): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  namespace: garden-a
type: Opaque
immutable: true
stringData:
  username: "${username}"
  password: "${password}"
`;
}

const root = "file:///w";
const files = { [`${root}/quay-v1.yaml`]: secret("quay-v1"), [`${root}/s/a.yaml`]: shoot() };
const empty = { username: "", password: "" };

test.each([
  [`${root}/quay-v1.yaml`, "immutable"],
  [`${root}/quay-v1.yaml`, "quay-v1"],
  [`${root}/s/a.yaml`, "quay\n  resources"],
  [`${root}/s/a.yaml`, "name: quay\n"],
  [`${root}/s/a.yaml`, "quay-v1"],
])("in %s at %j the Secret can be rotated", (uri, place) => {
  const actions = actionsAt(files, uri, place, "2026-01-31");
  const data = { do: "rotate", name: "quay-v1", namespace: "garden-a", today: "2026-01-31" };
  expect(actions).toEqual([{ title: "Rotate: create quay-v2 and switch references", kind: "rotate", data }]);
  expect(resolved(files, JSON.parse(JSON.stringify(actions[0]?.data)))).toEqual({
    ...files,
    [`${root}/quay-v2.yaml`]: secret("quay-v2", empty),
    [`${root}/s/a.yaml`]: shoot("quay-v2"),
  });
});

test.each([
  ["apiVersion", `${root}/s/a.yaml`],
  ["name: other\n", `${root}/s/a.yaml`],
  ["upstream", `${root}/s/a.yaml`],
])("nothing is offered at %j", (place, uri) => {
  expect(actionsAt(files, uri, place)).toEqual([]);
});

test("a Secret that is missing can be created beside the Shoot, empty, with the cursor in it", () => {
  const { [`${root}/quay-v1.yaml`]: _, ...missing } = files;
  const [action, ...others] = actionsAt(missing, `${root}/s/a.yaml`, "quay-v1");
  const data = {
    do: "create-secret",
    name: "quay-v1",
    namespace: "garden-a",
    uri: `${root}/s/a.yaml`,
    purpose: "credentials",
  };
  expect([action, others]).toEqual([{ title: 'Create Secret "quay-v1"', kind: "create-secret", data }, []]);
  const after = { ...missing, [`${root}/s/quay-v1.yaml`]: secret("quay-v1", empty) };
  expect(resolved(missing, data)).toEqual(after);
  const result = resolveAction(data, () => undefined, open(missing));
  const [created] = result.ok ? result.value.creates : [];
  expect(created?.text.slice(0, created.cursor).split("\n").at(-1)).toBe('  username: "');
  expect(resolved(after, data)).toBe('Secret "quay-v1" has a manifest already');
  const taken = { ...missing, [`${root}/s/quay-v1.yaml`]: "kind: Shoot\n" };
  expect(resolved(taken, data)).toEqual({ ...taken, [`${root}/s/quay-v1-secret.yaml`]: secret("quay-v1", empty) });
});

test("the Secret that was replaced can be deleted", () => {
  const rotated = { ...files, [`${root}/quay-v2.yaml`]: secret("quay-v2"), [`${root}/s/a.yaml`]: shoot("quay-v2") };
  const [action, ...others] = actionsAt(rotated, `${root}/quay-v1.yaml`, "quay-v1");
  const data = { do: "finish", name: "quay-v1", namespace: "garden-a" };
  const title = "Finish rotation: remove quay-v1";
  expect([action, others]).toEqual([{ title, kind: "finish", data }, []]);
  const atReference = actionsAt(rotated, `${root}/s/a.yaml`, "quay-v2").filter((it) => it.kind === "finish");
  expect(atReference).toEqual([action]);
  const { [`${root}/quay-v1.yaml`]: _, ...after } = rotated;
  expect(resolved(rotated, data)).toEqual(after);
  expect(resolved(after, data)).toBe('Secret "quay-v1" was rotated to "quay-v2" already; nothing is left to do');
});

test("what stands for a Secret is neither rotated nor created again", () => {
  const sealed = {
    [`${root}/s.yaml`]: "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: quay-v1 }\n",
    [`${root}/s/a.yaml`]: shoot(),
  };
  expect(actionsAt(sealed, `${root}/s.yaml`, "quay-v1")).toEqual([]);
  expect(actionsAt(sealed, `${root}/s/a.yaml`, "quay-v1")).toEqual([]);
});

test("what a program must seal is not rotated in an editor, whoever asks", () => {
  const sealed =
    "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: quay-v1, namespace: garden-a }\n";
  expect(resolved({ "a.yaml": shoot(), "s.yaml": sealed }, { do: "rotate", name: "quay-v1" })).toBe(
    'Secret "quay-v1" is sealed, so the new values are needed at once: "Rotate Credential..." of VS Code asks for them, and `kubectl registry-cache rotate -f` in a terminal',
  );
});

test("a Shoot without a namespace takes any Secret of the name", () => {
  const open = { ...files, [`${root}/s/a.yaml`]: shoot("quay-v1", "") };
  const [action] = actionsAt(open, `${root}/s/a.yaml`, "quay-v1");
  expect(action?.data).toEqual({ do: "rotate", name: "quay-v1" });
  expect(resolved(open, action?.data)).toMatchObject({ [`${root}/s/a.yaml`]: shoot("quay-v2", "") });
});

test.each([
  [undefined, "this is no action of a rotation"],
  ["rotate", "this is no action of a rotation"],
  [{ do: "rotate" }, "this is no action of a rotation"],
  [{ do: "other", name: "quay-v1" }, "this is no action of a rotation"],
  [{ do: "create-secret", name: "x", uri: "y", purpose: "z" }, "this is no action of a rotation"],
  [{ do: "rotate", name: "gone" }, 'there is no Secret "gone" in these files'],
])("resolving %j says %j", (data, reason) => {
  expect(resolved(files, data)).toBe(reason);
});

test("of several reasons the first is told, and how many more there are", () => {
  const twice = { ...files, [`${root}/t.yaml`]: secret("quay-v1") };
  expect(resolved(twice, { do: "rotate", name: "quay-v1" })).toBe(
    'Secret "quay-v1" has more than one manifest; keep one of them, and 1 more',
  );
});

test("a plan needs the Secret's versions, who names them, kustomizations and templates, and nothing else", () => {
  const more = {
    ...files,
    [`${root}/b.yaml`]: shoot("quay-v2"),
    [`${root}/c.yaml`]: shoot("docker-v1"),
    [`${root}/n.yaml`]: secret("quay-v2"),
    [`${root}/o.yaml`]: secret("docker-v1"),
    [`${root}/kustomization.yaml`]: "resources: [quay-v1.yaml]\n",
    [`${root}/t.yaml`]: "kind: Shoot\nmetadata: { name: {{ x }} }\n",
  };
  const needed = ["b.yaml", "kustomization.yaml", "n.yaml", "quay-v1.yaml", "s/a.yaml", "t.yaml"];
  const secretId = { name: "quay-v1", namespace: "garden-a" };
  expect([...rotationFiles(secretId, open(more))].sort()).toEqual(needed.map((it) => `${root}/${it}`));
  expect(resolved(more, { do: "rotate", name: "quay-v1" })).toEqual({
    ...more,
    [`${root}/kustomization.yaml`]: "resources: [quay-v1.yaml, n.yaml]\n",
    [`${root}/s/a.yaml`]: shoot("quay-v2"),
  });
});
