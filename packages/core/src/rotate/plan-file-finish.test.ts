import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { rules } from "../rules/index.ts";
import { applyFileChange, type FileTexts } from "./apply-file-change.ts";
import { blockingRules } from "./blocking-findings.ts";
import { planFileFinish } from "./plan-file-finish.ts";
import { planFileRotation } from "./plan-file-rotation.ts";
import type { RotationFiles } from "./request.ts";
import { rotationStatus } from "./status.ts";

function request(files: FileTexts, namespace?: string, name = "quay-v1"): RotationFiles {
  const parsed = Object.entries(files).map(([uri, text]) => readManifests(uri, text));
  const findings = conclude(parsed.map((it) => inspect(it)));
  return {
    secret: { name, namespace },
    files: parsed,
    kustomizations: [],
    findingsOf: (uri) => findings.get(uri) ?? [],
  };
}

/** What stops a plan: the kinds with their codes, messages and lines. */
function blockers(
  files: FileTexts,
  make: (of: RotationFiles) => ReturnType<typeof planFileFinish | typeof planFileRotation>,
  namespace?: string,
): readonly string[] {
  const planned = make(request(files, namespace));
  if (planned.ok) return [];
  return planned.error.map(({ kind, code, message, place }) => {
    const line = place && (files[place.uri] ?? "").slice(0, place.span.start).split("\n").length;
    return `${kind}${code ? ` ${code}` : ""}: ${message}${place ? ` (${place.uri}:${line})` : ""}`;
  });
}

interface Shoot {
  readonly name?: string;
  readonly namespace?: string;
  readonly target?: string;
  readonly kind?: string;
  readonly more?: string;
  readonly extension?: string;
}

function shoot({
  name = "a",
  namespace = "garden-a",
  target = "quay-v1",
  kind = "Secret",
  more = "",
  extension = "",
}: Shoot = {}): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}${namespace ? `, namespace: ${namespace}` : ""} }
spec:
  resources:
  - name: quay
    resourceRef: { apiVersion: v1, kind: ${kind}, name: ${target} }
${more}  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        secretReferenceName: quay
${extension}`;
}

function secret(name = "quay-v1", { namespace = "garden-a", password = "invented" } = {}): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}${namespace ? `, namespace: ${namespace}` : ""} }
type: Opaque
immutable: true
stringData: { username: robot, password: "${password}" }
`;
}

const simple = { "s.yaml": secret(), "a.yaml": shoot() };
const rotated = { "s.yaml": secret(), "s2.yaml": secret("quay-v2"), "a.yaml": shoot({ target: "quay-v2" }) };

