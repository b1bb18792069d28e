import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shoot } from "../cli/manifests.ts";
import { type Run, run, scratch } from "../cli/plugin.ts";
import { commitOf, git } from "../cli/repository.ts";
import { lacks } from "../requirements.ts";
import { findOpenssl } from "../runtime/find-programs.ts";
import { findGoProgram, type GoProgram } from "../tools/go-program.ts";
import { ageKeygen, kubeseal, sops } from "./programs.ts";

const [first, second] = ["PLANTED-first", "PLANTED 'second' \"2\" \\ ü"];

interface Place {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string };
}

/** A repository with a Shoot, where these programs are on the PATH. */
function place(programs: readonly GoProgram[]): Place {
  const cwd = scratch({ "shoots/a.yaml": shoot(), "secrets/.keep": "" });
  const bin = scratch({ ".keep": "" });
  for (const it of programs) symlinkSync(findGoProgram(it).path, join(bin, it.name));
  git(cwd, "init", "-q");
  git(cwd, "config", "user.name", "Ada");
  git(cwd, "config", "user.email", "ada@example.com");
  return { cwd, env: { PATH: `${bin}:/usr/bin:/bin`, HOME: scratch(), KUBECONFIG: "/dev/null" } };
}

const login = ["--skip-probe", "--username", "robot", "--password-stdin"];

function succeed({ cwd, env }: Place, args: readonly string[], input = ""): Run {
  const result = run(args, { cwd, env, input });
  expect([result.code, result.stderr]).toEqual([0, ""]);
  return result;
}

function rotate(at: Place, ...flags: readonly string[]): Run {
  return succeed(at, ["rotate", "-f", ".", "quay-v1", "--yes", "--commit", ...login, ...flags], second);
}

/** Nothing that was ever written or committed shows a password. */
function expectHidden({ cwd }: Place): void {
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const texts = files.map((it) => readFileSync(join(it.parentPath, it.name), "latin1"));
  const all = [...texts, git(cwd, "log", "-p")].join("\n");
  const forms = [first, second].flatMap((it) => [it, Buffer.from(it ?? "").toString("base64")]);
  expect(forms.filter((it) => it && all.includes(it))).toEqual([]);
}

function finish(at: Place): void {
  succeed(at, ["lint", "-R", "-f", "."]);
  succeed(at, ["rotate", "finish", "-f", ".", "quay-v1", "--yes", "--commit"]);
}

const sealers = [findGoProgram(kubeseal), findOpenssl()].filter((it) =>
  lacks(it, "a SealedSecret is rotated in files"),
);

describe.skipIf(sealers.length > 0)("a SealedSecret, by the real kubeseal", () => {
  test("is rotated, and its controller opens the new one", () => {
    const at = place([kubeseal]);
    const keys = scratch();
    const key = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=sealed-secret"];
    execFileSync("openssl", [...key, "-keyout", "key.pem", "-out", "cert.pem"], { cwd: keys, stdio: "ignore" });
    const cert = ["--seal-cert", join(keys, "cert.pem")];
    const create = ["secret", "create", "quay-v1", "-n", "garden-dev", "--to", "secrets", "--seal", ...login, ...cert];
    succeed(at, create, first);
    git(at.cwd, "add", "-A");
    git(at.cwd, "commit", "-q", "-m", "first");
    rotate(at, ...cert);
    expect(commitOf(at.cwd).files).toEqual(["A\tsecrets/quay-v2.yaml", "M\tshoots/a.yaml"]);
    const opened = spawnSync("kubeseal", ["--recovery-unseal", "--recovery-private-key", join(keys, "key.pem")], {
      env: at.env,
      input: readFileSync(join(at.cwd, "secrets/quay-v2.yaml")),
    });
    const { metadata, immutable, data } = JSON.parse(opened.stdout.toString());
    const values = ["username", "password"].map((it) => Buffer.from(data[it], "base64").toString());
    expect([metadata.name, metadata.namespace, immutable, values]).toEqual([
      "quay-v2",
      "garden-dev",
      true,
      ["robot", second],
    ]);
    finish(at);
    expect(commitOf(at.cwd).files).toEqual(["D\tsecrets/quay-v1.yaml"]);
    expectHidden(at);
  });
});

const ages = [findGoProgram(sops), findGoProgram(ageKeygen)].filter((it) =>
  lacks(it, "a SOPS file is rotated in files"),
);

describe.skipIf(ages.length > 0)("a file of SOPS, by the real sops", () => {
  const plain = `apiVersion: v1
kind: Secret
metadata: { name: quay-v1, namespace: garden-dev, labels: { team: a } }
type: Opaque
immutable: true
stringData: { username: robot, password: ${first} }
`;

  test.each([
    ["for the same recipients", false],
    ["by the rules of its folder", true],
  ])("is rotated %s, and whoever could read the old one reads the new one", (_, ruled) => {
    const at = place([sops]);
    const key = execFileSync(findGoProgram(ageKeygen).path, { stdio: ["ignore", "pipe", "ignore"] }).toString();
    const [recipient = ""] = /age1\w+/.exec(key) ?? [];
    const env = { ...at.env, SOPS_AGE_KEY_FILE: join(scratch({ "age.txt": key }), "age.txt") };
    const how = { cwd: at.cwd, env, input: plain };
    const flags = ["--input-type", "yaml", "--output-type", "yaml", "--filename-override", "quay-v1.yaml"];
    const only = ["--age", recipient, "--encrypted-regex", "^(data|stringData)$"];
    const encrypted = spawnSync("sops", ["encrypt", ...flags, ...only], how);
    const rules = `creation_rules:\n- path_regex: quay-.*\n  age: ${recipient}\n  unencrypted_regex: ^(apiVersion|kind|metadata|type|immutable)$\n`;
    const files = {
      "secrets/quay-v1.enc.yaml": encrypted.stdout.toString(),
      ...(ruled && { "secrets/.sops.yaml": rules }),
    };
    for (const [path, text] of Object.entries(files)) writeFileSync(join(at.cwd, path), text);
    git(at.cwd, "add", "-A");
    git(at.cwd, "commit", "-q", "-m", "first");
    rotate(at);
    expect(commitOf(at.cwd).files).toEqual(["A\tsecrets/quay-v2.enc.yaml", "M\tshoots/a.yaml"]);
    const decrypt = ["decrypt", "--output-type", "json", "secrets/quay-v2.enc.yaml"];
    const { metadata, immutable, stringData } = JSON.parse(execFileSync("sops", decrypt, how).toString());
    expect([metadata, immutable, stringData]).toEqual([
      { name: "quay-v2", namespace: "garden-dev", labels: { team: "a" } },
      true,
      { username: "robot", password: second },
    ]);
    finish(at);
    expectHidden(at);
  });
});
