import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shoot } from "./manifests.ts";
import { type Run, run, scratch } from "./plugin.ts";

/** Stands in values of Secrets, and nowhere else. */
const planted = { old: "PLANTED-OLD", username: "PLANTED-USER", password: "PLANTED-NEW" };

function secret(
  name = "quay-v1",
  { username = planted.old, password = planted.old, namespace = "garden-dev" } = {},
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

const switched = (text: string): string => text.replace("name: quay-v1", "name: quay-v2");

const files = {
  "secrets/quay-v1.yaml": secret(),
  "shoots/a.yaml": shoot(),
  "shoots/deep/b.yaml": shoot({ name: "b" }),
  "kustomization.yaml": "resources: [secrets/quay-v1.yaml, shoots/a.yaml]\n",
};

const rotated = {
  ...files,
  "secrets/quay-v2.yaml": secret("quay-v2", planted),
  "shoots/a.yaml": switched(shoot()),
  "shoots/deep/b.yaml": switched(shoot({ name: "b" })),
  "kustomization.yaml": "resources: [secrets/quay-v1.yaml, secrets/quay-v2.yaml, shoots/a.yaml]\n",
};

const given = ["--username", planted.username, "--password-stdin"];

function rotate(cwd: string, args: readonly string[], input = `${planted.password}\n`): Run {
  return run(["rotate", "-f", ".", "quay-v1", "--skip-probe", ...args], { cwd, input });
}

function textsIn(root: string): { readonly [path: string]: string } {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((it) =>
    statSync(join(root, it)).isFile(),
  );
  return Object.fromEntries(paths.sort().map((it) => [it, readFileSync(join(root, it), "utf8")]));
}

const head = 'Secret "quay-v1" in namespace garden-dev is replaced by "quay-v2"\n';
const steps = `${head}  create  secrets/quay-v2.yaml  Secret "quay-v2" with username and password
  list    kustomization.yaml    resources: secrets/quay-v2.yaml
  switch  shoots/a.yaml         Shoot "crazy-botany": quay.io
  switch  shoots/deep/b.yaml    Shoot "b": quay.io
`;

test("rotates with a password from standard input, and says what to do next", () => {
  const cwd = scratch(files);
  chmodSync(join(cwd, "secrets/quay-v1.yaml"), 0o600);
  expect(rotate(cwd, [...given, "--yes"])).toEqual({
    code: 0,
    stdout: `${steps}
Wrote 4 files. Deploy these files and wait until every Shoot has reconciled.
Then \`kubectl registry-cache rotate finish -f . quay-v1\` removes "quay-v1"; revoke its credential after that.
`,
    stderr: "",
  });
  expect(textsIn(cwd)).toEqual(rotated);
  expect(statSync(join(cwd, "secrets/quay-v2.yaml")).mode & 0o777).toBe(0o600);
  expect(run(["lint", "-R", "-f", "."], { cwd })).toEqual({
    code: 0,
    stdout: "nothing found in 5 files\n",
    stderr: "",
  });
});

test("where one file was named, the new one is named in the next command", () => {
  const cwd = scratch({ "all it.yaml": `${secret()}---\n${shoot()}` });
  const { stdout } = run(["rotate", "-f", "all it.yaml", "quay-v1", "-y", "--skip-probe", ...given], {
    cwd,
    input: "x",
  });
  const [, command = ""] = /`kubectl registry-cache (.*)` removes/.exec(stdout) ?? [];
  expect(command).toBe("rotate finish -f 'all it.yaml' -f quay-v2.yaml quay-v1");
  expect(run(["rotate", "finish", "-f", "all it.yaml", "quay-v1", "-y"], { cwd }).stderr).toBe(
    'error: Secret "quay-v2" has no manifest in these files, so nothing shows that it is whole; name its file, too\n',
  );
  expect(run(["rotate", "finish", "-f", "all it.yaml", "-f", "quay-v2.yaml", "quay-v1", "-y"], { cwd }).code).toBe(0);
  expect(textsIn(cwd)).toEqual({
    "all it.yaml": `---\n${switched(shoot())}`,
    "quay-v2.yaml": secret("quay-v2", { username: planted.username, password: "x" }),
  });
});

test("a second run changes nothing and says so", () => {
  const cwd = scratch(rotated);
  const stdout = 'Secret "quay-v1" was replaced by "quay-v2" already, nothing is left to do\n';
  expect(rotate(cwd, [...given, "--yes"])).toEqual({ code: 0, stdout, stderr: "" });
  expect(rotate(cwd, [])).toEqual({ code: 0, stdout, stderr: "" });
  expect(textsIn(cwd)).toEqual(rotated);
});

test("a run that stopped half way is finished without being told the values again", () => {
  const cwd = scratch({ ...rotated, "shoots/deep/b.yaml": files["shoots/deep/b.yaml"] });
  expect(rotate(cwd, ["--yes"])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^.*\n {2}keep {4}secrets\/quay-v2\.yaml {2}Secret "quay-v2" is there already\n {2}switch {2}shoots\/deep\/b\.yaml .*\n\nWrote 1 file\. /,
    ),
  });
  expect(textsIn(cwd)).toEqual(rotated);
});

