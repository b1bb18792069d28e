import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { shoot } from "./manifests.ts";
import { cleanEnvironment, type Run, scratch } from "./plugin.ts";

const root = join(import.meta.dirname, "../..");

function read(file: string): unknown {
  return parse(readFileSync(join(root, file), "utf8"));
}

/** A small repository as a user of ours has it. */
function repository(files: { readonly [path: string]: string }): string {
  const cwd = scratch(files);
  inRepository(cwd, "git", ["init", "--quiet"]);
  inRepository(cwd, "git", ["add", "--all"]);
  return cwd;
}

function inRepository(cwd: string, program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Run {
  const who = {
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@b.c",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@b.c",
  };
  const path = `${dirname(process.execPath)}:${process.env["PATH"]}`;
  const { status, stdout, stderr } = spawnSync(program, [...args], {
    cwd,
    // As npm would name its package, if a commit were made by a script of it.
    env: {
      ...cleanEnvironment(),
      ...who,
      PATH: path,
      INIT_CWD: "/",
      npm_package_json: join(cwd, "package.json"),
      ...more,
    },
    encoding: "utf8",
  });
  return { code: status, stdout, stderr };
}

const sound = { "shoots/a.yaml": shoot(), "other/values.yaml": "a: 1\n" };
const broken = { ...sound, "shoots/b.yaml": shoot({ name: "b", reference: "x" }) };
const finding = /^shoots\/b\.yaml:15:30 {2}error {2}RC201 reference-unresolved /;

interface Hook {
  readonly id: string;
  readonly language: string;
  readonly entry: string;
  readonly args: readonly string[];
}

describe("the hook of pre-commit", () => {
  const hooks = read(".pre-commit-hooks.yaml") as readonly Hook[];

  test.each(hooks.map((it): [string, Hook] => [it.id, it]))(
    "%s stops a commit that breaks a chain, and no other",
    (_, hook) => {
      expect(hook.language).toBe("script");
      // A script's entry is a file of our repository and its arguments, as pre-commit runs it.
      const [file = "", ...words] = [...hook.entry.split(" "), ...hook.args];
      const command = [join(root, file), ...words].map((it) => `'${it}'`).join(" ");
      for (const [files, code, told] of [
        [sound, 0, ""],
        [broken, 1, "shoots/b.yaml:15:30  error  RC201 reference-unresolved  "],
      ] as const) {
        const cwd = repository(files);
        const script = join(cwd, ".git/hooks/pre-commit");
        writeFileSync(script, `#!/bin/sh\nexec ${command}\n`);
        chmodSync(script, 0o755);
        const commit = inRepository(cwd, "git", ["commit", "--quiet", "--message", "change"]);
        // Git gives what a hook prints to its own errors.
        expect([commit.code, commit.stderr]).toEqual([code, expect.stringContaining(told)]);
      }
    },
  );
});

interface Action {
  readonly inputs: { readonly [name: string]: { readonly default: string } };
  readonly runs: {
    readonly steps: readonly {
      readonly shell: string;
      readonly run: string;
      readonly env: { readonly [name: string]: string };
    }[];
  };
}

describe("the GitHub Action", () => {
  const { inputs, runs } = read("action.yml") as Action;

  /** Runs the steps as GitHub does, until one fails. */
  function runSteps(cwd: string, given: { readonly [name: string]: string } = {}): Run {
    let last: Run = { code: 0, stdout: "", stderr: "" };
    for (const { shell, run, env } of runs.steps) {
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
      const script = join(scratch({ "step.sh": run }), "step.sh");
      const filled = Object.entries(env).map(([name, value]) => [
        name,
        value.replace(/\$\{\{ inputs\.(\w+) \}\}/g, inputOf),
      ]);
      const more = { ...Object.fromEntries(filled), GITHUB_ACTION_PATH: root };
      last = inRepository(cwd, "bash", ["--noprofile", "--norc", "-eo", "pipefail", script], more);
      if (last.code !== 0) break;
    }
    return last;

    function inputOf(_: string, name: string): string {
      return given[name] ?? inputs[name]?.default ?? "";
    }
  }

  test.each([
    ["a sound repository", sound, {}, 0, /^nothing found in 2 files\n$/],
    ["a broken chain", broken, {}, 1, /^::error file=shoots\/b\.yaml,line=15,.*RC201/],
    ["the files that are named", broken, { files: "shoots/a.yaml\nother\n" }, 0, /^nothing found in 2 files\n$/],
    ["another format", broken, { format: "text" }, 1, finding],
    ["more arguments", broken, { files: "shoots", format: "text", arguments: "--quiet" }, 1, finding],
    ["an input that would be a command", broken, { files: "$(touch owned)" }, 2, /^::error file=\$\(touch owned\),/],
  ] as const)("checks %s", (...[, files, given, code, stdout]) => {
    const cwd = repository(files);
    const result = runSteps(cwd, given);
    expect([result.code, result.stdout]).toEqual([code, expect.stringMatching(stdout)]);
    expect(inRepository(cwd, "git", ["status", "--short", "--untracked-files"]).stdout).not.toContain("owned");
  });
});
