import { spawnSync } from "node:child_process";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { lacks, type Requirement } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { shoot } from "./manifests.ts";
import { cleanEnvironment, plugin, run, scratch } from "./plugin.ts";

function program(name: string, args: readonly string[], packageName = name): Requirement {
  const met = spawnSync(name, args).status === 0;
  return { met, reason: `no \`${name}\``, enable: `apt-get install ${packageName}` };
}

const script = program("script", ["-qec", "true", "/dev/null"], "bsdutils");
const bash = program("bash", ["-c", "((BASH_VERSINFO[0] >= 5))"]);
const zsh = program("zsh", ["-fc", "true"]);
const fish = program("fish", ["-c", "true"]);
const powershell: Requirement = {
  ...program("pwsh", ["-NoProfile", "-Command", "exit 0"]),
  enable: "install PowerShell",
};
const kubectl = findKubectl();
const bashCompletion = "/usr/share/bash-completion/bash_completion";
const kubectlInBash: Requirement = {
  met: script.met && bash.met && kubectl.met && existsSync(bashCompletion),
  reason: "no `script`, bash, kubectl or bash-completion",
  enable: "apt-get install bsdutils bash-completion, and what brings kubectl",
};

const completer = join(dirname(plugin), "kubectl_complete-registry_cache.js");
const show = `show() { printf '<%s>' "$@"; printf '\\n'; }\n`;

interface Shell {
  /** Starts it with the settings in the file RC of the folder HOME. */
  readonly command: string;
  readonly settings: string;
  readonly file?: string;
}

