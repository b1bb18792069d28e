import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { secret, shoot } from "./manifests.ts";
import { cleanEnvironment, plugin, type Run, run, scratch } from "./plugin.ts";

/** Loads the chunk with the framework as the program would, and hands it the command line. */
const throughFramework = `
  const { readdirSync, readFileSync } = require("node:fs");
  const { basename, join } = require("node:path");
  const modules = new Map();
  const provided = new Map();
  const load = (path) => {
    const file = join(library, basename(path));
    if (!path.startsWith("./") && path !== file) return require(path);
    if (modules.has(file)) return modules.get(file).exports;
    const module = { exports: {} };
    modules.set(file, module);
    const define = provided.get(path) ?? require("node:vm").runInThisContext(readFileSync(file, "utf8"));
    define(module.exports, load, module, file, library);
    return module.exports;
  };
  Object.assign(load, { resolve: require.resolve, provide: (name, define) => provided.set(name, define) });
  const library = ${JSON.stringify(join(dirname(plugin), "lib"))};
  const chunk = readdirSync(library).find((it) => /^oclif-.*\\.js$/.test(it));
  load("./" + chunk).runFramework(process.argv.slice(2));
`;

/** Stands before the command line, since Node takes a first word `inspect` for itself. */
const first = "run";

/** Runs a command line with oclif, whatever it says. */
function runFramework(args: readonly string[], cwd: string): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", throughFramework, "--", first, ...args], {
    cwd,
    input: shoot(),
    env: cleanEnvironment(),
    encoding: "utf8",
  });
  return { code: status, stdout, stderr };
}

/** Command lines that are plainly right, nearly right and wrong. */
const commandLines: readonly string[] = [
  "",
  "--help",
  "lint",
  "lint -f a.yaml",
  "lint -f b.yaml",
  "lint -f=b.yaml",
  "lint -fb.yaml",
  "lint --filename b.yaml",
  "lint --filename=b.yaml",
  "lint --filename=",
  "lint --filename",
  "lint -f a.yaml -f b.yaml",
  "lint -f a.yaml b.yaml",
  "lint a.yaml",
  "lint -f -",
  "lint -",
  "lint -f . -R",
  "lint -Rf .",
  "lint -qRf .",
  "lint -f . -R -q",
  "lint -R=true -f .",
  "lint -R=false -f .",
  "lint -R=maybe -f .",
  "lint -f . --recursive=true --recursive=false",
  "lint -f b.yaml --fix=false",
  "lint -f b.yaml --diff",
  "lint -f b.yaml --diff --diff",
  "lint -f b.yaml --fix --diff=false --quiet",
  "lint -f b.yaml --color",
  "lint -f b.yaml --no-color",
  "lint -f b.yaml --color --no-color",
  "lint -f b.yaml --no-color --color",
  "lint -f b.yaml --no-color=true",
  "lint -f b.yaml --no-fix",
  "lint -f b.yaml --color=false",
  "lint -f b.yaml -o json",
  "lint -f b.yaml -o=json",
  "lint -f b.yaml -ojson",
  "lint -f b.yaml --output=json",
  "lint -f b.yaml --output json -o text",
  "lint -f b.yaml -o yaml",
  "lint -f b.yaml -o",
  "lint -f b.yaml -o -q",
  "lint -f b.yaml --output --quiet",
  "lint -f b.yaml --max-warnings 0",
  "lint -f b.yaml --max-warnings=0",
  "lint -f b.yaml --max-warnings=-1",
  "lint -f b.yaml --max-warnings -1",
  "lint -f b.yaml --max-warnings many",
  "lint -f b.yaml --max-warnings 1 --max-warnings 2",
  "lint -f b.yaml --against a.yaml",
  "lint -f b.yaml --against gone.yaml",
  "lint -f b.yaml --against=-",
  "lint -f b.yaml --against -",
  "lint -f gone.yaml",
  "lint -f --fix",
  "lint -f -R",
  "lint -f -x",
  "lint -f b.yaml -x",
  "lint -f b.yaml --fix=yes",
  "lint -f b.yaml --FIX",
  "lint -f b.yaml --fi",
  "lint -f b.yaml ---fix",
  "lint -f b.yaml --=x",
  "lint -f b.yaml --",
  "lint -f b.yaml -- --fix",
  "lint -- -f b.yaml",
  "lint -f b.yaml --help",
  "lint -f b.yaml -h",
  "lint --version",
  "probe",
  "probe http://127.0.0.1:1",
  "probe http://127.0.0.1:1 -o json",
  "probe http://127.0.0.1:1 --timeout=soon",
  "probe http://127.0.0.1:1 http://127.0.0.1:1",
  "probe -f a.yaml --cache quay.io",
  "secret",
  "secret create",
  "secret create --help",
  "secret create x --skip-probe --dry-run=client",
  "secret create x --skip-probe --dry-run=server",
  "secret create x --skip-probe --username a --password-stdin --dry-run client -o yaml",
  "inspect quay-v1 -f .",
  "inspect --help",
  "expiring -f . -o ics",
  "expiring -f . -o csv",
  "rules",
  "rules -o json",
  "rules -o text -q",
  "rules x",
  "explain",
  "explain RC201",
  "explain rc201 -o json",
  "explain spec.resources --recursive",
  "explain --recursive spec.resources",
  "explain --recursive=false spec.resources",
  "explain spec.resources spec.kubernetes",
  "explain nothing",
  "explain -",
  "explain -- RC201",
  "explain constructor",
  "rotate",
  "rotate --help",
  "rotate finish --help",
  "rotate status -h",
  "rotate -f . quay-v1",
  "rotate -f . quay-v1 --dry-run",
  "rotate -f . --dry-run quay-v1 --diff",
  "rotate --dry-run=true -f=. quay-v1 -o=json",
  "rotate -f . quay-v1 --empty",
  "rotate -f . quay-v1 quay-v2",
  "rotate -f . quay-v1 --password-stdin",
  "rotate -f . quay-v1 --password hunter",
  "rotate -f . gone --dry-run",
  "rotate -R -f . -n garden-dev quay-v1 --dry-run",
  "rotate -f . -n -y quay-v1",
  "rotate -f - quay-v1",
  "rotate -f .",
  "rotate finish",
  "rotate finish -f . quay-v1",
  "rotate finish -f . quay-v1 --username x",
  "rotate -f . finish quay-v1",
  "rotate status -f . quay-v1",
  "rotate status -f . quay-v1 -o json",
  "rotate status -f . quay-v1 --yes",
  "rotate statu -f .",
  "completion",
  "completion bash",
  "completion fish x",
  "completion tcsh",
  "completion --shell bash",
];

test.each(commandLines)("both ways give one result: %j", (line) => {
  const files = {
    "a.yaml": shoot(),
    "b.yaml": shoot({ reference: "x" }),
    "c/d.yaml": shoot({ reference: "y" }),
    "c/s.yaml": secret(),
  };
  const args = line === "" ? [] : line.split(" ");
  const cwd = scratch(files);
  expect(run(args, { cwd, input: shoot() })).toEqual(runFramework(args, cwd));
});
