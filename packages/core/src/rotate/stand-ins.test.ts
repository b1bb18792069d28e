import { rotationSecret as secret, rotationShoot as shoot } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { applyFileChange, type FileTexts } from "./apply-file-change.ts";
import { completeSealing } from "./complete-sealing.ts";
import { kustomizationsFor } from "./kustomization.ts";
import { planFileFinish } from "./plan-file-finish.ts";
import { planFileRotation } from "./plan-file-rotation.ts";
import type { RotationRequest } from "./request.ts";
import type { FileRotation, NewFile } from "./rotation.ts";

const values = { purpose: "credentials", username: "robot", password: "PLANTED" } as const;

function request(files: FileTexts, options: Partial<RotationRequest> = {}): RotationRequest {
  const parsed = Object.entries(files).map(([uri, text]) => readManifests(uri, text));
  const findings = conclude(parsed.map((it) => inspect(it)));
  return {
    secret: { name: "quay-v1", namespace: undefined },
    files: parsed,
    kustomizations: kustomizationsFor(parsed, Object.keys(files)),
    findingsOf: (uri) => findings.get(uri) ?? [],
    fileExists: (uri) => uri in files,
    ...options,
  };
}

function plan(files: FileTexts, options?: Partial<RotationRequest>): FileRotation {
  const planned = planFileRotation(request(files, options));
  if (!planned.ok) throw new Error(planned.error.map((it) => it.message).join("\n"));
  return planned.value;
}

function created(files: FileTexts, options?: Partial<RotationRequest>): NewFile {
  const [file] = plan(files, options).change.creates;
  if (file === undefined) throw new Error("nothing is created");
  return file;
}

const sealedValue = (letter: string): string => letter.repeat(344);

const sealed = `# Sealed by the platform team.
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: 'quay-v1' # the first
  namespace: garden-a
  annotations:
    sealedsecrets.bitnami.com/namespace-wide: "true"
    argocd.argoproj.io/tracking-id: x
    argocd.argoproj.io/sync-wave: "1"
spec:
  encryptedData:
    username: ${sealedValue("a")}
    password: "${sealedValue("b")}"
    extra: ${sealedValue("c")}
  template:
    immutable: true
    metadata: { name: quay-v1, labels: { team: a }, creationTimestamp: null }
status: { observedGeneration: 1 }
`;

const fromKubeseal = `---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { creationTimestamp: null, name: quay-v2, namespace: garden-a }
spec:
  encryptedData:
    password: ${sealedValue("P")}
    username: ${sealedValue("U")}
  template: { metadata: { name: quay-v2 }, immutable: true }
`;

function complete(file: NewFile, printed: string): string {
  const { sealing } = file;
  if (sealing === undefined) throw new Error("nothing is to be sealed");
  const done = completeSealing({ ...file, sealing }, printed);
  return done.ok ? done.value.text : `error: ${done.error}`;
}

test("the next version of a SealedSecret is the old manifest with a new name, and what kubeseal made of a plain one", () => {
  const file = created({ "a.yaml": shoot(), "sealed/quay-v1.yaml": sealed }, { values });
  expect(file.uri).toBe("sealed/quay-v2.yaml");
  expect(file.text).not.toContain("PLANTED");
  expect(file.sealing).toEqual({
    program: "kubeseal",
    draft: `apiVersion: v1
kind: Secret
metadata:
  name: quay-v2
  namespace: garden-a
  annotations:
    sealedsecrets.bitnami.com/namespace-wide: "true"
type: Opaque
immutable: true
stringData:
  username: "robot"
  password: "PLANTED"
`,
    recipients: [],
    selection: [],
  });
  expect(complete(file, fromKubeseal)).toBe(`# Sealed by the platform team.
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: 'quay-v2' # the first
  namespace: garden-a
  annotations:
    sealedsecrets.bitnami.com/namespace-wide: "true"
    argocd.argoproj.io/sync-wave: "1"
spec:
  encryptedData:
    username: ${sealedValue("U")}
    password: "${sealedValue("P")}"
  template:
    immutable: true
    metadata: { name: quay-v2, labels: { team: a } }
`);
});

test.each([
  ["another Secret", fromKubeseal.replace(/name: quay-v2/g, "name: other"), "gave back something else than Secret"],
  ["nothing", "", "gave back something else than Secret"],
  ["a value in the clear", fromKubeseal.replace(sealedValue("P"), "PLANTED"), "whose values are not all sealed"],
  ["a value less", fromKubeseal.replace(/ {4}password.*\n/, ""), "whose values are not all sealed"],
  ["the manifest as it was", secret("quay-v2"), "whose values are not all sealed"],
])("when kubeseal gives back %s, nothing is made of it", (_, printed, expected) => {
  const said = complete(created({ "a.yaml": shoot(), "quay-v1.yaml": sealed }, { values }), printed);
  expect(said.startsWith("error: kubeseal gave back") && said.includes(expected)).toBe(true);
});

