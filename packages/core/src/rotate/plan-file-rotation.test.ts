import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { applyFileChange, type FileTexts } from "./apply-file-change.ts";
import { kustomizationsFor } from "./kustomization.ts";
import { planFileFinish } from "./plan-file-finish.ts";
import { planFileRotation } from "./plan-file-rotation.ts";
import type { RotationRequest } from "./request.ts";
import type { FileRotation } from "./rotation.ts";

const values = { purpose: "credentials", username: "robot", password: "invented-2" } as const;

type Options = Partial<Omit<RotationRequest, "secret">> & { readonly namespace?: string };

function request(files: FileTexts, name: string, { namespace, ...options }: Options = {}): RotationRequest {
  const parsed = Object.entries(files).map(([uri, text]) => readManifests(uri, text));
  const findings = conclude(parsed.map((it) => inspect(it)));
  return {
    secret: { name, namespace },
    files: parsed,
    kustomizations: kustomizationsFor(parsed, Object.keys(files)),
    findingsOf: (uri) => findings.get(uri) ?? [],
    fileExists: (uri) => uri in files,
    ...options,
  };
}

function plan(files: FileTexts, options?: Options): FileRotation {
  const planned = planFileRotation(request(files, "quay-v1", options));
  if (!planned.ok) throw new Error(JSON.stringify(planned.error));
  return planned.value;
}

/** What stops a rotation, or its end: the kinds with their messages and lines. */
function blockers(
  files: FileTexts,
  make = planFileRotation as (of: RotationRequest) => ReturnType<typeof planFileFinish | typeof planFileRotation>,
  options?: Options,
): readonly string[] {
  const planned = make(request(files, "quay-v1", options));
  return planned.ok
    ? ["none"]
    : planned.error.map(({ kind, code, message, place }) => {
        const line = place && (files[place.uri] ?? "").slice(0, place.span.start).split("\n").length;
        return `${kind}${code ? ` ${code}` : ""}: ${message}${place ? ` (${place.uri}:${line})` : ""}`;
      });
}

interface ShootOptions {
  readonly name?: string;
  readonly namespace?: string | undefined;
  readonly target?: string;
  readonly resources?: string;
  readonly extension?: string;
}

function shoot({
  name = "a",
  namespace = "garden-a",
  target = "quay-v1",
  resources = "",
  extension = "",
}: ShootOptions = {}): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}${namespace ? `, namespace: ${namespace}` : ""} }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        secretReferenceName: quay
${extension}  resources:
  - name: quay
    resourceRef: { apiVersion: v1, kind: Secret, name: ${target} }
${resources}`;
}

function secret(
  name = "quay-v1",
  { namespace = "garden-a", username = "robot", password = "invented-1" } = {},
): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  namespace: ${namespace}
type: Opaque
immutable: true
stringData:
  username: "${username}"
  password: "${password}"
`;
}

const simple = { "quay-v1.yaml": secret(), "shoots/a.yaml": shoot() };

test("creates the next version beside the old one and switches the Shoot", () => {
  const rotation = plan(simple, { values });
  expect({ ...rotation, change: undefined }).toEqual({
    state: "planned",
    namespace: "garden-a",
    from: "quay-v1",
    to: "quay-v2",
    purpose: "credentials",
    form: "Secret",
    steps: [
      {
        do: "create-secret",
        secret: { name: "quay-v2", namespace: "garden-a" },
        keys: ["username", "password"],
        uri: "quay-v2.yaml",
      },
      {
        do: "switch-shoot",
        shoot: { name: "a", namespace: "garden-a" },
        entries: [
          {
            index: 0,
            name: "quay",
            from: "quay-v1",
            to: "quay-v2",
            uses: [
              {
                purpose: "credentials",
                upstream: "quay.io",
                field: "spec.extensions[0].providerConfig.caches[0].secretReferenceName",
              },
            ],
          },
        ],
        uri: "shoots/a.yaml",
      },
    ],
    notes: [],
    change: undefined,
  });
  expect(applyFileChange(simple, rotation.change)).toEqual({
    ...simple,
    "quay-v2.yaml": secret("quay-v2", { password: "invented-2" }),
    "shoots/a.yaml": shoot({ target: "quay-v2" }),
  });
  expect(rotation.change.creates.map((it) => [it.like, it.text.slice(it.cursor, (it.cursor ?? 0) + 5)])).toEqual([
    ["quay-v1.yaml", "robot"],
  ]);
});

