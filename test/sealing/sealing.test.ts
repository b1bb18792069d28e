import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Run, run, scratch } from "../cli/plugin.ts";
import { lacks } from "../requirements.ts";
import { findOpenssl } from "../runtime/find-programs.ts";
import { findGoProgram, type GoProgram } from "../tools/go-program.ts";
import { ageKeygen, kubeseal, sops } from "./programs.ts";

/** Values that a shell, YAML or JSON would read as something else. */
const passwords = [
  "PLANTED-s3cret",
  "PLANTED 'single' \"double\" \\ back",
  "PLANTED: # {not: yaml} & *no | >",
  "PLANTED-ümlaut-🔑",
  "0123",
] as const;

interface Place {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string };
}

/** A folder with files where these programs are on the PATH, and where all that they write lies. */
function place(programs: readonly GoProgram[], files: { readonly [path: string]: string } = {}): Place {
  const cwd = scratch({ ...files, "bin/.keep": "", "tmp/.keep": "", "secrets/.keep": "" });
  for (const it of programs) symlinkSync(findGoProgram(it).path, join(cwd, "bin", it.name));
  const env = {
    PATH: `${join(cwd, "bin")}:/usr/bin:/bin`,
    HOME: cwd,
    TMPDIR: join(cwd, "tmp"),
    KUBECONFIG: "/dev/null",
  };
  return { cwd, env };
}

const file = "secrets/ro-quay-v1.yaml";

function create({ cwd, env }: Place, password: string, flags: readonly string[]): Run {
  const common = ["secret", "create", "ro-quay-v1", "-n", "garden-dev", "--skip-probe", "--to", "secrets"];
  const login = ["--username", "robot$team+ci", "--password-stdin"];
  return run([...common, ...login, ...flags], { cwd, env, input: password });
}

/** All that lies in a folder, in one text. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => readFileSync(join(it.parentPath, it.name), "utf8"))
    .join("\n");
}

function expectWritten({ cwd }: Place, { code, stdout, stderr }: Run, password: string): void {
  expect([code, stdout, stderr]).toEqual([0, `${file} written\n`, ""]);
  if (password.length < 8) return;
  const left = everythingIn(cwd);
  expect([password, Buffer.from(password).toString("base64")].filter((it) => left.includes(it))).toEqual([]);
}

/** What our own checks take the file for. */
function formOf({ cwd, env }: Place): unknown {
  const { stdout } = run(["inspect", "ro-quay-v1", "-f", file, "-o", "json"], { cwd, env });
  const [{ form, immutable, findings }] = JSON.parse(stdout).secrets;
  return [form, immutable, findings];
}

const sealers = [findGoProgram(kubeseal), findOpenssl()].filter((it) => lacks(it, "the real kubeseal seals Secrets"));

describe.skipIf(sealers.length > 0)("the real kubeseal", () => {
  /** A controller's key pair: whoever has the private key opens what is sealed for it. */
  function controller(): Place {
    const made = place([kubeseal]);
    const key = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=sealed-secret"];
    execFileSync("openssl", [...key, "-keyout", "key.pem", "-out", "cert.pem"], { cwd: made.cwd, stdio: "ignore" });
    return made;
  }

  const seal = ["--seal", "--seal-cert", "cert.pem"];

  test.each(passwords)("seals %j so that only the controller reads it, and we know what it is", (password) => {
    const at = controller();
    expectWritten(at, create(at, password, seal), password);
    const opened = spawnSync(findGoProgram(kubeseal).path, ["--recovery-unseal", "--recovery-private-key", "key.pem"], {
      cwd: at.cwd,
      env: at.env,
      input: readFileSync(join(at.cwd, file)),
    });
    const { apiVersion, kind, type, immutable, data, metadata } = JSON.parse(opened.stdout.toString());
    const values = ["username", "password"].map((it) => Buffer.from(data[it], "base64").toString());
    expect([apiVersion, kind, type, immutable, metadata.name, metadata.namespace, Object.keys(data), values]).toEqual([
      "v1",
      "Secret",
      "Opaque",
      true,
      "ro-quay-v1",
      "garden-dev",
      ["password", "username"],
      ["robot$team+ci", password],
    ]);
    expect(formOf(at)).toEqual(["SealedSecret", true, []]);
  });

  test("says why it could not, and writes nothing", () => {
    const at = controller();
    const gone = create(at, passwords[0], ["--seal", "--seal-cert", "gone.pem"]);
    const noCluster = create(at, passwords[0], ["--seal"]);
    expect([gone.code, gone.stderr, noCluster.code]).toEqual([
      2,
      "error: kubeseal failed with exit code 1: open gone.pem: no such file or directory\n",
      2,
    ]);
    expect(noCluster.stderr).toMatch(/^error: kubeseal failed with exit code 1: .+\n$/);
    expect(readdirSync(join(at.cwd, "secrets"))).toEqual([".keep"]);
  });
});