test("the end removes the old Secret, and its line in the kustomization", () => {
  const cwd = scratch(rotated);
  const { "secrets/quay-v1.yaml": _, ...finished } = {
    ...rotated,
    "kustomization.yaml": "resources: [secrets/quay-v2.yaml, shoots/a.yaml]\n",
  };
  const finish = (): Run => run(["rotate", "finish", "-f", ".", "quay-v1", "-y"], { cwd });
  expect(finish()).toEqual({
    code: 0,
    stdout: `Secret "quay-v1" in namespace garden-dev goes, "quay-v2" is used instead
  unlist  kustomization.yaml    resources: secrets/quay-v1.yaml
  delete  secrets/quay-v1.yaml  Secret "quay-v1"

Wrote 2 files. Deploy this, then revoke the credential that was replaced.
`,
    stderr: "",
  });
  expect(textsIn(cwd)).toEqual(finished);
  expect(finish()).toEqual({
    code: 0,
    stdout: 'Secret "quay-v1" is gone already, nothing is left to do\n',
    stderr: "",
  });
  expect(textsIn(cwd)).toEqual(finished);
});

test("the end waits for every Shoot and for a whole Secret", () => {
  const cwd = scratch({ ...rotated, "c.yaml": shoot({ name: "c" }) });
  const finish = (): Run => run(["rotate", "finish", "-f", ".", "quay-v1", "-y"], { cwd });
  expect(finish()).toEqual({
    code: 1,
    stdout: "",
    stderr: 'error: c.yaml:23:13: Shoot "c" still names Secret "quay-v1"\n',
  });
  writeFileSync(join(cwd, "c.yaml"), "");
  writeFileSync(join(cwd, "secrets/quay-v2.yaml"), secret("quay-v2", { ...planted, password: "" }));
  expect(finish()).toEqual({
    code: 1,
    stdout: "",
    stderr: 'error: secrets/quay-v2.yaml:10:13: RC211 Secret "quay-v2" is not ready: the password is empty\n',
  });
});

test("--dry-run and --diff show everything but values, and write nothing", () => {
  const cwd = scratch(files);
  const diff = `--- /dev/null
+++ secrets/quay-v2.yaml
@@ -0,0 +1,10 @@
+apiVersion: v1
+kind: Secret
+metadata:
+  name: quay-v2
+  namespace: garden-dev
+type: Opaque
+immutable: true
+stringData:
+  username: <redacted>
+  password: <redacted>
--- kustomization.yaml
+++ kustomization.yaml
@@ -1,1 +1,1 @@
-resources: [secrets/quay-v1.yaml, shoots/a.yaml]
+resources: [secrets/quay-v1.yaml, secrets/quay-v2.yaml, shoots/a.yaml]
`;
  const { code, stdout, stderr } = rotate(cwd, ["--dry-run", "--diff"]);
  expect([code, stderr, stdout.slice(0, stdout.indexOf("--- shoots"))]).toEqual([0, "", `${steps}\n${diff}`]);
  expect(stdout.split("\n").slice(-3)).toEqual(["", "Nothing was written.", ""]);
  expect(textsIn(cwd)).toEqual(files);
});