test("no step and no note holds a value", () => {
  const { steps, notes } = plan(simple, { values });
  expect(JSON.stringify({ steps, notes })).not.toMatch(/invented|robot/);
});

test("without values the new Secret is empty, with the cursor in the username, and both are errors", () => {
  const rotation = plan(simple);
  const after = applyFileChange(simple, rotation.change);
  expect(after["quay-v2.yaml"]).toBe(secret("quay-v2", { username: "", password: "" }));
  const [created] = rotation.change.creates;
  expect(created?.text.slice(0, created.cursor).split("\n").at(-1)).toBe('  username: "');
  expect(rotation.notes.map((it) => it.kind)).toEqual(["empty-values"]);
  const found = request(after, "quay-v2").findingsOf("quay-v2.yaml");
  expect(found.map((it) => `${it.code} ${it.severity} ${it.message}`)).toEqual([
    "RC210 error the username is empty",
    "RC211 error the password is empty",
  ]);
});

test("switches every Shoot of the namespace, those without one too, and leaves other namespaces", () => {
  const files = {
    ...simple,
    "b.yaml": `${shoot({ name: "b" })}---\n${shoot({ name: "c" })}`,
    "d.yaml": shoot({ name: "d", namespace: "" }),
    "e.yaml": shoot({ name: "e", namespace: "garden-b" }),
    "f.yaml": shoot({ name: "f", target: "docker-v1" }),
  };
  const after = applyFileChange(files, plan(files, { values }).change);
  const switched = Object.entries(files).map(([uri, text]) => [
    uri,
    ["shoots/a.yaml", "b.yaml", "d.yaml"].includes(uri) ? text.replaceAll("name: quay-v1", "name: quay-v2") : text,
  ]);
  expect(after).toEqual({ ...Object.fromEntries(switched), "quay-v2.yaml": after["quay-v2.yaml"] });
});

test("the CA bundle of a mirror rotates like a credential", () => {
  const mirror = `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: a, namespace: garden-a }
spec:
  extensions:
  - type: registry-mirror
    providerConfig:
      apiVersion: mirror.extensions.gardener.cloud/v1alpha1
      kind: MirrorConfig
      mirrors:
      - upstream: quay.io
        hosts:
        - host: https://mirror.example.com
          caBundleSecretReferenceName: bundle
  resources:
  - name: bundle
    resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }
`;
  const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  const old =
    "kind: Secret\napiVersion: v1\nmetadata: { name: quay-v1 }\nimmutable: true\ndata: { bundle.crt: eA== }\n";
  const files = { "ca.yaml": old, "a.yaml": mirror };
  const rotation = plan(files, { values: { purpose: "ca-bundle", bundle: pem }, encoding: "stringData" });
  expect(applyFileChange(files, rotation.change)).toEqual({
    "ca.yaml": old,
    "a.yaml": mirror.replace("quay-v1", "quay-v2"),
    "quay-v2.yaml":
      "apiVersion: v1\nkind: Secret\nmetadata:\n  name: quay-v2\ntype: Opaque\nimmutable: true\nstringData:\n" +
      "  bundle.crt: |\n    -----BEGIN CERTIFICATE-----\n    MIIB\n    -----END CERTIFICATE-----\n",
  });
  expect(plan(files).steps[0]).toMatchObject({ keys: ["bundle.crt"] });
  expect(blockers(files, planFileRotation, { values })).toEqual([
    'wrong-values: Secret "quay-v1" holds the CA bundle of a mirror, not username and password (ca.yaml:3)',
  ]);
});

