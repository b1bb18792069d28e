import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { challenge, registry, withPassword } from "../runtime/image.ts";
import { type Stage, serve } from "../runtime/servers.ts";
import { dayText, inDays } from "./days.ts";
import { cleanEnvironment, plugin, run, scratch } from "./plugin.ts";
import { runAsync } from "./run-async.ts";

/** Stands in every password, and must stand in no output but a manifest that was asked for. */
const planted = "PLANTED-PASSWORD";
const stage: Stage = { closers: [] };
let upstream = "";

beforeAll(async () => {
  upstream = `http://127.0.0.1:${await serve(stage, registry(withPassword("reader", planted), challenge('Basic realm="x"')))}`;
});

afterAll(() => {
  for (const close of stage.closers) close();
});

const create = ["secret", "create", "ro-quay-v1"];
const reader = ["--username", "reader", "--password-stdin"];
const printed = ["--dry-run=client", "-o", "yaml"];
const auth = Buffer.from(`reader:${planted}`).toString("base64");
const host = (): string => upstream.replace("http://", "");

function manifest(username: string, password: string): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: ro-quay-v1
type: Opaque
immutable: true
stringData:
  username: "${username}"
  password: "${password}"
`;
}

test("a credential that was tried becomes a manifest", async () => {
  const { code, stdout, stderr } = await runAsync([...create, "--upstream", upstream, ...reader, ...printed], {
    input: `${planted}\n`,
  });
  expect([code, stdout, stderr]).toEqual([0, manifest("reader", planted), ""]);
});

test("a manifest in a directory is for its owner only, and is never written over", async () => {
  const cwd = scratch({ "secrets/.keep": "" });
  const args = [...create, "-n", "garden-dev", "--upstream", upstream, ...reader, "--to", "secrets/"];
  const first = await runAsync(args, { cwd, input: planted });
  const second = await runAsync(args, { cwd, input: planted });
  expect([first, second]).toEqual([
    { code: 0, stdout: "secrets/ro-quay-v1.yaml written\n", stderr: "" },
    {
      code: 2,
      stdout: "",
      stderr: "error: secrets/ro-quay-v1.yaml: is there already, choose another name or remove it\n",
    },
  ]);
  const file = join(cwd, "secrets/ro-quay-v1.yaml");
  expect([statSync(file).mode & 0o777, readFileSync(file, "utf8")]).toEqual([
    0o600,
    manifest("reader", planted).replace("v1\ntype", "v1\n  namespace: garden-dev\ntype"),
  ]);
});

test("labels and the day on which it ends stand in the manifest", () => {
  const labels = ["--label", "team=garden", "--label", "app.kubernetes.io/part-of=x"];
  const made = (...more: readonly string[]): string =>
    run([...create, "--skip-probe", ...reader, ...labels, "--dry-run=client", ...more], { input: planted }).stdout;
  const metadata = (day: string): string =>
    `  name: ro-quay-v1\n  labels:\n    team: garden\n    app.kubernetes.io/part-of: x\n  annotations:\n    registry-cache-tools/expires-at: ${day}\n`;
  expect(made("--expires", "2099-01-31")).toBe(
    manifest("reader", planted).replace("  name: ro-quay-v1\n", metadata('"2099-01-31"')),
  );
  expect(made("--expires", "90d")).toContain(`expires-at: "${dayText(inDays(90))}"`);
  expect(made("--expires", "36h")).toMatch(/expires-at: "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/);
  expect(JSON.parse(made("--expires", "2099-01-31", "-o", "json")).metadata).toEqual({
    name: "ro-quay-v1",
    labels: { team: "garden", "app.kubernetes.io/part-of": "x" },
    annotations: { "registry-cache-tools/expires-at": "2099-01-31" },
  });
});

test("a token that tells an earlier end than the one that is declared is told of", () => {
  const token = ["ey1", Buffer.from(JSON.stringify({ exp: inDays(200) })).toString("base64url"), "s"].join(".");
  const { code, stderr } = run([...create, "--skip-probe", ...reader, ...printed, "--expires", "300d"], {
    input: token,
  });
  expect([code, stderr.split("\n").at(-2)]).toEqual([
    0,
    `warning: the token ends on ${dayText(inDays(200))}, before the day that is declared`,
  ]);
});

test("a credential that the upstream refuses is not written", async () => {
  const cwd = scratch();
  const { code, stdout, stderr } = await runAsync([...create, "--upstream", upstream, ...reader, "--to", "."], {
    cwd,
    input: "PLANTED-OTHER",
  });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("login accepted      the registry refuses the credential (Basic, status 401)");
  expect(stderr).toMatch(
    /error: upstream "127[\d.:]+" does not take the credential as the cache sends it, nothing was written; --skip-probe writes it untried\n$/,
  );
  expect(stderr).not.toContain("PLANTED");
});

test("an upstream that is out of reach has an exit code of its own", async () => {
  const { code, stdout } = await runAsync([...create, "--upstream", "http://127.0.0.1:1", ...reader, ...printed], {
    input: planted,
  });
  expect([code, stdout]).toEqual([3, ""]);
});

test.each([
  ["AWS", planted, "error: RC218 the password of the user AWS is an ECR token, which is valid for 12 hours"],
  [
    "@reader",
    planted,
    "error: RC216 the cache would not start: the extension writes this username into its configuration without quotes, which makes it invalid YAML",
  ],
  ["two words", planted, "error: RC210 the username contains whitespace"],
])("rules refuse the user %s", (username, password, message) => {
  const args = [...create, "--skip-probe", "--username", username, "--password-stdin", ...printed];
  expect(run(args, { input: password })).toEqual({
    code: 1,
    stdout: "",
    stderr: `${message}\nerror: the Secret would not work, nothing was written\n`,
  });
});

test("the key of a service account is put on one line", () => {
  const cwd = scratch({ "key.json": `{\n  "type": "service_account",\n  "private_key": "${planted}\\n"\n}\n` });
  const { code, stdout } = run([...create, "--skip-probe", "--from-service-account-key", "key.json", ...printed], {
    cwd,
  });
  const key = JSON.stringify(JSON.stringify({ type: "service_account", private_key: `${planted}\n` })).slice(1, -1);
  expect([code, stdout]).toEqual([0, manifest("_json_key", key)]);
});

test.each([
  ["a configuration of Docker", ["--from-docker-config", "config.json"]],
  ["a pull secret", ["--from-pull-secret", "pull.yaml"]],
  ["where Docker keeps it", ["--from-docker-login"]],
])("a login is taken from %s", async (_, source) => {
  const config = JSON.stringify({ auths: { [host()]: { auth }, "other.example": { auth: "eDp5" } } });
  const pull = `kind: Secret\napiVersion: v1\nmetadata: { name: pull }\ndata:\n  .dockerconfigjson: ${Buffer.from(config).toString("base64")}\n`;
  const cwd = scratch({ "config.json": config, "pull.yaml": pull });
  const result = await runAsync([...create, "--upstream", upstream, ...source, ...printed], {
    cwd,
    env: { DOCKER_CONFIG: cwd },
  });
  expect(result).toEqual({ code: 0, stdout: manifest("reader", planted), stderr: "" });
});

test("a pull secret and a key come from standard input, too, without a copy on the disk", async () => {
  const config = JSON.stringify({ auths: { [host()]: { auth } } });
  const pull = JSON.stringify({
    kind: "Secret",
    apiVersion: "v1",
    metadata: { name: "pull" },
    stringData: { ".dockerconfigjson": config },
  });
  const args = [...create, "--upstream", upstream, "--from-pull-secret", "-", ...printed];
  expect(await runAsync(args, { input: pull })).toEqual({ code: 0, stdout: manifest("reader", planted), stderr: "" });
  const key = run([...create, "--skip-probe", "--from-service-account-key", "-", ...printed], {
    input: JSON.stringify({ type: "service_account" }),
  });
  expect([key.code, key.stdout]).toEqual([0, manifest("_json_key", '{\\"type\\":\\"service_account\\"}')]);
  const none = run([...create, "--skip-probe", "--from-service-account-key", "-", ...printed], { input: "x" });
  expect([none.code, none.stderr]).toEqual([2, "error: -: is no JSON\n"]);
});

test("a pull secret starts no program", () => {
  const config = JSON.stringify({ credsStore: "evil", auths: {} });
  const cwd = scratch({
    "pull.yaml": `kind: Secret\napiVersion: v1\nmetadata: { name: pull }\nstringData:\n  .dockerconfigjson: '${config}'\n`,
  });
  const { code, stderr } = run(
    [...create, "--upstream", "quay.io", "--skip-probe", "--from-pull-secret", "pull.yaml", ...printed],
    { cwd },
  );
  expect([code, stderr]).toEqual([2, 'error: pull.yaml: no login for "quay.io" in it\n']);
});

/** A program that notes how it was started and prints something. */
function fakeProgram(name: string, script: string): { readonly cwd: string; readonly env: { readonly PATH: string } } {
  const cwd = scratch({ [`bin/${name}`]: `#!/bin/sh\n${script}\n` });
  chmodSync(join(cwd, "bin", name), 0o755);
  return { cwd, env: { PATH: `${join(cwd, "bin")}:${process.env["PATH"]}` } };
}