const encrypted = (name: string, more = ""): string => `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: garden-a, labels: { team: a } }
type: Opaque
immutable: true
data:
  username: ENC[AES256_GCM,data:x,type:str]
  password: ENC[AES256_GCM,data:y,type:str]
sops:
  age:
  - recipient: age1aaa
    enc: x
  - recipient: age1bbb
    enc: x
  pgp:
  - fp: 0123ABCD
    enc: x
  azure_kv:
  - vault_url: https://v.vault.azure.net
    name: key
    version: "7"
  encrypted_regex: ^(data|stringData)$
  mac: ENC[AES256_GCM,data:z,type:str]
${more}`;

test("the next version of a file of sops is a new one for the same recipients, encoded as the old one", () => {
  const file = created({ "a.yaml": shoot(), "quay.sops.yaml": encrypted("quay-v1") }, { values });
  expect(file.uri).toBe("quay-v2.sops.yaml");
  expect(file.text).not.toMatch(/PLANTED|UExBTlRFRA/);
  expect(file.sealing).toEqual({
    program: "sops",
    draft: `apiVersion: v1
kind: Secret
metadata:
  name: quay-v2
  namespace: garden-a
  labels:
    team: a
type: Opaque
immutable: true
data:
  username: "cm9ib3Q="
  password: "UExBTlRFRA=="
`,
    recipients: [
      ...["--age", "age1aaa,age1bbb", "--pgp", "0123ABCD"],
      ...["--azure-kv", "https://v.vault.azure.net/keys/key/7"],
    ],
    selection: ["--encrypted-regex", "^(data|stringData)$"],
  });
  expect(complete(file, encrypted("quay-v2"))).toBe(encrypted("quay-v2"));
  const open = encrypted("quay-v2").replace("ENC[AES256_GCM,data:y,type:str]", "UExBTlRFRA==");
  expect(complete(file, open)).toBe("error: sops gave back a manifest whose values are not all sealed");
});

const external = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: quay-credentials, namespace: garden-a }
spec:
  refreshInterval: 1h # often enough
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target: { name: quay-v1, immutable: true }
  data:
  - secretKey: username
    remoteRef: { key: &at registries/quay, property: username }
  - secretKey: password
    remoteRef: { key: *at, property: password }