test("keeps labels, annotations, type and line ends, and nothing that says which object the old one was", () => {
  const old = `kind: Secret
apiVersion: v1
metadata:
  annotations:
    team: "1"
    argocd.argoproj.io/sync-wave: "-1"
    argocd.argoproj.io/tracking-id: "a:/Secret:b"
    registry-cache-tools/expires-at: "2027-01-31"
    kubectl.kubernetes.io/last-applied-configuration: '{"data": "planted"}'
  creationTimestamp: "2026-01-01T00:00:00Z"
  finalizers: [gardener.cloud/reference-protection]
  labels: { app: cache, kustomize.toolkit.fluxcd.io/name: infra }
  managedFields: []
  name: quay-v1
  ownerReferences: []
  resourceVersion: "12"
  uid: abc
type: example.com/registry
immutable: true
data:
  username: cm9ib3Q=
  password: cGxhbnRlZA==
`.replaceAll("\n", "\r\n");
  const files = { "s.yml": old, "a.yaml": shoot({ namespace: "" }) };
  const rotation = plan(files, { values });
  expect(rotation.change.creates).toEqual([
    {
      uri: "quay-v2.yml",
      cursor: expect.any(Number),
      like: "s.yml",
      text: `apiVersion: v1
kind: Secret
metadata:
  name: quay-v2
  labels:
    app: cache
  annotations:
    team: "1"
    argocd.argoproj.io/sync-wave: "-1"
type: example.com/registry
immutable: true
data:
  username: "cm9ib3Q="
  password: "aW52ZW50ZWQtMg=="
`.replaceAll("\n", "\r\n"),
    },
  ]);
});

test.each([
  ["named after the Secret", "secrets/quay-v1.yaml", secret(), "secrets/quay-v2.yaml"],
  ["with the Secret's name in its own", "team-quay-v1.secret.yml", secret(), "team-quay-v2.secret.yml"],
  ["with another name", "credentials.yaml", secret(), "quay-v2.yaml"],
  ["with other documents", "x/quay-v1.yaml", `${secret()}---\n${secret("other")}`, "x/quay-v2.yaml"],
  [
    "of a list",
    "list-quay-v1.yaml",
    `kind: List\nitems:\n- ${secret().trimEnd().replaceAll("\n", "\n  ")}\n`,
    "quay-v2.yaml",
  ],
  ["in a folder of the same name", "quay-v1/secret.yaml", secret(), "quay-v1/quay-v2.yaml"],
  ["behind an address", "file:///w/quay-v1.yaml", secret(), "file:///w/quay-v2.yaml"],
  ["in JSON", "quay-v1.json", `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"quay-v1"}}`, "quay-v2.json"],
])("beside a file %s the new one is called for what it holds", (_, uri, text, expected) => {
  const { change } = plan({ [uri]: text, "a.yaml": shoot() });
  expect(change.creates.map((it) => it.uri)).toEqual([expected]);
});

test.each([
  ["data", undefined, undefined, '  username: ""\n'],
  ["data", values, undefined, '  username: "cm9ib3Q="\n'],
  ["data", values, "stringData", '  username: "robot"\n'],
  ["stringData", values, undefined, '  username: "robot"\n'],
  ["stringData", values, "data", '  username: "cm9ib3Q="\n'],
] as const)("behind a Secret with %s, values %j asked for as %s are written right", (of, given, encoding, line) => {
  const old =
    of === "data" ? secret("quay-v1", { username: "cm9i", password: "cm9i" }).replace("stringData", "data") : secret();
  const [created] = plan({ ...simple, "quay-v1.yaml": old }, { values: given, encoding }).change.creates;
  const head = line.includes("cm9") ? "data:\n" : "stringData:\n";
  expect(created?.text.slice(created.text.indexOf("immutable: true\n") + 16)).toMatch(head + line);
});

test("a file that is there already is passed over", () => {
  const files = { ...simple, "quay-v2.yaml": "kind: ConfigMap\n", "quay-v2-2.yaml": "" };
  expect(plan(files).change.creates.map((it) => it.uri)).toEqual(["quay-v2-3.yaml"]);
});