test.each<readonly [string, FileTexts, readonly string[]]>([
  [
    "a Secret that is not there",
    { "a.yaml": shoot({ target: "x" }) },
    ['unknown-secret: there is no Secret "quay-v1" in these files'],
  ],
  [
    "a name that is nearly right",
    { "s.yaml": secret("quai-v1") },
    ['unknown-secret: there is no Secret "quay-v1" in these files; did you mean "quai-v1"'],
  ],
  [
    "a Secret without a manifest",
    { "a.yaml": shoot() },
    ['unknown-secret: Secret "quay-v1" has no manifest in these files; name the folder that holds it, too (a.yaml:7)'],
  ],
  [
    "two namespaces",
    { ...simple, "b.yaml": secret("quay-v1", { namespace: "garden-b" }) },
    ['ambiguous-namespace: Secret "quay-v1" is in the namespaces garden-a, garden-b; choose one with -n'],
  ],
  [
    "two namespaces of Shoots where the Secret leaves it open",
    { "s.yaml": secret("quay-v1", { namespace: "" }), "a.yaml": shoot(), "b.yaml": shoot({ namespace: "garden-b" }) },
    ['ambiguous-namespace: Secret "quay-v1" is in the namespaces garden-a, garden-b; choose one with -n'],
  ],
  [
    "two manifests",
    { ...simple, "t.yaml": secret() },
    [
      'several-manifests: Secret "quay-v1" has more than one manifest; keep one of them (s.yaml:3)',
      'several-manifests: Secret "quay-v1" has more than one manifest; keep one of them (t.yaml:3)',
    ],
  ],
  [
    "a SealedSecret",
    {
      "a.yaml": shoot(),
      "s.yaml": "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: quay-v1 }\n",
    },
    [
      'not-plain: Secret "quay-v1" is sealed, and only kubeseal can write its values; seal "quay-v2" with kubeseal, then let the Shoots name it (s.yaml:3)',
    ],
  ],
  [
    "an ExternalSecret",
    {
      "a.yaml": shoot(),
      "s.yaml": "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: quay-v1 }\n",
    },
    [
      'not-plain: Secret "quay-v1" is kept in the store of an ExternalSecret; add an ExternalSecret for "quay-v2", then let the Shoots name it (s.yaml:3)',
    ],
  ],
  [
    "SOPS",
    { "a.yaml": shoot(), "s.yaml": `${secret()}sops: { mac: x }\n` },
    [
      'not-plain: Secret "quay-v1" is encrypted by SOPS, and only sops can write its values; write "quay-v2" with sops, then let the Shoots name it (s.yaml:3)',
    ],
  ],
  [
    "a generator",
    { "a.yaml": shoot(), "kustomization.yaml": "kind: Kustomization\nsecretGenerator:\n- name: quay-v1\n" },
    [
      'not-plain: Secret "quay-v1" is made by a generator of kustomize; add a generator for "quay-v2", then let the Shoots name it (kustomization.yaml:3)',
    ],
  ],
  [
    "a Secret that nobody uses",
    { "s.yaml": secret(), "a.yaml": shoot({ target: "docker-v1" }) },
    ['not-used: no Shoot in these files uses Secret "quay-v1" (s.yaml:3)'],
  ],
  [
    "a Secret that only something else uses",
    { "s.yaml": secret(), "a.yaml": shoot().replace("secretReferenceName: quay", "remoteURL: https://quay.io") },
    ['not-used: no cache and no mirror uses Secret "quay-v1", so what it must hold is not known (s.yaml:3)'],
  ],
  [
    "a Shoot that cannot be read to its end",
    { ...simple, "b.yaml": `${shoot({ name: "b" })}x: [\n` },
    ["broken-chain RC001: this `[` is not closed (b.yaml:16)"],
  ],
  [
    "the same key twice",
    { ...simple, "a.yaml": `${shoot()}kind: Shoot\n` },
    ['broken-chain RC002: key "kind" is written twice; kubectl keeps the last one without a word (a.yaml:16)'],
  ],
  [
    "an entry of another kind",
    { ...simple, "b.yaml": shoot({ name: "b", kind: "ConfigMap" }) },
    ['broken-chain RC202: the entry "quay" of spec.resources is of kind "ConfigMap"; it must be a Secret (b.yaml:15)'],
  ],
  [
    "two entries of one name",
    {
      ...simple,
      "a.yaml": shoot({ more: "  - name: quay\n    resourceRef: { apiVersion: v1, kind: Secret, name: docker-v1 }\n" }),
    },
    ['broken-chain RC203: spec.resources declares "quay" twice (a.yaml:8)'],
  ],
  [
    "an entry that lacks its apiVersion",
    { ...simple, "a.yaml": shoot().replace("apiVersion: v1, ", "") },
    ['broken-chain RC223: "spec.resources[0].resourceRef.apiVersion" is required (a.yaml:7)'],
  ],
])("%s stops a rotation", (_, files, expected) => {
  expect(blockers(files, planFileRotation)).toEqual(expected);
});

test("what is wrong elsewhere does not stop a rotation", () => {
  const files = {
    "s.yaml": secret().replace("immutable: true\n", ""),
    "a.yaml": `${shoot({ more: "  - name: x\n  - name: x\n" })}      - upstream: "not an upstream"\n        secretReferenceName: nothing\n---\nx: [\n`,
    "b.yaml": "kind: Shoot\nx: [\n",
  };
  const codes = Object.keys(files).flatMap((uri) =>
    request(files)
      .findingsOf(uri)
      .map((it) => it.code),
  );
  expect([...new Set(codes)].sort()).toEqual(["RC001", "RC012", "RC102", "RC201", "RC203", "RC208"]);
  expect(blockers(files, planFileRotation)).toEqual([]);
});

