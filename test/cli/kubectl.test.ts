import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, symlinkSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { secret, shoot } from "./manifests.ts";
import { cleanEnvironment, plugin, type Run, run, scratch } from "./plugin.ts";

const kubectl = findKubectl();
const completion = join(dirname(plugin), "kubectl_complete-registry_cache.js");

/** A folder for the PATH in which the two programs are called as npm calls them. */
function installed(): string {
  const bin = scratch();
  for (const file of [plugin, completion]) symlinkSync(file, join(bin, basename(file, ".js")));
  return [bin, dirname(process.execPath), process.env["PATH"]].join(delimiter);
}

function runKubectl(args: readonly string[], cwd: string, input = ""): Run {
  const { status, stdout, stderr } = spawnSync(kubectl.path, [...args], {
    cwd,
    input,
    env: { ...cleanEnvironment(), PATH: installed(), HOME: cwd, KUBECONFIG: join(cwd, "none") },
    encoding: "utf8",
  });
  return { code: status, stdout, stderr };
}

const dockerSecret = "apiVersion: v1\nkind: Secret\nmetadata: { name: docker-v1 }\n";

describe.skipIf(lacks(kubectl, "kubectl runs the plugin and asks it for completions"))("kubectl", () => {
  const cwd = (): string =>
    scratch({ "a.yaml": shoot(), "b.yaml": `${shoot({ reference: "x" })}---\n${dockerSecret}` });

  test("runs the plugin: arguments, exit code, standard input and both outputs pass through", () => {
    const root = cwd();
    expect(runKubectl(["registry-cache", "lint", "-f", "a.yaml"], root)).toEqual({
      code: 0,
      stdout: "nothing found in 1 file\n",
      stderr: "",
    });
    expect(runKubectl(["registry-cache", "lint", "-q", "-f", "-"], root, shoot({ reference: "x" }))).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^<stdin>:15:30 {2}error {2}RC201 /),
    });
    expect(runKubectl(["registry-cache", "lint", "-f", "gone"], root)).toEqual({
      code: 2,
      stdout: "",
      stderr: "error: gone: no such file or directory\n",
    });
  });

  test("runs commands of two words", () => {
    const root = scratch({ "a.yaml": shoot(), "s.yaml": secret() });
    const flags = ["-f", ".", "quay-v1", "--yes"];
    const rotated = runKubectl(
      ["registry-cache", "rotate", ...flags, "--skip-probe", "--username", "robot", "--password-stdin"],
      root,
      "x",
    );
    expect([rotated.code, rotated.stderr]).toEqual([0, ""]);
    expect(runKubectl(["registry-cache", "rotate", "finish", ...flags], root)).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(root).filter((it) => it.endsWith(".yaml"))).toEqual(["a.yaml", "quay-v2.yaml"]);
  });

  test("shows the plugin's own help and lists it", () => {
    const root = cwd();
    expect(runKubectl(["registry-cache", "lint", "--help"], root)).toEqual(run(["lint", "--help"]));
    expect(runKubectl(["plugin", "list", "--name-only"], root).stdout).toContain("kubectl-registry_cache\n");
  });

  test.each([
    [
      [""],
      [
        "lint",
        "status",
        "usage",
        "graph",
        "rotate",
        "render",
        "diff",
        "trace",
        "doctor",
        "top",
        "deploy",
        "undeploy",
        "probe",
        "secret",
        "inspect",
        "expiring",
        "schema",
        "rules",
        "explain",
        "lsp",
        "completion",
      ],
      4,
    ],
    [["l"], ["lint", "lsp"], 4],
    [["--"], ["--help", "--version"], 4],
    [["lint", "--m"], ["--max-warnings"], 4],
    [["rules", "-o", ""], ["text", "json"], 4],
    [["lint", "--output", "j"], ["json", "junit"], 4],
    [["lint", "-f", ""], ["json", "yaml", "yml"], 8],
    [["lint", "--against", "x"], [], 0],
    [["lint", "--against", "git:"], [], 4],
    [["lint", "--fix", ""], [], 4],
    [["lint", "--fix", "--fi"], ["--filename"], 4],
    [["lint", "-f", "a", "--fi"], ["--filename", "--fix"], 4],
    [["lint", "-o", "text", "--ou"], [], 4],
    [["rules", "-"], ["--output", "-o", "--help"], 4],
    [["nonsense", ""], [], 4],
    [["explain", "RC20"], ["RC201", "RC202", "RC203", "RC204", "RC205", "RC206", "RC207", "RC208", "RC209"], 4],
    [["explain", "yaml-s"], ["yaml-syntax"], 4],
    [["explain", "shoo"], ["shoot"], 6],
    [["explain", "shoot.spec.reso"], ["shoot.spec.resources"], 6],
    [["explain", "spec.resources."], ["spec.resources.name", "spec.resources.resourceRef"], 4],
    [["explain", "nothing."], [], 4],
    [["explain", "RC201", ""], [], 4],
    [["explain", "--rec"], ["--recursive"], 4],
    [
      ["explain", "--recursive", "-o", "json", "RC20"],
      ["RC201", "RC202", "RC203", "RC204", "RC205", "RC206", "RC207", "RC208", "RC209"],
      4,
    ],
    [["ro"], ["rotate"], 4],
    [["rotate", ""], ["status", "resume", "rollback", "finish"], 4],
    [["rotate", "fin"], ["finish"], 4],
    [["rotate", "-f", ".", ""], ["docker-v1", "quay-v1"], 4],
    [["rotate", "--filename=a.yaml", "--yes", "q"], ["quay-v1"], 4],
    [["rotate", "finish", "-f", "b.yaml", ""], ["docker-v1", "quay-v1"], 4],
    [["rotate", "status", "-f", "gone", ""], [], 4],
    [["rotate", "-f", ".", "quay-v1", ""], [], 4],
    [["rotate", "-f", ".", "-y", "--di"], ["--diff"], 4],
    [["rotate", "finish", "--em"], [], 4],
    [["rotate", "finish", "-f", ""], ["json", "yaml", "yml"], 8],
    [["rotate", "--ca-bundle", ""], [], 0],
    [["rotate", "--username", "r"], [], 4],
    [["lint", "--select", "RC22"], ["RC220", "RC221", "RC222", "RC223", "RC224", "RC225"], 4],
    [["lint", "--ignore=RC0", ""], [], 4],
    [["lint", "--ignore", "tls"], ["tls-off"], 4],
    [["lint", "--ignore", "RC201,tls"], ["RC201,tls-off"], 4],
    [["completion", ""], ["bash", "zsh", "fish", "powershell"], 4],
    [["completion", "z"], ["zsh"], 4],
  ] as const)("completes %j", (words, expected, directive) => {
    const { stdout } = runKubectl(["__complete", "registry-cache", ...words], cwd());
    const lines = stdout.trimEnd().split("\n");
    expect([lines.slice(0, -1).map((it) => it.split("\t")[0]), lines.at(-1)]).toEqual([expected, `:${directive}`]);
  });
});

test("both programs start with whatever Node the PATH has", () => {
  // The tests' own Node comes first in their PATH; the user's is behind it.
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((it) => !it.includes("node_modules"));
  const env = { ...cleanEnvironment(), PATH: path.join(delimiter) };
  const options = { env, encoding: "utf8", input: shoot() } as const;
  expect(execFileSync(plugin, ["lint", "-f", "-"], options)).toBe("nothing found in 1 file\n");
  expect(execFileSync(completion, ["lint", "--fi", ""].slice(0, 2), options)).toContain("--fix\t");
  expect(spawnSync(plugin, ["lint", "-f", "-"], options).stderr).toBe("");
});
