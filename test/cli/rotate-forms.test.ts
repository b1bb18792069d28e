import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shoot } from "./manifests.ts";
import { type Run, run, scratch } from "./plugin.ts";

/** Stands in the new password, and must stand in no output and no file. */
const planted = "PLANTED-PASSWORD";

interface Place {
  readonly cwd: string;
  readonly env: { readonly PATH: string };
}

/** A folder with manifests where a program is on the PATH that notes how it was started and then runs a script. */
function place(program: string, script: string, files: { readonly [path: string]: string }): Place {
  const notes = `tr '\\0' '\\n' < /proc/$$/environ > "$NOTES/environ"; for it in "$@"; do echo "$it"; done > "$NOTES/argv"; cat > "$NOTES/stdin"; pwd > "$NOTES/pwd"`;
  const help = `if [ "$1" = help ]; then echo "reads stdin"; exit; fi`;
  const bin = scratch({ [program]: `#!/bin/sh\nNOTES="$(dirname "$0")"\n${help}\n${notes}\n${script}\n` });
  chmodSync(join(bin, program), 0o755);
  return { cwd: scratch({ "a.yaml": shoot(), ...files }), env: { PATH: `${bin}:/usr/bin:/bin` } };
}

/** What the program noted. */
function noted({ env }: Place, name: string): string {
  return readFileSync(join(env.PATH.split(":")[0] ?? "", name), "utf8").trimEnd();
}

function rotate({ cwd, env }: Place, args: readonly string[], input = planted): Run {
  const result = run(["rotate", "-f", ".", "quay-v1", "--skip-probe", "--yes", ...args], { cwd, env, input });
  expect(`${result.stdout}${result.stderr}`).not.toContain("PLANTED");
  for (const it of readdirSync(cwd, { recursive: true, encoding: "utf8" }))
    if (statSync(join(cwd, it)).isFile()) expect(readFileSync(join(cwd, it), "utf8")).not.toMatch(/PLANTED|UExBTlRFR/);
  return result;
}

const given = ["--username", "robot", "--password-stdin"];
const sealed = (name: string, letter: string, { annotation = "" } = {}): string => `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: ${name}
  namespace: garden-dev${annotation}
spec:
  encryptedData: # by kubeseal
    username: "${letter.repeat(344)}"
    password: "${letter.repeat(348)}"
  template: { metadata: { name: ${name} }, immutable: true }
`;

test("a SealedSecret is sealed anew with kubeseal, in its scope, by the certificate that is given", () => {
  const annotation = '\n  annotations: { sealedsecrets.bitnami.com/cluster-wide: "true" }';
  const old = sealed("quay-v1", "a", { annotation });
  const at = place("kubeseal", `cat <<END\n${sealed("quay-v2", "b", { annotation })}END`, {
    "secrets/quay-v1.yaml": old,
  });
  const result = rotate(at, [...given, "--seal-cert", "cert.pem", "--seal-controller-namespace", "sealing"]);
  expect([result.code, result.stderr]).toEqual([0, ""]);
  expect(result.stdout).toContain('create  secrets/quay-v2.yaml  SealedSecret "quay-v2" with username and password\n');
  expect(readFileSync(join(at.cwd, "secrets/quay-v2.yaml"), "utf8")).toBe(sealed("quay-v2", "b", { annotation }));
  expect(noted(at, "argv").split("\n")).toEqual(["--format=yaml", "--cert=cert.pem", "--controller-namespace=sealing"]);
  expect(noted(at, "environ")).not.toContain("PLANTED");
  expect(noted(at, "stdin")).toBe(`apiVersion: v1
kind: Secret
metadata:
  name: quay-v2
  namespace: garden-dev
  annotations:
    sealedsecrets.bitnami.com/cluster-wide: "true"
type: Opaque
immutable: true
stringData:
  username: "robot"
  password: "${planted}"`);
});

test.each([
  [
    "fails",
    `echo "error: no cluster" >&2; exit 1`,
    "kubeseal failed with exit code 1: no cluster; with --seal-cert FILE no cluster is asked",
  ],
  ["repeats the manifest", `cat "$NOTES/stdin"`, "kubeseal gave back a manifest with values in it"],
  [
    "seals another name",
    `cat <<END\n${sealed("other", "b")}END`,
    'kubeseal gave back something else than Secret "quay-v2"',
  ],
])("where kubeseal %s, nothing is written", (_, script, message) => {
  const at = place("kubeseal", script, { "quay-v1.yaml": sealed("quay-v1", "a") });
  expect(rotate(at, given)).toMatchObject({
    code: 2,
    stderr: `error: quay-v2.yaml: ${message}\nerror: nothing was written\n`,
  });
  expect([existsSync(join(at.cwd, "quay-v2.yaml")), readFileSync(join(at.cwd, "a.yaml"), "utf8")]).toEqual([
    false,
    shoot(),
  ]);
});

