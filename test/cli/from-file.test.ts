import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { resources } from "@registry-cache/garden";
import { makeScratch, writeKubeconfig } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { startRotationGarden } from "../rotate-live/rotation-garden.ts";
import { secret, shoot } from "./manifests.ts";
import { run, scratch } from "./plugin.ts";
import { runAsync } from "./run-async.ts";

/** Stands in every password, and must stand in no output but a manifest that was asked for. */
const planted = "PLANTED-PASSWORD";
const auth = Buffer.from(`reader:${planted}`).toString("base64");
const config = JSON.stringify({ auths: { "https://quay.io/v1/": { auth }, "other.example": { auth: "eDp5" } } });
const manifest = (data: object, name = "given"): string =>
  `${JSON.stringify({ apiVersion: "v1", kind: "Secret", metadata: { name }, stringData: data })}\n`;
const login = { username: "reader", password: planted };
const create = ["secret", "create", "ro-quay-v1", "--upstream", "quay.io", "--skip-probe", "--dry-run=client"];

interface Case {
  readonly name: string;
  readonly text: string;
  readonly flags?: readonly string[];
  readonly login?: { readonly username: string; readonly password: string };
}

const known: readonly Case[] = [
  {
    name: "a key of a Google service account, on one line",
    text: `{\n  "type": "service_account",\n  "private_key": "${planted}"\n}\n`,
    login: { username: "_json_key", password: `{"type":"service_account","private_key":"${planted}"}` },
  },
  { name: "a configuration of Docker", text: config },
  { name: "a configuration of Docker that an editor of Windows has saved", text: `\ufeff${config}` },
  { name: "the manifest of a pull secret", text: manifest({ ".dockerconfigjson": config }) },
  {
    name: "the manifest of a Secret",
    text: `# Of the robot.\napiVersion: v1\nkind: Secret\nmetadata: { name: given }\nstringData:\n  username: reader\n  password: ${planted}\n`,
  },
  { name: "just a password", text: `${planted}\r\n`, flags: ["--username", "reader"] },
  {
    name: "a password with a space at its end",
    text: `${planted} x `,
    flags: ["--username", "reader"],
    login: { ...login, password: `${planted} x ` },
  },
];

test.each(known)("--from-file takes $name", ({ text, flags = [], login: wanted = login }) => {
  const cwd = scratch({ given: text });
  const byFile = run([...create, "--from-file", "given", ...flags, "-o", "json"], { cwd });
  const byPipe = run([...create, "--from-file", "-", ...flags, "-o", "json"], { cwd, input: text });
  expect([byFile.code, JSON.parse(byFile.stdout).stringData]).toEqual([0, wanted]);
  expect(byPipe).toEqual(byFile);
});

const expected =
  "given: is none of these: a key of a Google service account, a configuration of Docker or podman, the manifest of a pull secret or of a Secret with username and password; with --username it is a file that holds just the password";
const withName = ["--username", "reader"];

test.each<[string, string, string, (readonly string[])?]>([
  ["a password without its username", planted, expected],
  ["JSON of another kind", `{ "type": "authorized_user", "refresh_token": "${planted}" }`, expected],
  ["another manifest", "kind: ConfigMap\napiVersion: v1\nmetadata: { name: a }\n", expected],
  ["nothing", "", expected],
  ["a Secret without a login", manifest({ token: planted }), 'given: Secret "given" lacks username and password'],
  [
    "two Secrets",
    `${manifest(login)}---\n${manifest(login, "other")}`,
    "given: holds 2 Secrets, and a file with one is expected",
  ],
  ["a login of another registry", config.replace("quay.io", "gone.example"), 'given: no login for "quay.io" in it'],
  [
    "a username beside one in the file",
    config,
    "given: is a configuration of Docker, which has its username: leave out --username",
    withName,
  ],
  [
    "more than one line for a password",
    `${planted}\n${planted}\n`,
    "given: holds more than one line, and with --username just the password is expected",
    withName,
  ],
  ["an empty password", "\n", "given: is empty, and with --username it is to hold the password", withName],
])("--from-file refuses %s in one line", (_, text, message, flags = []) => {
  const { code, stdout, stderr } = run([...create, "--from-file", "given", ...flags], {
    cwd: scratch({ given: text }),
  });
  expect([code, stdout, stderr]).toEqual([2, "", `error: ${message}\n`]);
});

test("a program that a configuration names runs for a file of this disk, not for what comes by a pipe", () => {
  const cwd = scratch({
    given: JSON.stringify({ credsStore: "fake" }),
    "bin/docker-credential-fake": `#!/bin/sh\necho '{"Username":"reader","Secret":"${planted}"}'\n`,
  });
  chmodSync(join(cwd, "bin/docker-credential-fake"), 0o755);
  const env = { PATH: `${join(cwd, "bin")}:${process.env["PATH"]}` };
  const byFile = run([...create, "--from-file", "given", "-o", "json"], { cwd, env });
  expect(JSON.parse(byFile.stdout).stringData).toEqual(login);
  const input = readFileSync(join(cwd, "given"), "utf8");
  const byPipe = run([...create, "--from-file", "-"], { cwd, env, input });
  expect([byPipe.code, byPipe.stderr]).toEqual([2, 'error: -: no login for "quay.io" in it\n']);
});

test.each([["--password-stdin", "--username", "reader"], ["--from-docker-login"], ["--from-pull-secret", "given"]])(
  "--from-file and %s do not go together, in any command",
  (...flags) => {
    const cwd = scratch({ given: config });
    for (const command of [create, ["rotate", "quay-v1"], ["rotate", "quay-v1", "-f", "."]]) {
      const { code, stderr } = run([...command, "--from-file", "given", ...flags], { cwd, input: "x" });
      expect([code, stderr]).toEqual([2, "error: the values can come from one place only\n"]);
    }
  },
);

test.each(known)("rotate -f takes $name", ({ text, flags = [], login: wanted = login }) => {
  const cwd = scratch({ given: text, "garden/quay-v1.yaml": secret(), "garden/a.yaml": shoot({ name: "a" }) });
  const args = ["rotate", "quay-v1", "-f", "garden", "--from-file", "given", ...flags, "--skip-probe", "--yes"];
  const { code, stdout, stderr } = run(args, { cwd });
  expect([code, stderr, stdout.includes("PLANTED")]).toEqual([0, "", false]);
  expect(parse(readFileSync(join(cwd, "garden/quay-v2.yaml"), "utf8")).stringData).toEqual(wanted);
});

test("rotate and secret create in a garden take a file, too", async () => {
  const garden = await startRotationGarden(1);
  const kubeconfig = writeKubeconfig(makeScratch(), garden.server);
  const flags = ["--kubeconfig", kubeconfig, "-n", "garden-dev", "--skip-probe"];
  const cwd = scratch({ given: `${planted}\n` });
  try {
    const rotated = await runAsync(["rotate", "quay-v1", ...flags, "--yes", "--from-file", "-"], {
      input: manifest(login),
    });
    const args = ["secret", "create", "other-v1", ...flags, "--from-file", "given", "--username", "reader"];
    const created = await runAsync(args, { cwd });
    expect([rotated.code, created.code, /PLANTED/.test(rotated.stdout + rotated.stderr)]).toEqual([0, 0, false]);
    for (const name of ["quay-v2", "other-v1"]) {
      const made = await garden.client().get({ resource: resources.secrets, namespace: "garden-dev", name });
      const password = Buffer.from(planted).toString("base64");
      expect(made["data"]).toEqual({ username: Buffer.from("reader").toString("base64"), password });
    }
  } finally {
    await garden.close();
  }
});