test("--empty leaves the values to be filled in, and they are errors until they are", () => {
  const cwd = scratch(files);
  const { code, stdout, stderr } = rotate(cwd, ["--empty", "--yes"]);
  expect([code, stderr, stdout.slice(steps.length)]).toEqual([
    0,
    "",
    `note: the values of the new Secret are empty; fill them in before anything is deployed

Wrote 4 files. Fill in the values of "quay-v2". Then deploy these files and wait until every Shoot has reconciled.
Then \`kubectl registry-cache rotate finish -f . quay-v1\` removes "quay-v1"; revoke its credential after that.
`,
  ]);
  expect(textsIn(cwd)).toEqual({
    ...rotated,
    "secrets/quay-v2.yaml": secret("quay-v2", { username: "", password: "" }),
  });
  expect(run(["lint", "-q", "-R", "-f", "."], { cwd })).toEqual({
    code: 1,
    stdout:
      "secrets/quay-v2.yaml:9:13  error  RC210 username-invalid  the username is empty\n" +
      "secrets/quay-v2.yaml:10:13  error  RC211 password-empty  the password is empty\n",
    stderr: "",
  });
});

test("--yes without any value is --empty", () => {
  const [cwd, other] = [scratch(files), scratch(files)];
  expect(rotate(cwd, ["--yes"])).toEqual(rotate(other, ["--yes", "--empty"]));
  expect(textsIn(cwd)).toEqual(textsIn(other));
});

test("a new password alone goes with the username of the old Secret, which is said and not shown", () => {
  const old = secret("quay-v1", { username: "PLANTED-kept", password: "PLANTED-old" });
  const cwd = scratch({ ...files, "secrets/quay-v1.yaml": old });
  const { code, stdout, stderr } = rotate(cwd, ["--password-stdin", "--yes", "--skip-probe"]);
  expect([code, stderr]).toEqual([0, 'note: the username of Secret "quay-v1" is kept\n']);
  expect(stdout).not.toContain("PLANTED");
  const made = secret("quay-v2", { username: "PLANTED-kept", password: planted.password });
  expect(textsIn(cwd)["secrets/quay-v2.yaml"]).toBe(made);
});

test("a flag that means nothing for manifests is refused", () => {
  expect(rotate(scratch(files), ["--grace", "24h"])).toEqual({
    code: 2,
    stdout: "",
    stderr: "error: --grace is for a rotation in the garden, leave out -f\n",
  });
});

test("a credential that would not work is refused, by its finding and not by its value", () => {
  const cwd = scratch(files);
  const { code, stdout, stderr } = rotate(cwd, ["--username", "PLANTED USER", "--password-stdin", "--yes"]);
  expect([code, stdout, stderr]).toEqual([
    1,
    "",
    "secrets/quay-v2.yaml:9:13  error  RC210 username-invalid  the username contains whitespace\n" +
      "error: the new Secret would not work, nothing was written\n",
  ]);
  expect(textsIn(cwd)).toEqual(files);
});

test.each([
  [`${planted.password}\n`, planted.password],
  [`${planted.password}\r\n`, planted.password],
  [planted.password, planted.password],
])("of the password %j only a last line end is none of it", (input, written) => {
  const cwd = scratch(files);
  expect(rotate(cwd, [...given, "--yes"], input).code).toBe(0);
  expect(textsIn(cwd)["secrets/quay-v2.yaml"]).toBe(secret("quay-v2", { ...planted, password: written }));
});

test("a password with a line end behind the last one is refused", () => {
  expect(rotate(scratch(files), [...given, "--yes"], "x\n\n")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^secrets\/quay-v2\.yaml:10:13 {2}error {2}RC213 .*\n.*nothing was written\n$/),
  });
});

