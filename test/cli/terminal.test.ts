import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { shoot } from "./manifests.ts";
import { cleanEnvironment, plugin, run, scratch } from "./plugin.ts";

// `script` of util-linux runs a program on a terminal of its own.
const script = {
  met: spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0,
  reason: "no `script` of util-linux",
  enable: "apt-get install bsdutils",
};

const csi = "\u001b[";

function onTerminal(args: string, env: { readonly [name: string]: string } = {}, before = ""): string {
  const cwd = scratch({ "a.yaml": shoot({ reference: "x" }) });
  const command = `"${process.execPath}" ${before} "${plugin}" ${args}`;
  const { stdout } = spawnSync("script", ["-qec", command, "/dev/null"], {
    cwd,
    env: { ...cleanEnvironment(), TERM: "xterm", ...env },
    encoding: "utf8",
  });
  return stdout.replaceAll("\r\n", "\n");
}

describe.skipIf(lacks(script, "colors and progress on a terminal"))("on a terminal", () => {
  test("findings are coloured, and the text is the same without", () => {
    const shown = onTerminal("lint -f a.yaml");
    expect(shown).toContain(`${csi}31merror${csi}0m`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is to go
    expect(shown.replace(/\u001b\[\d+m/g, "")).toBe(onTerminal("lint -f a.yaml", { NO_COLOR: "1" }));
  });

  test.each([
    ["lint -f a.yaml", { NO_COLOR: "1" }],
    ["lint -f a.yaml", { NO_COLOR: "1", FORCE_COLOR: "1" }],
    ["lint -f a.yaml", { TERM: "dumb" }],
    ["lint -f a.yaml", { FORCE_COLOR: "0" }],
    ["lint -f a.yaml --no-color", { FORCE_COLOR: "1" }],
  ])("%s with %j has no colours", (args, env) => {
    expect(onTerminal(args, env)).not.toContain(csi);
  });

  test("who starts the language server by hand is told who should", () => {
    expect(onTerminal("lsp")).toBe(
      "error: lsp talks to an editor, not to a terminal; name this command in the editor's settings\n",
    );
  });

  test("a long run shows its progress and erases it, a short one shows nothing", () => {
    const cwd = scratch({ "slow.cjs": "let time = 0; performance.now = () => (time += 600);" });
    expect(onTerminal("lint -f a.yaml -f . -f a.yaml 2>&1 >/dev/null")).toBe("");
    const files = scratch(Object.fromEntries([1, 2, 3, 4].map((it) => [`${it}.yaml`, shoot()])));
    const slow = onTerminal(`lint -f "${files}" 2>&1 >/dev/null`, {}, `--require "${cwd}/slow.cjs"`);
    expect(slow).toBe(`\r${csi}K1 of 4 files\r${csi}K2 of 4 files\r${csi}K3 of 4 files\r${csi}K`);
  });
});

test.each([
  [["lint", "-f", "-"], {}, false],
  [["lint", "-f", "-"], { FORCE_COLOR: "1" }, true],
  [["lint", "-f", "-", "--color"], { NO_COLOR: "1" }, true],
  [["lint", "-f", "-", "--color=true"], {}, true],
  [["lint", "-f", "-", "--color=false"], { FORCE_COLOR: "1" }, false],
  [["lint", "-f", "-"], { NO_COLOR: "", FORCE_COLOR: "" }, false],
] as const)("through a pipe, %j with %j has colours: %s", (args, env, expected) => {
  const { stdout, stderr } = run(args, { input: shoot({ reference: "x" }), env });
  expect([stdout.includes(csi), stderr]).toEqual([expected, ""]);
});

test("a long run says nothing of its progress where there is no terminal", () => {
  const before = "let time = 0; performance.now = () => (time += 600);";
  const cwd = scratch(Object.fromEntries([1, 2, 3, 4].map((it) => [`${it}.yaml`, shoot()])));
  expect(run(["lint", "-f", "."], { cwd, before }).stderr).toBe("");
});
