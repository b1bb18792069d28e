import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { secret, shoot } from "./manifests.ts";
import { run, scratch } from "./plugin.ts";

const settings = ".registry-cache.yaml";
const files = { "a/shoot.yaml": shoot({ reference: "gone", size: "512Ki" }), "a/secret.yaml": secret("invented") };

/** The findings of a run, each as its file, code and severity; and how it ended. */
function lint(
  more: { readonly [path: string]: string },
  args: readonly string[] = ["-R", "-f", "."],
  folder = "",
): readonly unknown[] {
  const { code, stdout, stderr } = run(["lint", "-o", "json", ...args], {
    cwd: join(scratch({ ...files, ...more }), folder),
  });
  expect(stderr).toBe("");
  const report: { readonly findings: readonly { file: string; code: string; severity: string }[] } = JSON.parse(stdout);
  return [code, ...report.findings.map((it) => `${it.file} ${it.code} ${it.severity}`)];
}

const both = ["a/secret.yaml RC208 warning", "a/shoot.yaml RC201 error", "a/shoot.yaml RC127 warning"];

describe("settings", () => {
  test.each<readonly [string, string, readonly unknown[]]>([
    ["none", "", [1, ...both]],
    [
      "severities",
      "severities: { RC201: warning, secret-mutable: off, RC127: info }",
      [0, "a/shoot.yaml RC201 warning", "a/shoot.yaml RC127 info"],
    ],
    ["ignores", "ignores: [{ paths: [shoot.yaml], codes: [RC] }]", [0, both[0]]],
    [
      "policies",
      "policies: { secretNames: 'ro-{name}-v{n}' }",
      [1, both[0], "a/secret.yaml RC230 warning", ...both.slice(1)],
    ],
    ["mistakes", "polices: {}", [1, `${settings} RC040 error`, ...both]],
  ])("%s apply to all below", (_, text, expected) => {
    expect(lint({ [settings]: text })).toEqual(expected);
  });

  test("the nearest file counts, alone, and only in its repository", () => {
    const off = "severities: { RC: off }";
    expect(lint({ [settings]: off, [`a/${settings}`]: "severities: { RC201: info }" })).toEqual([
      0,
      both[0],
      "a/shoot.yaml RC201 info",
      both[2],
    ]);
    expect(lint({ [settings]: off, "a/.git/HEAD": "" })).toEqual([1, ...both]);
  });

  test("are found wherever the run starts, and for standard input from there", () => {
    const off = { [settings]: "severities: { RC1: off, RC2: off }\nx: 1\n" };
    expect(lint(off, ["-f", "shoot.yaml"], "a")).toEqual([1, `../${settings} RC040 error`]);
    const cwd = join(scratch({ ...off, "a/b": "" }), "a");
    expect(run(["lint", "-f", "-"], { cwd, input: files["a/shoot.yaml"] }).stdout).toContain("RC040");
  });

  test("named twice are checked once", () => {
    expect(lint({ [settings]: "x: 1" }, ["-f", settings, "-f", `./${settings}`, "-f", "."])).toEqual([
      1,
      `${settings} RC040 error`,
    ]);
  });

  test("are shown with their line", () => {
    const { stdout } = run(["lint", "-f", settings], {
      cwd: scratch({ [settings]: "policies:\n  secretName: 'ro-{n}'\n" }),
    });
    expect(stdout).toMatchInlineSnapshot(`
      ".registry-cache.yaml:2:3  error  RC040 settings-unknown-field  unknown field "policies.secretName"; did you mean "secretNames"
         2 |   secretName: 'ro-{n}'
           |   ^^^^^^^^^^
           = fix: Change to "secretNames"

      1 error in 1 of 1 file
      "
    `);
  });

  test("that cannot be read are told", () => {
    const root = scratch(files);
    mkdirSync(join(root, settings));
    expect(run(["lint", "-R", "-f", ".", "-q"], { cwd: root }).code).toBe(1);
    writeFileSync(join(root, "a", settings), Buffer.from([0xff, 0xfe, 0x41, 0]));
    const { code, stderr } = run(["lint", "-R", "-f", "."], { cwd: root });
    expect([code, stderr]).toEqual([2, `error: a/${settings}: is UTF-16, save it as UTF-8\n`]);
  });
});

describe("--select and --ignore", () => {
  test.each<readonly [readonly string[], readonly unknown[]]>([
    [
      ["--select", "RC201"],
      [1, both[1]],
    ],
    [
      ["--select", "RC127,secret-mutable"],
      [0, both[0], both[2]],
    ],
    [
      ["--select", "rc", "--ignore", "RC201"],
      [0, both[0], both[2]],
    ],
    [
      ["--ignore", "RC201", "--ignore", "RC127"],
      [0, both[0]],
    ],
    [["--ignore", "RC"], [0]],
  ])("%j", (args, expected) => {
    expect(lint({}, ["-R", "-f", ".", ...args])).toEqual(expected);
  });

  test("keep --fix from what is not told", () => {
    const cwd = scratch({ "a.yaml": shoot({ remote: "remoteUrl" }) });
    expect(run(["lint", "-f", "a.yaml", "--diff", "--ignore", "unknown-field"], { cwd }).stdout).toBe(
      "nothing found in 1 file\n",
    );
  });
});

describe("comments", () => {
  const noted = files["a/shoot.yaml"].replace("Name: gone", "Name: gone # registry-cache: ignore RC201");

  test("ignore, and are removed when they ignore nothing", () => {
    expect(lint({ "a/shoot.yaml": noted })).toEqual([0, both[0], both[2]]);
    const cwd = scratch({ "a.yaml": noted.replace("gone #", "quay #").replace("512Ki", "20Gi") });
    expect(run(["lint", "-f", "a.yaml", "--fix"], { cwd }).stdout).toBe("fixed 1 finding; nothing found in 1 file\n");
    expect(run(["lint", "-f", "a.yaml", "--diff", "-q"], { cwd }).stdout).toBe("");
  });

  test("are counted with all else that is kept back", () => {
    const cwd = scratch({ "a/shoot.yaml": noted, "a/secret.yaml": secret(), [settings]: "severities: { RC127: off }" });
    const { stdout } = run(["lint", "-R", "-f", ".", "-o", "json"], { cwd });
    expect(JSON.parse(stdout).summary.ignored).toEqual({ comments: 1, settings: 1, baseline: 0 });
  });
});