test("the CA bundle of a mirror comes from a file", () => {
  const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  const mirror = `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: m, namespace: garden-dev }
spec:
  extensions:
  - type: registry-mirror
    providerConfig:
      apiVersion: mirror.extensions.gardener.cloud/v1alpha1
      kind: MirrorConfig
      mirrors: [{ upstream: quay.io, hosts: [{ host: "https://m.example.com", caBundleSecretReferenceName: ca }] }]
  resources: [{ name: ca, resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 } }]
`;
  const old =
    "apiVersion: v1\nkind: Secret\nmetadata: { name: quay-v1, namespace: garden-dev }\nimmutable: true\nstringData: { bundle.crt: x }\n";
  const cwd = scratch({ "m.yaml": mirror, "s.yaml": old, "ca.pem": certificate });
  expect(rotate(cwd, []).stderr).toBe(
    "error: must get the new CA bundle: --ca-bundle FILE, or --empty to fill it in by hand\n",
  );
  expect(rotate(cwd, [...given, "--yes"])).toMatchObject({
    code: 2,
    stderr: 'error: s.yaml:3:19: Secret "quay-v1" holds the CA bundle of a mirror, not username and password\n',
  });
  expect(rotate(cwd, ["--ca-bundle", "gone", "--yes"])).toMatchObject({
    code: 2,
    stderr: "error: --ca-bundle: gone: no such file or directory\n",
  });
  expect(rotate(cwd, ["--ca-bundle", "ca.pem", "--yes"])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^quay-v2\.yaml:\d+:\d+ {2}error {2}RC221 .*\nerror: the new Secret would not work, nothing was written\n$/,
    ),
  });
  expect(rotate(cwd, ["--empty", "--yes"]).code).toBe(0);
  expect(textsIn(cwd)["m.yaml"]).toBe(mirror.replace("quay-v1", "quay-v2"));
});

test("-o json is the plan and what became of it, without a value", () => {
  const cwd = scratch(files);
  const shown = JSON.parse(rotate(cwd, ["--dry-run", "-o", "json"]).stdout);
  const { stdout, stderr, code } = rotate(cwd, [...given, "--yes", "-o", "json"]);
  const uses = [
    {
      purpose: "credentials",
      upstream: "quay.io",
      field: "spec.extensions[0].providerConfig.caches[0].secretReferenceName",
    },
  ];
  const entries = [{ index: 0, name: "quay", from: "quay-v1", to: "quay-v2", uses }];
  const result = {
    state: "planned",
    namespace: "garden-dev",
    from: "quay-v1",
    to: "quay-v2",
    purpose: "credentials",
    form: "Secret",
    steps: [
      {
        do: "create-secret",
        secret: { name: "quay-v2", namespace: "garden-dev" },
        keys: ["username", "password"],
        uri: "secrets/quay-v2.yaml",
      },
      { do: "list-file", path: "secrets/quay-v2.yaml", uri: "kustomization.yaml" },
      { do: "switch-shoot", shoot: { name: "crazy-botany", namespace: "garden-dev" }, entries, uri: "shoots/a.yaml" },
      { do: "switch-shoot", shoot: { name: "b", namespace: "garden-dev" }, entries, uri: "shoots/deep/b.yaml" },
    ],
    notes: [],
    files: {
      created: ["secrets/quay-v2.yaml"],
      changed: ["kustomization.yaml", "shoots/a.yaml", "shoots/deep/b.yaml"],
      deleted: [],
    },
    findings: [],
    written: true,
  };
  expect([code, stderr, JSON.parse(stdout)]).toEqual([0, "", result]);
  expect(shown).toEqual({ ...result, written: false });
  expect(JSON.parse(rotate(cwd, ["-o", "json"]).stdout)).toMatchObject({ state: "done", steps: [], written: false });
  expect(JSON.parse(run(["rotate", "-f", ".", "gone", "-o", "json"], { cwd }).stdout)).toEqual({
    state: "blocked",
    blockers: [{ kind: "unknown-secret", message: 'there is no Secret "gone" in these files' }],
    written: false,
  });
});

test("names who else gets the Secret, and templates that it leaves alone", () => {
  const cwd = scratch({ ...files, "t.yaml": `${shoot({ name: "{{ .Values.name }}" })}` });
  expect(rotate(cwd, ["--dry-run"]).stdout.slice(steps.length)).toBe(
    'note: t.yaml:23:13: a template names "quay-v1", too, and is left as it is\n\nNothing was written.\n',
  );
});

test("a namespace chooses between Secrets of one name", () => {
  const cwd = scratch({
    ...files,
    "other.yaml": secret("quay-v1", { namespace: "garden-b" }),
    "b.yaml": shoot({ namespace: "garden-b" }),
  });
  expect(rotate(cwd, ["--dry-run"])).toMatchObject({
    code: 2,
    stderr: 'error: Secret "quay-v1" is in the namespaces garden-b, garden-dev; choose one with -n\n',
  });
  expect(rotate(cwd, [...given, "--yes", "-n", "garden-b"]).code).toBe(0);
  expect(textsIn(cwd)).toEqual({
    ...files,
    "other.yaml": secret("quay-v1", { namespace: "garden-b" }),
    "quay-v2.yaml": secret("quay-v2", { ...planted, namespace: "garden-b" }),
    "b.yaml": switched(shoot({ namespace: "garden-b" })),
  });
});