const notes = `tr '\\0' '\\n' < /proc/$$/environ > environ; for it in "$@"; do echo "$it"; done > argv; cat > stdin; `;

const sealedSecret = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: ro-quay-v1 }\n";

test.each([
  ["--seal", "kubeseal", sealedSecret, ["--format=yaml"]],
  [
    "--sops",
    "sops",
    "kind: Encrypted\n",
    [
      "encrypt",
      "--input-type=yaml",
      "--output-type=yaml",
      "--encrypted-regex",
      "^(data|stringData)$",
      "--filename-override=ro-quay-v1.yaml",
    ],
  ],
])("%s gives the manifest to %s on its standard input, and nothing elsewhere", (flag, program, printedText, argv) => {
  const help = '[ "$1" = help ] && echo stdin && exit; ';
  const { cwd, env } = fakeProgram(program, `${help}${notes} printf '${printedText}'`);
  const args = [...create, "-n", "garden-dev", "--skip-probe", ...reader, flag, ...printed];
  expect(run(args, { cwd, env, input: planted })).toEqual({ code: 0, stdout: printedText, stderr: "" });
  const read = (name: string): string => readFileSync(join(cwd, name), "utf8");
  expect(read("argv").trimEnd().split("\n")).toEqual(argv);
  expect(read("stdin")).toBe(manifest("reader", planted).replace("v1\ntype", "v1\n  namespace: garden-dev\ntype"));
  expect(read("environ")).not.toContain("PLANTED");
});