test("what is sealed cannot be left empty, and what somebody has sealed is taken up without values", () => {
  const at = place("kubeseal", "exit 1", { "quay-v1.yaml": sealed("quay-v1", "a") });
  expect(rotate(at, [])).toMatchObject({
    code: 2,
    stderr:
      'error: Secret "quay-v1" is sealed, so the next one cannot be filled in later: give the values with --username NAME --password-stdin, a --from flag, or --ca-bundle FILE\n',
  });
  const prepared = place("kubeseal", "exit 1", {
    "quay-v1.yaml": sealed("quay-v1", "a"),
    "quay-v2.yaml": sealed("quay-v2", "b"),
  });
  expect(rotate(prepared, [])).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(join(prepared.cwd, "a.yaml"), "utf8")).toBe(shoot().replace("name: quay-v1", "name: quay-v2"));
});

test("where a file cannot be written, a sealed version is gone on with", () => {
  const printed = `cat <<END\n${sealed("quay-v2", "b")}END`;
  const at = place("kubeseal", printed, { "quay-v1.yaml": sealed("quay-v1", "a"), "b.yaml": shoot({ name: "b" }) });
  const before = `const fs = require("node:fs"); const real = fs.renameSync;
    fs.renameSync = (from, to) => { if (to.endsWith("b.yaml")) throw Object.assign(new Error("no"), { code: "EACCES" }); real(from, to); };`;
  const args = ["-f", ".", "quay-v1", "--skip-probe", "--yes"];
  expect(run(["rotate", ...args, ...given], { ...at, input: planted, before })).toMatchObject({
    code: 2,
    stderr: `error: b.yaml: cannot be written: permission denied
error: 2 files were written before it, run rotate resume to do the rest
`,
  });
  expect(run(["rotate", "resume", ...args], at).code).toBe(0);
  expect(readFileSync(join(at.cwd, "b.yaml"), "utf8")).toContain("name: quay-v2\n");
});

const encrypted = (name: string, letter: string): string => `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: garden-dev }
type: Opaque
immutable: true
stringData:
  username: ENC[AES256_GCM,data:${letter},type:str]
  password: ENC[AES256_GCM,data:${letter}${letter},type:str]
sops:
  age:
  - recipient: age1aaa
    enc: x
  encrypted_regex: ^(stringData)$
  mac: ENC[AES256_GCM,data:x,type:str]
`;

test.each([
  ["for the recipients of the old one where there are no rules", {}, ["--age", "age1aaa"]],
  ["by the rules of its folder", { "secrets/.sops.yaml": "creation_rules: []\n" }, []],
])("a file of sops is encrypted anew %s", (_, rules, recipients) => {
  const old = { "secrets/quay-v1.sops.yaml": encrypted("quay-v1", "a") };
  const at = place("sops", `cat <<END\n${encrypted("quay-v2", "b")}END`, { ...old, ...rules });
  expect(rotate(at, given)).toMatchObject({ code: 0, stderr: "" });
  const file = join(at.cwd, "secrets/quay-v2.sops.yaml");
  expect(readFileSync(file, "utf8")).toBe(encrypted("quay-v2", "b"));
  expect(noted(at, "argv").split("\n")).toEqual([
    "encrypt",
    "--input-type=yaml",
    "--output-type=yaml",
    ...recipients,
    "--encrypted-regex",
    "^(stringData)$",
    `--filename-override=${file}`,
  ]);
  expect([noted(at, "pwd"), noted(at, "environ").includes("PLANTED")]).toEqual([join(at.cwd, "secrets"), false]);
});

const external = (name: string, key = "registries/quay"): string => `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: ${name}, namespace: garden-dev }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target: { name: ${name}, immutable: true }
  dataFrom:
  - extract: { key: ${key} } # username and password
`;

test("an ExternalSecret is pointed where it is told, and not without being told", () => {
  const at = place("kubeseal", "exit 1", { "quay-v1.yaml": external("quay-v1") });
  expect(rotate(at, [])).toMatchObject({
    code: 2,
    stderr:
      'error: quay-v1.yaml:8:21: ExternalSecret of Secret "quay-v1" takes its values from remote key "registries/quay"; say where the new ones are: --remote-key KEY or --remote-version VERSION, or --remote-unchanged if the store holds them there already\n',
  });
  expect(rotate(at, ["--remote-key", "registries/quay-2"])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("must be there before this is deployed"),
  });
  expect(readFileSync(join(at.cwd, "quay-v2.yaml"), "utf8")).toBe(external("quay-v2", "registries/quay-2"));
});

test("a credential that is kept in a store is not tried unless it is given, and that is said", () => {
  const at = place("kubeseal", "exit 1", { "quay-v1.yaml": external("quay-v1") });
  const args = ["rotate", "-f", ".", "quay-v1", "--yes", "--remote-unchanged"];
  expect(run(args, at)).toMatchObject({
    code: 0,
    stderr: 'note: the credential of Secret "quay-v2" cannot be read here, so it is not tried\n',
  });
});