test("JSON stays JSON", () => {
  const files = {
    "quay-v1.json": JSON.stringify({ apiVersion: "v1", kind: "Secret", metadata: { name: "quay-v1" } }),
    "a.yaml": shoot(),
  };
  const [created] = plan(files, { values: { ...values, password: 'a"b' } }).change.creates;
  expect(JSON.parse(created?.text ?? "")).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "quay-v2" },
    type: "Opaque",
    immutable: true,
    stringData: { username: "robot", password: 'a"b' },
  });
  expect(created?.text.slice(created.cursor, (created.cursor ?? 0) + 5)).toBe("robot");
});

test("adds the new file to the kustomizations that list the old one, in their way", () => {
  const kustomization = "resources:\n- ./secrets/quay-v1.yaml # the pull secret\n- shoots\n";
  const flow = "kind: Kustomization\nresources: [secrets/../secrets/quay-v1.yaml, other.yaml]\n";
  const files = {
    "app/kustomization.yaml": kustomization,
    "app/secrets/quay-v1.yaml": secret(),
    "app/secrets/kustomization.yml": "resources: [quay-v1.yaml]\n",
    "kustomization.yaml": flow.replaceAll("secrets/", "app/secrets/").replace("app/secrets/../", "app/../"),
    "other/kustomization.yaml": "resources: [secrets/quay-v1.yaml]\n",
    "a.yaml": shoot(),
  };
  const rotation = plan(files, { values });
  const after = applyFileChange(files, rotation.change);
  expect({ ...after, "app/secrets/quay-v2.yaml": undefined, "a.yaml": undefined }).toEqual({
    ...files,
    "app/kustomization.yaml":
      "resources:\n- ./secrets/quay-v1.yaml # the pull secret\n- ./secrets/quay-v2.yaml\n- shoots\n",
    "app/secrets/kustomization.yml": "resources: [quay-v1.yaml, quay-v2.yaml]\n",
    "kustomization.yaml":
      "kind: Kustomization\nresources: [app/../app/secrets/quay-v1.yaml, app/../app/secrets/quay-v2.yaml, other.yaml]\n",
    "app/secrets/quay-v2.yaml": undefined,
    "a.yaml": undefined,
  });
  expect(rotation.steps.map((it) => it.do)).toEqual([
    "create-secret",
    "list-file",
    "list-file",
    "list-file",
    "switch-shoot",
  ]);
  const finish = planFileFinish(request(after, "quay-v1"));
  expect(finish.ok && applyFileChange(after, finish.value.change)).toEqual({
    "app/kustomization.yaml": "resources:\n- ./secrets/quay-v2.yaml\n- shoots\n",
    "app/secrets/quay-v2.yaml": after["app/secrets/quay-v2.yaml"],
    "app/secrets/kustomization.yml": "resources: [quay-v2.yaml]\n",
    "kustomization.yaml": "kind: Kustomization\nresources: [app/../app/secrets/quay-v2.yaml, other.yaml]\n",
    "other/kustomization.yaml": files["other/kustomization.yaml"],
    "a.yaml": after["a.yaml"],
  });
});

test.each([
  ["the same values are taken up", secret("quay-v2", { password: "invented-2" }), values, "reuse-secret quay-v2"],
  ["other values are left alone", secret("quay-v2"), values, "create-secret quay-v3"],
  [
    "empty values are taken up by a run without any",
    secret("quay-v2", { username: "", password: "" }),
    undefined,
    "reuse-secret quay-v2",
  ],
  ["values of somebody else are not used by a run without any", secret("quay-v2"), undefined, "create-secret quay-v3"],
  [
    "a Secret that is not immutable is left alone",
    secret("quay-v2", { password: "invented-2" }).replace("immutable: true\n", ""),
    values,
    "create-secret quay-v3",
  ],
  [
    "another namespace counts for nothing",
    secret("quay-v2", { namespace: "garden-b" }),
    values,
    "create-secret quay-v2",
  ],
  [
    "what a generator makes takes the name",
    "kind: Kustomization\nsecretGenerator:\n- { name: quay-v2, literals: [username=robot, password=invented-2], options: { immutable: true } }\n",
    values,
    "create-secret quay-v3",
  ],
  [
    "what stands for a Secret takes the name",
    "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: quay-v2 }\n",
    values,
    "create-secret quay-v3",
  ],
] as const)("of a next version that is there already, %s", (_, text, given, expected) => {
  const [step] = plan({ ...simple, "next.yaml": text }, { values: given }).steps;
  expect(step && "secret" in step && `${step.do} ${step.secret.name}`).toBe(expected);
});

