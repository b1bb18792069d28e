import { rotationSecret as secret, rotationShoot as shoot } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { rules } from "../rules/index.ts";
import type { FileTexts } from "./apply-file-change.ts";
import { blockingRules } from "./blocking-findings.ts";
import { planFileRotation } from "./plan-file-rotation.ts";
import type { RotationFiles } from "./request.ts";

function request(files: FileTexts, namespace?: string): RotationFiles {
  const parsed = Object.entries(files).map(([uri, text]) => readManifests(uri, text));
  const findings = conclude(parsed.map((it) => inspect(it)));
  return {
    secret: { name: "quay-v1", namespace },
    files: parsed,
    kustomizations: [],
    findingsOf: (uri) => findings.get(uri) ?? [],
  };
}

/** What stops a rotation: the kinds with their codes, messages and lines. */
function blockers(files: FileTexts, namespace?: string): readonly string[] {
  const planned = planFileRotation(request(files, namespace));
  if (planned.ok) return [];
  return planned.error.map(({ kind, code, message, place }) => {
    const line = place && (files[place.uri] ?? "").slice(0, place.span.start).split("\n").length;
    return `${kind}${code ? ` ${code}` : ""}: ${message}${place ? ` (${place.uri}:${line})` : ""}`;
  });
}

const simple = { "s.yaml": secret(), "a.yaml": shoot() };

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
    "a name without its end",
    { "s.yaml": secret("quay-v1-of-team-green") },
    ['unknown-secret: there is no Secret "quay-v1" in these files; did you mean "quay-v1-of-team-green"'],
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
    "two manifests that leave their namespace to somebody else",
    {
      "a.yaml": shoot(),
      "s.yaml": secret("quay-v1", { namespace: "" }),
      "t.yaml": secret("quay-v1", { namespace: "" }),
    },
    [
      'several-manifests: Secret "quay-v1" has more than one manifest, and this one does not say its namespace; write that in, or keep one of them (s.yaml:3)',
      'several-manifests: Secret "quay-v1" has more than one manifest, and this one does not say its namespace; write that in, or keep one of them (t.yaml:3)',
    ],
  ],
  [
    "a SealedSecret of a namespace that nothing names",
    {
      "a.yaml": shoot({ namespace: "" }),
      "s.yaml": "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: quay-v1 }\n",
    },
    [
      'namespace-unknown: Secret "quay-v1" is sealed for a namespace that neither its manifest nor a Shoot names; say it with -n (s.yaml:3)',
    ],
  ],
  [
    "an ExternalSecret of which it is not said where its new values are",
    {
      "a.yaml": shoot(),
      "s.yaml": "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: quay-v1 }\n",
    },
    [
      'remote-unclear: ExternalSecret of Secret "quay-v1" names no remote key; if its store holds the new values already, add --remote-unchanged (s.yaml:3)',
    ],
  ],
  [
    "a generator without another one beside it",
    { "a.yaml": shoot(), "kustomization.yaml": "kind: Kustomization\nsecretGenerator:\n- name: quay-v1\n" },
    [
      'not-plain: Secret "quay-v1" is made by a generator of kustomize; add a generator for "quay-v2" beside it, then run this again (kustomization.yaml:3)',
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
    "a Shoot of which nothing can be read",
    { ...simple, "b.yaml": "kind: Shoot\nspec: [\n  quay-v1\n" },
    ["broken-chain RC001: this `[` is not closed (b.yaml:2)"],
  ],
  [
    "a Secret that is not UTF-8",
    { ...simple, "s.yaml": secret().replace("robot", "rob\ufffdt") },
    ["broken-chain RC006: this is not UTF-8 text; save the file as UTF-8 (s.yaml:6)"],
  ],
  [
    "a Secret that is a credential here and a CA bundle there",
    {
      ...simple,
      "a.yaml": shoot({
        extension:
          "  - type: registry-mirror\n    providerConfig: { mirrors: [{ hosts: [{ caBundleSecretReferenceName: quay }] }] }\n",
      }),
    },
    [
      'broken-chain: Secret "quay-v1" is used both for credentials and as a CA bundle, which no Secret can be (s.yaml:3)',
    ],
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
  expect(blockers(files)).toEqual(expected);
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
  expect(blockers(files)).toEqual([]);
});

test("what is wrong with a Shoot of another namespace does not stop a rotation, in the same list either", () => {
  const item = (of: string): string => `- ${of.trimEnd().replaceAll("\n", "\n  ")}\n`;
  const twice = "  - name: quay\n    resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }\n";
  const list = (namespace: string): FileTexts => ({
    "s.yaml": secret(),
    "l.yaml": `kind: List\nitems:\n${item(shoot())}${item(shoot({ name: "b", namespace, more: twice }))}`,
  });
  expect(blockers(list("garden-b"), "garden-a")).toEqual([]);
  const found = 'broken-chain RC203: spec.resources declares "quay" twice (l.yaml:25)';
  expect(blockers(list("garden-a"), "garden-a")).toEqual([found]);
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
  expect(blockers(files, "garden-c")).toEqual([
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
    "x.yaml": secret("x", { password: "quay-v1" }),
    "patch.yaml": "- { op: replace, path: /x, value: quay-v1 }\n",
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
    'named-elsewhere: "spec.dns.providers[0].secretName" of Shoot "a" names "quay-v1", too, and is left as it is (a.yaml)',
    'template: a template names "quay-v1", too, and is left as it is (t.yaml)',
    'named-elsewhere: SecretBinding names "quay-v1", too, and is left as it is (binding.yaml)',
    'named-elsewhere: a document without a kind names "quay-v1", too, and is left as it is (kustomization.yaml)',
    'named-elsewhere: a document without a kind names "quay-v1", too, and is left as it is (patch.yaml)',
  ]);
});
