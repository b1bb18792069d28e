import { rotationSecret as secret, rotationShoot as shoot } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import type { Result } from "../text/result.ts";
import { applyFileChange, type FileTexts } from "./apply-file-change.ts";
import { kustomizationsFor } from "./kustomization.ts";
import { planFileRollback } from "./plan-file-rollback.ts";
import type { Blocker, FileRollback } from "./rotation.ts";
import { rotationStatus } from "./status.ts";

function request(files: FileTexts, namespace?: string): Parameters<typeof planFileRollback>[0] {
  const parsed = Object.entries(files).map(([uri, text]) => readManifests(uri, text));
  const findings = conclude(parsed.map((it) => inspect(it)));
  return {
    secret: { name: "quay-v1", namespace },
    files: parsed,
    kustomizations: kustomizationsFor(parsed, Object.keys(files)),
    findingsOf: (uri) => findings.get(uri) ?? [],
  };
}

function plan(files: FileTexts, namespace?: string): Result<FileRollback, readonly Blocker[]> {
  return planFileRollback(request(files, namespace));
}

/** The files after the way back, or why there is none. */
function returned(files: FileTexts, namespace?: string): FileTexts | readonly string[] {
  const planned = plan(files, namespace);
  return planned.ok
    ? applyFileChange(files, planned.value.change)
    : planned.error.map((it) => `${it.kind}: ${it.message}`);
}

const before = { "s.yaml": secret(), "a.yaml": shoot(), "b.yaml": shoot({ name: "b" }) };
const switched = shoot({ target: "quay-v2" });

test("lets every Shoot return, and removes the later version with its line in a kustomization", () => {
  const files = {
    ...before,
    "a.yaml": switched,
    "quay-v2.yaml": secret("quay-v2"),
    "kustomization.yaml": "resources:\n- s.yaml\n- quay-v2.yaml # new\n",
  };
  const planned = plan(files);
  expect(planned.ok && { ...planned.value, change: undefined }).toEqual({
    state: "planned",
    namespace: "garden-a",
    from: ["quay-v2"],
    to: "quay-v1",
    steps: [
      {
        do: "switch-shoot",
        shoot: { name: "a", namespace: "garden-a" },
        entries: [
          {
            index: 0,
            name: "quay",
            from: "quay-v2",
            to: "quay-v1",
            uses: [
              {
                purpose: "credentials",
                upstream: "quay.io",
                field: "spec.extensions[0].providerConfig.caches[0].secretReferenceName",
              },
            ],
          },
        ],
        uri: "a.yaml",
      },
      { do: "unlist-file", path: "quay-v2.yaml", uri: "kustomization.yaml" },
      { do: "delete-secret", secret: { name: "quay-v2", namespace: "garden-a" }, uri: "quay-v2.yaml" },
    ],
    notes: [],
    change: undefined,
  });
  expect(returned(files)).toEqual({ ...before, "kustomization.yaml": "resources:\n- s.yaml\n" });
});

test("several later versions go together, wherever they are written", () => {
  const files = {
    ...before,
    "a.yaml": switched,
    "b.yaml": shoot({ name: "b", target: "quay-v3" }),
    "s.yaml": `${secret()}---\n${secret("quay-v2")}---\n${secret("quay-v3")}`,
  };
  expect(returned(files)).toEqual(before);
});

test("what is of another namespace, or of another Secret, stays", () => {
  const other = {
    "c.yaml": shoot({ namespace: "garden-b", target: "quay-v2" }),
    "d.yaml": shoot({ name: "d", target: "quay-v1-b" }),
    "t.yaml": `${secret("quay-v2", { namespace: "garden-b" })}---\n${secret("quay-v1-b")}`,
  };
  const files = { ...before, ...other, "a.yaml": switched, "quay-v2.yaml": secret("quay-v2") };
  expect(returned(files, "garden-a")).toEqual({ ...before, ...other });
});

test("a later version that something else names stays, and that is said", () => {
  const files = {
    ...before,
    "a.yaml": switched,
    "quay-v2.yaml": secret("quay-v2"),
    "chart.yaml": "name: {{ .x }}\nsecret: quay-v2\n",
  };
  const planned = plan(files);
  expect(planned.ok && planned.value.notes.map((it) => [it.kind, it.message])).toEqual([
    ["kept-manifest", 'Secret "quay-v2" stays, since something names it'],
    ["template", 'a template names "quay-v2", too, and is left as it is'],
  ]);
  expect(returned(files)).toEqual({ ...files, "a.yaml": shoot() });
});