test("a name that a Shoot uses, or that is taken elsewhere, is not given again", () => {
  const files = { ...simple, "b.yaml": shoot({ target: "quay-v2" }) };
  expect(plan(files, { values }).to).toBe("quay-v3");
  expect(plan(simple, { values, taken: new Set(["quay-v2", "quay-v3"]) }).to).toBe("quay-v4");
});

test("a version that a Shoot uses already is taken up by a run without values, whatever it comes from", () => {
  const sealed = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: quay-v2 }\n";
  for (const next of [secret("quay-v2", { password: "other" }), sealed]) {
    const files = { ...simple, "next.yaml": next, "b.yaml": shoot({ name: "b", target: "quay-v2" }) };
    expect(plan(files).steps.map((it) => it.do)).toEqual(["reuse-secret", "switch-shoot"]);
    expect(plan(files, { values }).to).toBe("quay-v3");
  }
});

test("a file that is listed already is not listed again", () => {
  const files = { ...simple, "kustomization.yaml": "resources: [quay-v1.yaml]\n", "b.yaml": shoot({ name: "b" }) };
  const half = { ...applyFileChange(files, plan(files, { values }).change), "b.yaml": files["b.yaml"] };
  expect(plan(half, { values }).steps.map((it) => it.do)).toEqual(["reuse-secret", "switch-shoot"]);
});

test("a rotation that stopped half way goes on with what is left", () => {
  const files = { ...simple, "b.yaml": shoot({ name: "b" }), "c.yaml": shoot({ name: "c" }) };
  const whole = applyFileChange(files, plan(files, { values }).change);
  const half: FileTexts = { ...whole, "c.yaml": files["c.yaml"] };
  const filled: FileTexts = { ...half, "quay-v2.yaml": secret("quay-v2", { password: "other" }) };
  for (const [at, given] of [
    [half, values],
    [half, undefined],
    [filled, undefined],
  ] as const) {
    const rest = plan(at, { values: given });
    expect(rest.steps.map((it) => it.do)).toEqual(["reuse-secret", "switch-shoot"]);
    expect(applyFileChange(at, rest.change)).toEqual({ ...whole, "quay-v2.yaml": at["quay-v2.yaml"] ?? "" });
  }
});

test.each([
  ["app/new/quay-v2.yaml", "resources: [old/quay-v1.yaml, new/quay-v2.yaml]\n"],
  ["app/old/next.yaml", "resources: [old/quay-v1.yaml, old/next.yaml]\n"],
  ["elsewhere/quay-v2.yaml", "resources: [old/quay-v1.yaml]\n"],
])("a next version that is taken up from %s is listed by the path that leads there", (uri, expected) => {
  const files = {
    "app/kustomization.yaml": "resources: [old/quay-v1.yaml]\n",
    "app/old/quay-v1.yaml": secret(),
    [uri]: secret("quay-v2", { password: "invented-2" }),
    "a.yaml": shoot(),
  };
  expect(applyFileChange(files, plan(files, { values }).change)["app/kustomization.yaml"]).toBe(expected);
});

test("a second run changes nothing and says so", () => {
  const after = applyFileChange(simple, plan(simple, { values }).change);
  const again = {
    state: "done",
    from: "quay-v1",
    to: "quay-v2",
    steps: [],
    change: { edits: [], creates: [], deletes: [] },
  };
  expect(plan(after, { values })).toMatchObject(again);
  expect(plan(after)).toMatchObject(again);
});