test.each([
  [
    "fails and repeats the password",
    `echo "at ${planted}" >&2; exit 3`,
    "kubeseal failed with exit code 3; with --seal-cert FILE no cluster is asked",
  ],
  [
    "fails",
    'echo "error: cannot fetch certificate: no such host" >&2; exit 1',
    "kubeseal failed with exit code 1: cannot fetch certificate: no such host; with --seal-cert FILE no cluster is asked",
  ],
  ["prints nothing", "true", "kubeseal printed nothing"],
  ["prints something else", "echo kind: Secret", "kubeseal printed no SealedSecret"],
  ["does nothing", "cat", "kubeseal gave back a manifest with values in it"],
])("a program that %s leaves nothing behind", (_, script, message) => {
  const { cwd, env } = fakeProgram("kubeseal", script);
  const args = [...create, "-n", "garden-dev", "--skip-probe", ...reader, "--seal", "--to", "."];
  expect(run(args, { cwd, env, input: planted })).toEqual({ code: 2, stdout: "", stderr: `error: ${message}\n` });
});

test("a sops that cannot read from standard input is not started", () => {
  const { cwd, env } = fakeProgram("sops", '[ "$1" = help ] || touch started');
  const { code, stderr } = run([...create, "--skip-probe", ...reader, "--sops", ...printed], {
    cwd,
    env,
    input: planted,
  });
  expect([code, stderr, existsSync(join(cwd, "started"))]).toEqual([
    2,
    "error: this sops cannot read from standard input, install version 3.10 or newer\n",
    false,
  ]);
});

test("a credential helper is asked by its name, for the registry alone", async () => {
  const login = JSON.stringify({ ServerURL: "x", Username: "reader", Secret: planted });
  const { cwd, env } = fakeProgram("docker-credential-vault", `cat > stdin; echo '${login}'`);
  const args = [...create, "--upstream", upstream, "--from-credential-helper", "vault", ...printed];
  const { code, stdout, stderr } = await runAsync(args, { cwd, env });
  expect([code, stdout, stderr]).toEqual([0, manifest("reader", planted), ""]);
  expect(readFileSync(join(cwd, "stdin"), "utf8")).toBe(host());
  const none = run([...create, "--upstream", "quay.io", "--from-credential-helper", "none", ...printed], { cwd, env });
  expect([none.code, none.stderr]).toEqual([2, "error: docker-credential-none was not found, install it\n"]);
});

test("a program that is not there is told of", () => {
  const { code, stderr } = run([...create, "--skip-probe", ...reader, "--sops", ...printed], {
    input: planted,
    env: { PATH: scratch() },
  });
  expect([code, stderr]).toEqual([2, "error: sops was not found, install it\n"]);
});