test("a namespace chooses between Secrets of one name", () => {
  const files = {
    ...simple,
    "b.yaml": secret("quay-v1", { namespace: "garden-b" }),
    "c.yaml": shoot({ name: "c", namespace: "garden-b" }),
  };
  const planned = planFileRotation(request(files, "garden-b"));
  expect(planned.ok && planned.value.steps).toMatchObject([
    { do: "create-secret", secret: { name: "quay-v2", namespace: "garden-b" } },
    { do: "switch-shoot", shoot: { name: "c" } },
  ]);
  expect(blockers(files, planFileRotation, "garden-c")).toEqual([
    'unknown-secret: there is no Secret "quay-v1" in namespace "garden-c" in these files',
  ]);
});

test("every rule that stops a rotation is in the table of rules and says why", () => {
  expect(blockingRules.filter(({ rule, why }) => !rules.includes(rule) || why.length < 10)).toEqual([]);
});

test("names who else gets the new Secret, and what is left as it is", () => {
  const files = {
    ...simple,
    "a.yaml": shoot({
      more: "  - name: other\n    resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }\n  dns: { providers: [{ secretName: quay-v1 }] }\n",
      extension: "  - type: shoot-lakom-service\n    providerConfig: { pullSecret: quay }\n",
    }),
    "t.yaml": `${shoot({ name: "{{ .Values.name }}" })}# quay-v1\n`,
    "binding.yaml":
      "kind: SecretBinding\nmetadata: { name: quay-v1, namespace: garden-a }\nsecretRef: { name: quay-v1 }\n",
    "kustomization.yaml":
      "resources: [quay-v1]\npatches:\n- patch: |-\n    - { op: replace, path: /x, value: quay-v1 }\n",
    "elsewhere.yaml": "kind: SecretBinding\nmetadata: { name: x, namespace: garden-b }\nsecretRef: { name: quay-v1 }\n",
  };
  const planned = planFileRotation({
    ...request(files),
    values: { purpose: "credentials", username: "u", password: "p" },
  });
  expect(
    planned.ok && planned.value.notes.map(({ kind, message, place }) => `${kind}: ${message} (${place?.uri})`),
  ).toEqual([
    'other-use: the entry "quay" of Shoot "a" is used by the extension shoot-lakom-service, too, which gets the new Secret (a.yaml)',
    'other-use: the entry "other" of Shoot "a" is used by no cache or mirror; whoever uses it gets the new Secret (a.yaml)',
    'named-elsewhere: dns of Shoot "a" names "quay-v1", too, and is left as it is (a.yaml)',
    'template: a template names "quay-v1", too, and is left as it is (t.yaml)',
    'named-elsewhere: SecretBinding names "quay-v1", too, and is left as it is (binding.yaml)',
    'named-elsewhere: a document without a kind names "quay-v1", too, and is left as it is (kustomization.yaml)',
  ]);
});

test.each<readonly [string, FileTexts, FileTexts]>([
  ["a file of its own", rotated, { "s2.yaml": rotated["s2.yaml"], "a.yaml": rotated["a.yaml"] }],
  [
    "the first document",
    {
      "all.yaml": `# licence\n\n# the old one\n${secret()}---\n${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}`,
    },
    { "all.yaml": `# licence\n\n---\n${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}` },
  ],
  [
    "a document in the middle",
    { "all.yaml": `${secret("quay-v2")}---\n# the old one\n${secret()}---\n${shoot({ target: "quay-v2" })}` },
    { "all.yaml": `${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}` },
  ],
  [
    "the last document",
    { "all.yaml": `${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}---\n${secret()}` },
    { "all.yaml": `${secret("quay-v2")}---\n${shoot({ target: "quay-v2" })}` },
  ],
  [
    "an item of a list",
    {
      "all.yaml": `kind: List\nitems:\n- kind: Secret\n  metadata: { name: quay-v1 }\n- kind: ConfigMap\n`,
      "a.yaml": shoot({ target: "quay-v2" }),
    },
    { "all.yaml": "kind: List\nitems:\n- kind: ConfigMap\n", "a.yaml": shoot({ target: "quay-v2" }) },
  ],
])("at the end goes %s", (_, files, expected) => {
  const planned = planFileFinish(request(files));
  expect(planned.ok && { state: planned.value.state, to: planned.value.to }).toEqual({
    state: "planned",
    to: "quay-v2",
  });
  expect(planned.ok && applyFileChange(files, planned.value.change)).toEqual(expected);
});