test("a file that cannot be read stops everything, since it may name the Secret", () => {
  const cwd = scratch({ ...files, "x.yaml": Buffer.from("\ufeffkind: Shoot", "utf16le") });
  expect(rotate(cwd, [...given, "--yes"])).toEqual({
    code: 2,
    stdout: "",
    stderr:
      "error: x.yaml: is UTF-16, save it as UTF-8\n" +
      "error: nothing was done, since a file that cannot be read may name the Secret\n",
  });
});

test("a file that cannot be written is told, with what is done and what to do", () => {
  const cwd = scratch(files);
  const before = `const fs = require("node:fs"); const real = fs.renameSync;
    fs.renameSync = (from, to) => { if (to.endsWith("a.yaml")) throw Object.assign(new Error("no"), { code: "EACCES" }); real(from, to); };`;
  const { code, stderr } = run(["rotate", "-f", ".", "quay-v1", "--skip-probe", ...given, "--yes"], {
    cwd,
    input: planted.password,
    before,
  });
  expect([code, stderr]).toEqual([
    2,
    "error: shoots/a.yaml: cannot be written: permission denied\n" +
      "error: 2 files were written before it, run the same command again to do the rest\n",
  ]);
  expect(rotate(cwd, [...given, "--yes"]).code).toBe(0);
  expect(textsIn(cwd)).toEqual(rotated);
});

test("status shows the versions and who uses them", () => {
  const cwd = scratch({ ...rotated, "c.yaml": shoot({ name: "c" }) });
  const status = (...args: readonly string[]): Run => run(["rotate", "status", "-f", ".", ...args], { cwd });
  const table = `SECRET    MANIFEST               SHOOTS   USED BY
quay-v1   secrets/quay-v1.yaml   1        c
quay-v2   secrets/quay-v2.yaml   2        crazy-botany, b

A rotation is under way: \`rotate resume\` switches the Shoots that still use an older version.
`;
  expect(status("quay-v1")).toEqual({ code: 0, stdout: table, stderr: "" });
  expect(status("quay-v2").stdout).toBe(table);
  expect(JSON.parse(status("quay-v1", "-o", "json").stdout)).toMatchObject({
    namespace: "garden-dev",
    stage: "mixed",
    versions: [
      { name: "quay-v1", file: "secrets/quay-v1.yaml", shoots: [{ name: "c", namespace: "garden-dev" }] },
      { name: "quay-v2", file: "secrets/quay-v2.yaml" },
    ],
  });
  expect(status("gone")).toEqual({ code: 2, stdout: "", stderr: 'error: there is no Secret "gone" in these files\n' });
});

test("no value is in any output, and the new one in no file but its own", () => {
  const commands: readonly (readonly string[])[] = [
    ["--dry-run"],
    ["--dry-run", "--diff"],
    ["--dry-run", "-o", "json", ...given],
    ["--dry-run", "--diff", ...given],
    ["--color", "--dry-run", "--diff", ...given],
    [],
    ["--yes", "--dry-run"],
    ["--yes", "--diff", ...given],
    ["--yes", ...given],
  ];
  for (const form of ["stringData", "data"]) {
    const value = Buffer.from(planted.old).toString("base64");
    const old =
      form === "data"
        ? secret("quay-v1", { username: value, password: value }).replace("stringData", "data")
        : secret();
    const cwd = scratch({ ...files, "secrets/quay-v1.yaml": old });
    const outputs = commands.map((it) => rotate(cwd, it));
    const ends = [["status"], ["finish", "--dry-run", "--diff"], ["finish", "--yes", "-o", "json"]].map(
      ([command = "", ...args]) => run(["rotate", command, "-f", ".", "quay-v1", ...args], { cwd }),
    );
    const text = [...outputs, ...ends].map((it) => it.stdout + it.stderr).join("");
    expect(text.match(/PLANTED|UExBTlRFR/g)).toBeNull();
    const holders = Object.entries(textsIn(cwd)).filter(([, it]) => /PLANTED|UExBTlRFR/.test(it));
    expect(holders.map(([path]) => path)).toEqual(["secrets/quay-v2.yaml"]);
  }
});