test.each([
  [["secret", "create"], "must name the new Secret, for example ro-quay-v1"],
  [
    ["secret", "create", "a".repeat(250)],
    "the name has 250 characters, and the Secret of a cache may have 249: its copy on the seed is called ref-NAME",
  ],
  [
    [...create, ...printed],
    "must know where to try the credential: --upstream UPSTREAM, --shoot NAME, or --skip-probe",
  ],
  [[...create, "-o", "yaml"], "-o yaml prints the password: it goes with --dry-run=client or --dry-run=server"],
  [[...create, "--to", ".", "-o", "name"], "-o name is for what is made in the garden"],
  [[...create, "--upstream", "x.io", "--shoot", "a"], "--upstream and --shoot do not go together"],
  [[...create, "--cache", "x.io"], "--cache needs --shoot"],
  [[...create, "--shoot", "a", "--skip-probe"], "--shoot and --skip-probe do not go together"],
  [[...create, "--seal", "-n", "a"], "--seal and --sops are for manifests: --to DIR or --dry-run=client"],
  [[...create, "--skip-probe", ...printed, "--context", "x"], "--context is for a garden, and none is asked here"],
  [[...create, "--label", "team"], '--label takes KEY=VALUE, for example team=garden, not "team"'],
  [
    [...create, "--label", "team=-"],
    "--label: \"team=-\" is no label: its value must be empty or up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
  ],
  [
    [...create, "--expires", "soon"],
    '--expires takes a day such as 2030-01-31, a time in RFC 3339, or 90d, not "soon"',
  ],
  [[...create, "--expires", "2020-01-31"], "--expires 2020-01-31: that is over already"],
  [[...create, "--skip-probe", "--to", ".", "--dry-run", "client"], "--to and --dry-run do not go together"],
  [
    [...create, "--skip-probe", ...printed],
    "must get the credential: --username NAME --password-stdin, or one of the --from flags",
  ],
  [[...create, "--skip-probe", ...printed, "--password-stdin"], "--password-stdin needs --username"],
  [
    [...create, "--skip-probe", ...printed, ...reader, "--from-docker-login"],
    "the values can come from one place only",
  ],
  [
    [...create, "--skip-probe", ...printed, "--from-docker-login"],
    "must know the registry whose login is meant: --upstream",
  ],
  [[...create, "--skip-probe", ...printed, "--from-service-account-key", "gone"], "gone: no such file or directory"],
  [[...create, "--skip-probe", ...printed, "--seal", "--sops"], "--seal and --sops do not go together"],
  [[...create, "--skip-probe", "--dry-run=client", "-o", "json", "--seal"], "--seal and --sops write YAML"],
  [
    [...create, "--skip-probe", ...printed, "--seal"],
    "--seal needs -n: a sealed Secret can be opened in its own namespace only",
  ],
  [[...create, "--skip-probe", ...printed, "--seal-cert", "x"], "--seal-cert needs --seal"],
  [["inspect", "-f", "."], "must name the Secret, for example ro-quay-v1"],
  [["inspect", "x", "-f", "."], 'there is no Secret "x" with credentials of a cache in these files'],
  [["expiring", "-f", ".", "--within", "soon"], '--within takes a duration such as 14d or 36h, not "soon"'],
] as const)("%j is refused", (args, message) => {
  const { code, stdout, stderr } = run(args, { cwd: scratch({ "a.yaml": "" }) });
  expect([code, stdout, stderr]).toEqual([2, "", `error: ${message}\n`]);
});

const terminal = {
  met: spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0,
  reason: "no `script` of util-linux",
  enable: "apt-get install bsdutils",
};

test.skipIf(lacks(terminal, "secret create asks on a terminal"))(
  "a person is asked, and the password is not shown",
  async () => {
    const cwd = scratch();
    const command = `"${process.execPath}" "${plugin}" secret create ro-quay-v1 --skip-probe --to .`;
    const child = spawn("script", ["-qec", command, "/dev/null"], {
      cwd,
      env: { ...cleanEnvironment(), TERM: "xterm" },
    });
    let shown = "";
    const answers = [
      ["Username for ro-quay-v1: ", "reader\r"],
      ["which is not shown: ", `${planted}\r`],
    ];
    child.stdout.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
      const [question = "", answer = ""] = answers[0] ?? [];
      if (question === "" || !shown.endsWith(question)) return;
      answers.shift();
      child.stdin.write(answer);
    });
    await new Promise((resolve) => child.once("close", resolve));
    expect(shown.replaceAll("\r\n", "\n")).toBe(
      "Username for ro-quay-v1: reader\nPassword for reader, which is not shown: \n./ro-quay-v1.yaml written\n",
    );
    expect(readFileSync(join(cwd, "ro-quay-v1.yaml"), "utf8")).toBe(manifest("reader", planted));
  },
);