test("the end of a rotation that ended changes nothing and says so", () => {
  const { "s.yaml": _, ...files } = rotated;
  const planned = planFileFinish(request(files));
  expect(planned.ok && planned.value).toEqual({
    state: "done",
    namespace: undefined,
    from: "quay-v1",
    to: "quay-v2",
    steps: [],
    change: { edits: [], creates: [], deletes: [] },
  });
});

test.each<readonly [string, FileTexts, readonly string[]]>([
  [
    "a Shoot that was left behind",
    { ...rotated, "b.yaml": shoot({ name: "b" }) },
    ['still-used: Shoot "b" still names Secret "quay-v1" (b.yaml:7)'],
  ],
  [
    "a template",
    { ...rotated, "t.yaml": shoot({ name: "{{ x }}" }) },
    ['still-used: a template still names Secret "quay-v1" (t.yaml:7)'],
  ],
  [
    "another use",
    { ...rotated, "b.yaml": "kind: SecretBinding\nmetadata: { name: b }\nsecretRef: { name: quay-v1 }\n" },
    ['still-used: SecretBinding still names Secret "quay-v1" (b.yaml:3)'],
  ],
  [
    "no rotation",
    { "s.yaml": secret() },
    [
      'not-rotated: no Shoot in these files uses a later version of Secret "quay-v1", so nothing shows that it was rotated (s.yaml:3)',
    ],
  ],
  [
    "an unknown name",
    { "a.yaml": shoot({ target: "docker-v1" }) },
    ['unknown-secret: there is no Secret "quay-v1" in these files'],
  ],
  [
    "a new Secret that is still empty",
    { ...rotated, "s2.yaml": secret("quay-v2", { password: "" }) },
    ['successor-broken RC211: Secret "quay-v2" is not ready: the password is empty (s2.yaml:6)'],
  ],
])("%s stops the end of a rotation", (_, files, expected) => {
  expect(blockers(files, planFileFinish)).toEqual(expected);
});

test("an entry that is called like the old Secret does not stop the end of a rotation", () => {
  const files = {
    ...rotated,
    "a.yaml": shoot({ target: "quay-v2" }).replaceAll(/(name|Name): quay\n/g, "$1: quay-v1\n"),
  };
  expect(blockers(files, planFileFinish)).toEqual([]);
});

const b = shoot({ name: "b", target: "quay-v2" });

test.each<readonly [string, FileTexts, string, readonly string[]]>([
  ["before it", simple, "single", ["quay-v1 s.yaml a"]],
  [
    "half way",
    { ...simple, "b.yaml": b, "s2.yaml": secret("quay-v2") },
    "mixed",
    ["quay-v1 s.yaml a", "quay-v2 s2.yaml b"],
  ],
  ["behind the switch", { "s.yaml": secret(), "b.yaml": b }, "switched", ["quay-v1 s.yaml ", "quay-v2 - b"]],
  ["at its end", { "b.yaml": b }, "single", ["quay-v2 - b"]],
  [
    "without any use",
    { "s.yaml": secret(), "t.yaml": secret("quay-v10"), "u.yaml": secret("quay-v9") },
    "unused",
    ["quay-v1 s.yaml ", "quay-v9 u.yaml ", "quay-v10 t.yaml "],
  ],
])("the status %s", (_, files, stage, versions) => {
  const status = rotationStatus(request(files));
  expect(
    status.ok && [
      status.value.stage,
      status.value.versions.map((it) => `${it.name} ${it.place?.uri ?? "-"} ${it.shoots.map((of) => of.name).join()}`),
    ],
  ).toEqual([stage, versions]);
});

test("there is no status of a Secret that is not there", () => {
  expect(rotationStatus(request({}))).toEqual({
    ok: false,
    error: [{ kind: "unknown-secret", message: 'there is no Secret "quay-v1" in these files' }],
  });
});
