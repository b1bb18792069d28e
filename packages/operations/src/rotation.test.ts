import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FileChange, NewValues } from "@registry-cache/core";
import { applyEdits } from "@registry-cache/core";
import { makeScratch } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { offerSecrets } from "./offer-secrets.ts";
import { type OpenRotation, openRotation } from "./rotation.ts";

const values: NewValues = { purpose: "credentials", username: "robot", password: "invented-2" };
const today = "2026-01-31";

function shoot(name: string, target = "quay-v1", namespace = "garden-a"): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        secretReferenceName: quay
        volume: { size: 20Gi }
  resources:
  - name: quay
    resourceRef: { apiVersion: v1, kind: Secret, name: ${target} }
`;
}

function secret(name: string, password = "invented-1", namespace = "garden-a"): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  namespace: ${namespace}
type: Opaque
immutable: true
stringData:
  username: "robot"
  password: "${password}"
`;
}

const files = {
  ".git/HEAD": "",
  // None of the words of our kinds is in it.
  "kustomization.yaml": "resources:\n- app/secrets/quay-v1.yaml\n",
  "app/secrets/quay-v1.yaml": secret("quay-v1"),
  "app/shoots/a.yaml": shoot("a"),
  "app/shoots/deep/er/b.yaml": `${shoot("b")}---\n${shoot("c")}`,
  "app/other.yaml": "kind: ConfigMap\nmetadata: { name: x }\n",
};

const rotated = {
  ...files,
  "kustomization.yaml": "resources:\n- app/secrets/quay-v1.yaml\n- app/secrets/quay-v2.yaml\n",
  "app/secrets/quay-v2.yaml": secret("quay-v2", "invented-2"),
  "app/shoots/a.yaml": shoot("a", "quay-v2"),
  "app/shoots/deep/er/b.yaml": `${shoot("b", "quay-v2")}---\n${shoot("c", "quay-v2")}`,
};

const { "app/secrets/quay-v1.yaml": _, ...left } = rotated;
const finished = { ...left, "kustomization.yaml": "resources:\n- app/secrets/quay-v2.yaml\n" };