/** The folder of the shell's programs and settings, and the environment in which it finds them. */
function prepare({ settings, file = "rc" }: Shell): { readonly bin: string; readonly env: NodeJS.ProcessEnv } {
  const bin = scratch();
  for (const it of [plugin, completer]) symlinkSync(it, join(bin, basename(it, ".js")));
  if (kubectl.met) symlinkSync(kubectl.path, join(bin, "kubectl"));
  writeFileSync(join(bin, file), settings);
  const path = [bin, dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const env = {
    ...cleanEnvironment(),
    PATH: path,
    HOME: bin,
    ZDOTDIR: bin,
    TERM: "dumb",
    // npm says vi, and zsh would take the keys for those of vi.
    EDITOR: "emacs",
    VISUAL: "emacs",
    KUBECONFIG: join(bin, "none"),
  };
  return { bin, env };
}

const files = { "manifest.yaml": shoot(), "manual.txt": "", "more/x.json": "{}" };

/** Types lines on a terminal, the key Tab in them. Gives the words that each has become. */
function completed(shell: Shell, lines: readonly string[]): readonly string[] {
  const { bin, env } = prepare(shell);
  // To the start of the line, a command that shows its words, to the end, and go.
  const keys = lines.map((line) => `${line}\u0001show \u0005\n`).join("");
  const command = shell.command.replace("HOME", bin);
  const { stdout } = spawnSync("script", ["-qec", command, "/dev/null"], {
    cwd: scratch(files),
    env,
    input: `${keys}exit\n`,
    encoding: "utf8",
  });
  return [...stdout.matchAll(/^<.*>(?=\r?$)/gm)].map(([it]) => it.slice(1, -1).replaceAll("><", " "));
}

const direct: readonly (readonly [string, string])[] = [
  ["kubectl-registry_cache li\t", "kubectl-registry_cache lint"],
  ["kubectl-registry_cache lint --outp\tjs\t", "kubectl-registry_cache lint --output json"],
  ["kubectl-registry_cache lint --output=js\t", "kubectl-registry_cache lint --output=json"],
  ["kubectl-registry_cache lint -f man\t-R", "kubectl-registry_cache lint -f manifest.yaml -R"],
  ["kubectl-registry_cache lint -f mo\tx\t", "kubectl-registry_cache lint -f more/x.json"],
  ["kubectl-registry_cache explain spec.reso\t", "kubectl-registry_cache explain spec.resources"],
  [
    "kubectl-registry_cache explain shoo\t.spec.reso\t.na\t",
    "kubectl-registry_cache explain shoot.spec.resources.name",
  ],
  ["kubectl-registry_cache explain RC20\t8", "kubectl-registry_cache explain RC208"],
  ["kubectl-registry_cache compl\tz\t", "kubectl-registry_cache completion zsh"],
];

describe.skipIf(lacks(script, "completion on a terminal"))("on a terminal", () => {
  const inBash: Shell = {
    command: "bash --rcfile HOME/rc -i",
    settings: `bind 'set bell-style none'\nsource <(kubectl-registry_cache completion bash)\n${show}`,
  };
  test.skipIf(lacks(bash, "completion in bash"))("bash completes commands, flags, values, files and topics", () => {
    expect(
      completed(
        inBash,
        direct.map(([line]) => line),
      ),
    ).toEqual(direct.map(([, words]) => words));
  });

  test.skipIf(lacks(kubectlInBash, "completion in bash by kubectl"))("bash completes them through kubectl", () => {
    const settings = `. ${bashCompletion}\nsource <(kubectl completion bash)\n${inBash.settings}`;
    const lines = direct.map(([line]) => line.replace("kubectl-registry_cache", "kubectl registry-cache"));
    const expected = direct.map(([, words]) => words.replace("kubectl-registry_cache", "kubectl registry-cache"));
    expect(completed({ ...inBash, settings }, lines)).toEqual(expected);
  });

  test.skipIf(lacks(zsh, "completion in zsh"))("zsh completes them", () => {
    const inZsh: Shell = {
      command: "zsh -d -i",
      file: ".zshrc",
      settings: `unsetopt beep auto_menu menu_complete\nautoload -Uz compinit; compinit -u -D\nsource <(kubectl-registry_cache completion zsh)\n${show}`,
    };
    expect(
      completed(
        inZsh,
        direct.map(([line]) => line),
      ),
    ).toEqual(direct.map(([, words]) => words));
  });
});

test.skipIf(lacks(fish, "completion in fish"))("fish completes commands, flags, values, files and topics", () => {
  const { env } = prepare({ command: "", settings: "" });
  const ask = (line: string): readonly string[] => {
    const text = `kubectl-registry_cache completion fish | source; complete -C 'kubectl-registry_cache ${line}'`;
    const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", text], {
      cwd: scratch(files),
      env,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    return stdout.split("\n").slice(0, -1);
  };
  expect(ask("ru")).toEqual(["rules\tList everything that lint checks."]);
  expect(ask("lint --output=js")).toEqual(["--output=json"]);
  expect(ask("lint -o ")).toEqual(["github", "gitlab", "json", "junit", "sarif", "text"]);
  expect(ask("lint -f mani")).toEqual(["manifest.yaml"]);
  expect(ask("explain spec.resources.n").map((it) => it.split("\t")[0])).toEqual(["spec.resources.name"]);
});

describe("the scripts", () => {
  const scriptOf = (shell: string): string => run(["completion", shell]).stdout;
  const checks = [
    ["bash", bash, ["bash", "-n"]],
    ["zsh", zsh, ["zsh", "-n"]],
    ["fish", fish, ["fish", "--no-execute"]],
  ] as const;
  for (const [shell, requirement, [command, flag]] of checks) {
    test.skipIf(lacks(requirement, `the syntax of the script for ${shell}`))(`${shell} takes its script`, () => {
      const file = join(scratch({ script: scriptOf(shell) }), "script");
      const { status, stderr } = spawnSync(command, [flag, file], { encoding: "utf8" });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    });
  }

  // Nobody has packaged PowerShell for Debian: that its script is printed whole is all that is tested everywhere.
  test("the one for PowerShell registers a completer", () => {
    expect(scriptOf("powershell")).toMatch(
      /^Register-ArgumentCompleter -Native -CommandName 'kubectl-registry_cache'/m,
    );
    if (!powershell.met) return;
    const parse = "[scriptblock]::Create([Console]::In.ReadToEnd()) | Out-Null";
    const { status } = spawnSync("pwsh", ["-NoProfile", "-Command", parse], { input: scriptOf("powershell") });
    expect(status).toBe(0);
  });
});