`;

const unchanged = { keys: [], unchanged: true };
const withExternal = (text: string): FileTexts => ({ "a.yaml": shoot(), "quay-v1.yaml": text });

test.each([
  ["where it was", unchanged, external],
  [
    "at another key",
    { keys: ["registries/quay-2"], unchanged: false },
    external.replace("&at registries/quay", "&at registries/quay-2"),
  ],
  [
    "in another version of the key",
    { keys: [], version: "7", unchanged: false },
    external.replace(/property: \w+/g, '$&, version: "7"'),
  ],
])("the next version of an ExternalSecret has another name and target, and finds its values %s", (_, remote, text) => {
  const file = created(withExternal(external), { remote });
  expect(file.sealing).toBeUndefined();
  const renamed = text.replace("name: quay-credentials", "name: quay-credentials-v2");
  expect(file.text).toBe(renamed.replace("name: quay-v1", "name: quay-v2"));
});

test("of several remote keys each is renamed by its own name, and a target becomes immutable", () => {
  const two = external.replace("*at", "registries/pass").replace(", immutable: true", "");
  const file = created(withExternal(two), {
    remote: { keys: ["registries/pass=b", "registries/quay=a"], unchanged: false },
  });
  expect(file.text.match(/remoteRef: .*|target: .*/g)).toEqual([
    "target: { name: quay-v2, immutable: true }",
    "remoteRef: { key: &at a, property: username }",
    "remoteRef: { key: b, property: password }",
  ]);
});

const pinned = external.replace(/property: \w+/g, "$&, version: '3'");

test.each([
  [
    "nothing is said",
    external,
    undefined,
    'takes its values from remote key "registries/quay"; say where the new ones are: --remote-key KEY or --remote-version VERSION, or --remote-unchanged if the store holds them there already',
  ],
  [
    "a pinned version would stay",
    pinned,
    unchanged,
    'asks for version "3", so it would fetch the old values again; give the new one with --remote-version',
  ],
  [
    "a pinned version is one of the old key",
    pinned,
    { keys: ["b"], unchanged: false },
    'asks for version "3", which is one of the old remote key; give the new one with --remote-version',
  ],
  [
    "one key is given for two",
    external.replace("*at", "registries/pass"),
    { keys: ["b"], unchanged: false },
    'takes its values from remote key "registries/quay" and "registries/pass"; give each new one as --remote-key OLD=NEW',
  ],
])("an ExternalSecret is not rotated on a guess: %s", (_, text, remote, expected) => {
  expect(() => plan(withExternal(text), { remote })).toThrow(`ExternalSecret of Secret "quay-v1" ${expected}`);
});

const generator = (...names: readonly string[]): string =>
  `kind: Kustomization\nsecretGenerator:\n${names.map((it) => `- name: ${it} # own\n  files: [username, password]\n  options: { disableNameSuffixHash: true, immutable: true }\n`).join("")}`;

test.each<readonly [string, FileTexts, FileTexts]>([
  [
    "SealedSecret",
    { "quay-v1.yaml": sealed },
    { "quay-v2.yaml": sealed.replaceAll("quay-v1", "quay-v2").replace(/ {4}extra.*\n/, "") },
  ],
  ["file of sops", { "quay-v1.yaml": encrypted("quay-v1") }, { "b.yaml": encrypted("quay-v2") }],
  [
    "generator",
    { "kustomization.yaml": generator("quay-v1") },
    { "kustomization.yaml": generator("quay-v1", "quay-v2") },
  ],
])("a %s that a person has put beside the old one is taken up, and finish removes the old one", (_, old, next) => {
  const files = { "shoot.yaml": shoot(), ...old, ...next };
  const rotation = plan(files);
  expect(rotation.steps.map((it) => it.do)).toEqual(["reuse-secret", "switch-shoot"]);
  const after = applyFileChange(files, rotation.change);
  const finish = planFileFinish(request(after));
  expect(finish.ok ? applyFileChange(after, finish.value.change) : finish.error).toEqual(
    "kustomization.yaml" in old
      ? { "shoot.yaml": shoot({ target: "quay-v2" }), "kustomization.yaml": generator("quay-v2") }
      : { "shoot.yaml": shoot({ target: "quay-v2" }), ...next },
  );
});

test("a sealed version that Shoots use already is taken up with values, too, and it is said that nobody compared them", () => {
  const files = {
    ...{ "a.yaml": shoot(), "b.yaml": shoot({ name: "b", target: "quay-v2" }) },
    ...{ "quay-v1.yaml": sealed, "quay-v2.yaml": sealed.replaceAll("quay-v1", "quay-v2") },
  };
  const { to, notes, change } = plan(files, { values });
  expect([to, notes.map((it) => it.message), change.creates]).toEqual([
    "quay-v2",
    ['Secret "quay-v2" is a SealedSecret here and is used as it is: its values cannot be compared with those given'],
    [],
  ]);
  const { to: other, notes: said } = plan({ ...files, "b.yaml": "" }, { values });
  expect([other, said.map((it) => it.kind)]).toEqual(["quay-v3", ["left-over"]]);
});

test("an ExternalSecret that an earlier run has left is taken up where it says the same", () => {
  const made = created(withExternal(external), { remote: unchanged });
  const left = { ...withExternal(external), [made.uri]: made.text };
  expect(plan(left, { remote: unchanged }).steps.map((it) => it.do)).toEqual(["reuse-secret", "switch-shoot"]);
  expect(plan(left, { remote: { keys: ["b"], unchanged: false } }).to).toBe("quay-v3");
});

test("a resumed rotation takes up the latest version and never makes one", () => {
  const files = { "a.yaml": shoot(), "s.yaml": secret(), "t.yaml": secret("quay-v2"), "u.yaml": secret("quay-v3") };
  expect(plan(files, { resume: true }).to).toBe("quay-v3");
  expect(plan({ ...files, "b.yaml": shoot({ name: "b", target: "quay-v2" }) }, { resume: true }).to).toBe("quay-v2");
  expect(() => plan({ "a.yaml": shoot(), "s.yaml": secret() }, { resume: true })).toThrow(
    'no later version of Secret "quay-v1" is in these files, so no rotation is under way; begin one with rotate',
  );
});

test("what SOPS has signed with something else is not taken out", () => {
  const files = {
    "a.yaml": shoot({ target: "quay-v2" }),
    "b.yaml": `${encrypted("quay-v1")}---\n${encrypted("other")}`,
    "c.yaml": encrypted("quay-v2"),
  };
  const finish = planFileFinish(request(files));
  expect(finish.ok ? "ok" : finish.error.map((it) => it.message)).toEqual([
    'Secret "quay-v1" shares a file that SOPS has signed as a whole; remove it with "sops edit"',
  ]);
});