const ages = [findGoProgram(sops), findGoProgram(ageKeygen)].filter((it) =>
  lacks(it, "the real sops encrypts Secrets"),
);

describe.skipIf(ages.length > 0)("the real sops", () => {
  /** A repository whose rules name a key of age for one of its folders. */
  function repository(more = ""): Place {
    const key = execFileSync(findGoProgram(ageKeygen).path, { stdio: ["ignore", "pipe", "ignore"] }).toString();
    const [recipient = ""] = /age1\w+/.exec(key) ?? [];
    const rules = `creation_rules:\n- path_regex: ^secrets/.*\\.yaml$\n  age: ${recipient}\n${more}`;
    const at = place([sops, ageKeygen], { ".sops.yaml": rules });
    // The private key lies where nobody looks for what was left behind.
    return { ...at, env: { ...at.env, SOPS_AGE_KEY_FILE: join(scratch({ "age.txt": key }), "age.txt") } };
  }

  function decrypt({ cwd, env }: Place): object {
    const args = ["decrypt", "--output-type", "json", file];
    return JSON.parse(execFileSync(join(cwd, "bin/sops"), args, { cwd, env }).toString());
  }

  const secret = (password: string): object => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "ro-quay-v1", namespace: "garden-dev" },
    type: "Opaque",
    immutable: true,
    stringData: { username: "robot$team+ci", password },
  });

  test.each(passwords)("encrypts %j by the rules of its folder, and we know what it is", (password) => {
    const at = repository();
    expectWritten(at, create(at, password, ["--sops"]), password);
    expect(readFileSync(join(at.cwd, file), "utf8")).toMatch(
      /^apiVersion: v1\nkind: Secret\nmetadata:\n +name: ro-quay-v1\n/,
    );
    expect(decrypt(at)).toEqual(secret(password));
    expect(formOf(at)).toEqual(["SopsSecret", true, []]);
  });

  test("keeps to rules that say themselves what is encrypted", () => {
    const at = repository("  unencrypted_regex: ^(apiVersion|kind|metadata|type|immutable)$\n");
    expectWritten(at, create(at, passwords[0], ["--sops"]), passwords[0]);
    expect(decrypt(at)).toEqual(secret(passwords[0]));
  });

  test("is not taken at its word where the rules leave the password readable", () => {
    const at = repository("  unencrypted_regex: ^(apiVersion|kind|metadata|password)$\n");
    const { code, stderr } = create(at, passwords[0], ["--sops"]);
    expect([code, stderr, readdirSync(join(at.cwd, "secrets"))]).toEqual([
      2,
      "error: sops gave back a manifest with values in it\n",
      [".keep"],
    ]);
  });

  test("says why it could not, and writes nothing", () => {
    const at = place([sops]);
    const { code, stderr } = create(at, passwords[0], ["--sops"]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error: sops failed with exit code \d+: .*config file.*\n$/),
    ]);
    expect(readdirSync(dirname(join(at.cwd, file)))).toEqual([".keep"]);
  });
});