test("where the old Secret is gone there is no way back, and where nothing is later nothing is left to do", () => {
  const { "s.yaml": _, ...gone } = { ...before, "a.yaml": switched, "quay-v2.yaml": secret("quay-v2") };
  expect(returned({ ...gone, "b.yaml": "" })).toEqual([
    'old-gone: Secret "quay-v1" has no manifest in these files any more, so there is no way back to it; to leave "quay-v2", rotate that',
  ]);
  expect(returned({ "a.yaml": "" })).toEqual(['unknown-secret: there is no Secret "quay-v1" in these files']);
  const planned = plan(before);
  expect(planned.ok && planned.value.state).toBe("done");
});

test("stops for findings on the chain, and for no others", () => {
  const files = { ...before, "quay-v2.yaml": secret("quay-v2"), "a.yaml": switched };
  expect(returned({ ...files, "b.yaml": `${shoot({ name: "b", target: "other" })}x: [\n` })).toMatchObject({
    "a.yaml": shoot(),
  });
  expect(returned({ ...files, "a.yaml": `${switched}kind: Shoot\n` })).toEqual([
    'broken-chain: key "kind" is written twice; kubectl keeps the last one without a word',
  ]);
});

test("the old Secret is returned to as it is, right or wrong", () => {
  const wrong = secret().replace("immutable: true\n", "");
  const files = { ...before, "s.yaml": wrong, "a.yaml": switched, "quay-v2.yaml": secret("quay-v2") };
  expect(returned(files)).toEqual({ ...before, "s.yaml": wrong });
});

test("a version that is there and not used yet is what status tells of", () => {
  const stage = (files: FileTexts): unknown => {
    const status = rotationStatus(request(files));
    return status.ok && status.value.stage;
  };
  const next = { "quay-v2.yaml": secret("quay-v2") };
  expect([
    stage(before),
    stage({ ...before, ...next }),
    stage({ ...before, ...next, "a.yaml": switched }),
    stage({ ...before, ...next, "a.yaml": switched, "b.yaml": "" }),
  ]).toEqual(["single", "begun", "mixed", "switched"]);
});

const versions = ["quay-v1", "quay-v2", "quay-v3"];
const apart = Object.fromEntries(versions.map((it) => [`${it}.yaml`, secret(it)]));

test.each([
  ["resources: [quay-v1.yaml, quay-v2.yaml, quay-v3.yaml]\n", "resources: [quay-v1.yaml]\n"],
  ["resources: [quay-v2.yaml, quay-v3.yaml, quay-v1.yaml]\n", "resources: [quay-v1.yaml]\n"],
  ["resources:\n- a.yaml\n- quay-v2.yaml\n- quay-v3.yaml\n", "resources:\n- a.yaml\n"],
  ["resources:\n- quay-v2.yaml\n- quay-v3.yaml\n", "resources: []\n"],
])("two later versions leave the list of a kustomization together: %j", (list, left) => {
  const files = { ...apart, "a.yaml": shoot({ target: "quay-v3" }), "kustomization.yaml": list };
  expect(returned(files)).toEqual({ "quay-v1.yaml": secret(), "a.yaml": shoot(), "kustomization.yaml": left });
});

test("two later versions leave a file that they share, with a Shoot between them or alone", () => {
  const mixed = [secret("quay-v2"), shoot({ target: "quay-v3" }), secret("quay-v3")].join("---\n");
  expect(returned({ "s.yaml": secret(), "a.yaml": mixed })).toEqual({
    "s.yaml": secret(),
    "a.yaml": `---\n${shoot()}`,
  });
  const both = { "later.yaml": [secret("quay-v2"), secret("quay-v3")].join("---\n"), "b.yaml": switched };
  const files = { ...both, "s.yaml": secret(), "kustomization.yaml": "resources:\n- s.yaml\n- later.yaml\n" };
  expect(returned(files)).toEqual({
    "s.yaml": secret(),
    "b.yaml": shoot(),
    "kustomization.yaml": "resources:\n- s.yaml\n",
  });
});