function scratch(content: { readonly [path: string]: string | Uint8Array } = files): string {
  const root = makeScratch(content);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

function textsIn(root: string): { readonly [path: string]: string } {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((it) =>
    statSync(join(root, it)).isFile(),
  );
  return Object.fromEntries(paths.sort().map((it) => [it, readFileSync(join(root, it), "utf8")]));
}

function open(root: string, name = "quay-v1", namespace?: string): OpenRotation {
  return openRotation({ names: [join(root, "app")], secret: { name, namespace } });
}

function rotationOf(rotation: OpenRotation): FileChange {
  const planned = rotation.planRotation({ values, today });
  if (!planned.ok) throw new Error(JSON.stringify(planned.error));
  return planned.value.change;
}

function finishOf(rotation: OpenRotation): FileChange {
  const planned = rotation.planFinish();
  if (!planned.ok) throw new Error(JSON.stringify(planned.error));
  return planned.value.change;
}

test("rotates in a tree of folders, and in the kustomization above it", async () => {
  const root = scratch();
  chmodSync(join(root, "app/secrets/quay-v1.yaml"), 0o640);
  const rotation = open(root);
  const done: string[] = [];
  expect(
    await rotation.write(rotationOf(rotation), (action, uri) => done.push(`${action} ${uri.slice(root.length + 1)}`)),
  ).toBeUndefined();
  expect(done).toEqual([
    "create app/secrets/quay-v2.yaml",
    "replace kustomization.yaml",
    "replace app/shoots/a.yaml",
    "replace app/shoots/deep/er/b.yaml",
  ]);
  expect(textsIn(root)).toEqual(rotated);
  expect(statSync(join(root, "app/secrets/quay-v2.yaml")).mode & 0o777).toBe(0o640);
  const second = open(root);
  expect([rotationOf(second), rotationOf(second)]).toEqual([
    { edits: [], creates: [], deletes: [] },
    { edits: [], creates: [], deletes: [] },
  ]);
  const end = open(root);
  expect(await end.write(finishOf(end), () => undefined)).toBeUndefined();
  expect(textsIn(root)).toEqual(finished);
});

/** Does the first steps of a change, as if the program had stopped then. */
function carryOutPartly(change: FileChange, steps: number): void {
  const actions = [
    ...change.creates.map(
      ({ uri, text }) =>
        () =>
          writeFileSync(uri, text),
    ),
    ...change.edits.map(
      ({ uri, edits }) =>
        () =>
          writeFileSync(uri, applyEdits(readFileSync(uri, "utf8"), edits)),
    ),
    ...change.deletes.map((uri) => () => rmSync(uri)),
  ];
  for (const act of actions.slice(0, steps)) act();
}

test.each([0, 1, 2, 3, 4])(
  "a rotation that stopped after %i files is finished by the same plan again",
  async (steps) => {
    const root = scratch();
    carryOutPartly(rotationOf(open(root)), steps);
    const again = open(root);
    expect(await again.write(rotationOf(again), () => undefined)).toBeUndefined();
    expect(textsIn(root)).toEqual(rotated);
  },
);

test.each([0, 1, 2])(
  "the end of a rotation that stopped after %i files is finished by the same plan again",
  async (steps) => {
    const root = scratch(rotated);
    carryOutPartly(finishOf(open(root)), steps);
    const again = open(root);
    expect(await again.write(finishOf(again), () => undefined)).toBeUndefined();
    expect(textsIn(root)).toEqual(finished);
  },
);

test("a file that changes meanwhile stops the writing, and nothing behind it is touched", async () => {
  const root = scratch();
  const rotation = open(root);
  const change = rotationOf(rotation);
  const edited = `${shoot("a")}# by hand\n`;
  writeFileSync(join(root, "app/shoots/a.yaml"), edited);
  expect(await rotation.write(change, () => undefined)).toEqual({
    file: join(root, "app/shoots/a.yaml"),
    message: "changed since it was read, not touched",
  });
  expect(textsIn(root)).toEqual({
    ...rotated,
    "app/shoots/a.yaml": edited,
    "app/shoots/deep/er/b.yaml": files["app/shoots/deep/er/b.yaml"],
  });
});

test("tells what cannot be read, since it may name the Secret", () => {
  const root = scratch({ ...files, "app/utf16.yaml": Buffer.from("\ufeffkind: Shoot", "utf16le") });
  expect(open(root).problems).toEqual([{ file: join(root, "app/utf16.yaml"), message: "is UTF-16, save it as UTF-8" }]);
  expect(openRotation({ names: [join(root, "gone")], secret: { name: "x", namespace: undefined } }).problems).toEqual([
    { file: join(root, "gone"), message: "no such file or directory" },
  ]);
});

test("a kustomization that is not UTF-8 is not written to", () => {
  const root = scratch({
    ...files,
    "kustomization.yaml": Buffer.from("# \xff\nresources: [app/secrets/quay-v1.yaml]\n", "latin1"),
  });
  expect(open(root).problems).toEqual([
    { file: join(root, "kustomization.yaml"), message: "is not all UTF-8, save it as UTF-8" },
  ]);
});

test("sees names in files that hold nothing else of ours", () => {
  const patch = "- op: replace\n  path: /spec/resources/0/resourceRef/name\n  value: quay-v1\n";
  const root = scratch({ ...files, "app/patch.yaml": patch });
  const planned = open(root).planRotation({ values, today });
  expect(planned.ok && planned.value.notes.map((it) => [it.message, it.place?.uri])).toEqual([
    ['a document without a kind names "quay-v1", too, and is left as it is', join(root, "app/patch.yaml")],
  ]);
});

test("finds the name however it is spelt", () => {
  const spelt = shoot("e").replace("name: quay-v1", 'name: "quay\\u002dv1"');
  const root = scratch({ ...files, "app/e.yaml": spelt });
  const change = rotationOf(open(root));
  expect(change.edits.map((it) => it.uri.slice(root.length + 1))).toEqual([
    "kustomization.yaml",
    "app/e.yaml",
    "app/shoots/a.yaml",
    "app/shoots/deep/er/b.yaml",
  ]);
});

test("tells of a file that changes between the two looks at it", () => {
  const root = scratch();
  const first = join(root, "app/secrets/quay-v1.yaml");
  const rotation = openRotation(
    { names: [join(root, "app")], secret: { name: "quay-v1", namespace: undefined } },
    (done, total) => {
      if (done === total - 1) writeFileSync(first, `${secret("quay-v1")}# by hand\n`);
    },
  );
  expect(rotation.problems).toEqual([{ file: first, message: "changed while it was checked, run again" }]);
});

test("takes the version that a Shoot elsewhere in the tree uses for taken", () => {
  const root = scratch({ ...files, "app/z.yaml": shoot("z", "quay-v2") });
  const planned = open(root).planRotation({ values, today });
  expect(planned.ok && planned.value.to).toBe("quay-v3");
});

test("knows what a new Secret brings that would be found", () => {
  const rotation = open(scratch());
  const planned = rotation.planRotation({ values: { ...values, username: "a b", password: "x\n" }, today });
  const brought = planned.ok ? rotation.findingsBrought(planned.value.change) : [];
  expect(brought.map(({ code, severity }) => `${code} ${severity}`)).toEqual(["RC210 error", "RC213 error"]);
  expect(rotation.findingsBrought(rotationOf(rotation))).toEqual([]);
});

test("what was found before is not brought, and what a removal lays open is", () => {
  const unused = `${shoot("a")}  - name: unused\n    resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }\n`;
  const before = open(scratch({ ...files, "app/shoots/a.yaml": unused }));
  expect(before.findingsBrought(rotationOf(before))).toEqual([]);
  const end = open(
    scratch({
      ...rotated,
      "app/b.yaml": shoot("b", "quay-v1", "garden-b"),
      "app/c.yaml": secret("docker-v1", "x", "garden-b"),
    }),
    "quay-v1",
    "garden-a",
  );
  expect(end.findingsBrought(finishOf(end)).map(({ code, uri }) => `${code} ${uri.slice(-6)}`)).toEqual([
    "RC205 b.yaml",
  ]);
});

test("gives the texts before and after, with empty ones where a file comes or goes", () => {
  const root = scratch(rotated);
  const rotation = open(root);
  const old = join(root, "app/secrets/quay-v1.yaml");
  expect(rotation.changesOf(finishOf(rotation))).toEqual([
    {
      uri: join(root, "kustomization.yaml"),
      before: rotated["kustomization.yaml"],
      after: finished["kustomization.yaml"],
    },
    { uri: old, before: secret("quay-v1"), after: "" },
  ]);
  expect([rotation.readText(old), rotation.readText("gone")]).toEqual([secret("quay-v1"), undefined]);
});

test("offers the Secrets that are declared or named, with how many Shoots use them", () => {
  const root = scratch({ ...files, "app/z.yaml": shoot("z", "docker-v1"), "app/s.yaml": secret("left-v1") });
  expect(offerSecrets([root, join(root, "gone")])).toEqual([
    { word: "docker-v1", summary: "Used by 1 Shoot." },
    { word: "left-v1", summary: "Used by 0 Shoots." },
    { word: "quay-v1", summary: "Used by 3 Shoots." },
  ]);
});
