import { expect, test } from "vitest";
import { shoot } from "./manifests.ts";
import { run, scratch } from "./plugin.ts";

/** The one line that a wrong command line gives. */
function refusal(...args: readonly string[]): string {
  const { code, stdout, stderr } = run(args, { cwd: scratch({ "a.yaml": shoot() }) });
  expect([code, stdout]).toEqual([2, ""]);
  return stderr;
}

test.each([
  [["--help"], "help"],
  [["lint", "--help"], "help-lint"],
  [["status", "--help"], "help-status"],
  [["usage", "--help"], "help-usage"],
  [["graph", "--help"], "help-graph"],
  [["rotate", "--help"], "help-rotate"],
  [["rotate", "finish", "--help"], "help-rotate-finish"],
  [["rotate", "status", "--help"], "help-rotate-status"],
  [["probe", "--help"], "help-probe"],
  [["secret", "--help"], "help-secret"],
  [["secret", "create", "--help"], "help-secret-create"],
  [["inspect", "--help"], "help-inspect"],
  [["expiring", "--help"], "help-expiring"],
  [["schema", "--help"], "help-schema"],
  [["schema", "pull", "--help"], "help-schema-pull"],
  [["schema", "show", "--help"], "help-schema-show"],
  [["schema", "list", "--help"], "help-schema-list"],
  [["rules", "--help"], "help-rules"],
  [["explain", "--help"], "help-explain"],
  [["render", "--help"], "help-render"],
  [["diff", "--help"], "help-diff"],
  [["trace", "--help"], "help-trace"],
  [["doctor", "--help"], "help-doctor"],
  [["top", "--help"], "help-top"],
  [["deploy", "--help"], "help-deploy"],
  [["undeploy", "--help"], "help-undeploy"],
  [["lsp", "--help"], "help-lsp"],
  [["completion", "--help"], "help-completion"],
] as const)("%j is as it was", async (args, name) => {
  const { code, stdout, stderr } = run(args);
  expect([code, stderr]).toEqual([0, ""]);
  await expect(stdout.replace(/kubectl-registry-cache\/\S+ \S+ node-\S+/, "VERSION")).toMatchFileSnapshot(
    `fixtures/${name}.txt`,
  );
});

test("help is the same however it is asked for", () => {
  expect(run(["lint", "-h"])).toEqual(run(["lint", "--help"]));
  expect(run(["help", "lint"])).toEqual(run(["lint", "--help"]));
  expect(run(["lint", "-f", "x", "--help"])).toEqual(run(["lint", "--help"]));
  expect(run(["help", "rotate", "finish"])).toEqual(run(["rotate", "finish", "-h"]));
  expect(run(["help", "rotate"])).toEqual(run(["rotate", "--help"]));
  expect(run(["help"])).toEqual(run(["--help"]));
  expect(run([])).toEqual(run(["--help"]));
});

test("tells its version", () => {
  expect(run(["--version"])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^kubectl registry-cache \d+\.\d+\.\d+\n$/),
  });
});

test.each<readonly [readonly string[], string]>([
  [["lnt"], 'unknown command "lnt", did you mean lint?'],
  [
    ["something"],
    'unknown command "something", known are lint, status, usage, graph, rotate, render, diff, trace, doctor, top, deploy, undeploy, probe, secret, inspect, expiring, schema, rules, explain, lsp and completion',
  ],
  [["--unknown"], "unknown flag --unknown, flags follow the command"],
  [["--hlp"], "unknown flag --hlp, did you mean --help?"],
  [["lint"], "must specify -f with a file, a directory or - for standard input"],
  [["lint", "-f", ""], "-f takes a file, a directory or -, not an empty name"],
  [["lint", "-f"], 'flag --filename expects a value, see "kubectl registry-cache lint --help"'],
  [
    ["lint", "a.yaml"],
    'unexpected argument "a.yaml", files are named with -f, see "kubectl registry-cache lint --help"',
  ],
  [
    ["lint", "-f", "a.yaml", "b"],
    'unexpected argument "b", files are named with -f, see "kubectl registry-cache lint --help"',
  ],
  [
    ["lint", "-f", "a.yaml", "--", "-R"],
    'unexpected argument "-R", files are named with -f, see "kubectl registry-cache lint --help"',
  ],
  [["rules", "a"], 'unexpected argument "a", see "kubectl registry-cache rules --help"'],
  [["lint", "-f", "a.yaml", "--recursve"], "unknown flag --recursve, did you mean --recursive?"],
  [["lint", "-f", "a.yaml", "--no-colour"], "unknown flag --no-colour, did you mean --no-color?"],
  [["lint", "-f", "a.yaml", "--zzz=1"], 'unknown flag --zzz, see "kubectl registry-cache lint --help"'],
  [["lint", "-f", "a.yaml", "-x"], 'unknown flag -x, see "kubectl registry-cache lint --help"'],
  [
    ["lint", "-f", "a.yaml", "-o", "yaml"],
    'expected --output=yaml to be one of: text, json, sarif, github, gitlab, junit, see "kubectl registry-cache lint --help"',
  ],
  [
    ["lint", "-f", "a.yaml", "-o", "json", "-o", "text"],
    'flag --output can only be specified once, see "kubectl registry-cache lint --help"',
  ],
  [["lint", "-f", "a.yaml", "--max-warnings", "many"], '--max-warnings takes a whole number, not "many"'],
  [["lint", "-f", "a.yaml", "--max-warnings=-1"], '--max-warnings takes a whole number, not "-1"'],
  [["lint", "-f", "-", "--fix"], "--fix cannot write to standard input, use --diff or name the file"],
  [
    ["lint", "-f", "a.yaml", "--diff", "-o", "json"],
    "--diff and -o json do not go together, the fixes are in the JSON",
  ],
  [["lint", "-f", "a.yaml", "--against", "-"], "--against takes a file, a directory or git:REV, not standard input"],
  [["lint", "-f", "a.yaml", "--against", "git:"], "--against git: lacks the revision, for example git:HEAD"],
  [["lint", "-f", "a.yaml", "--select", "tls-of"], '--select: there is no rule "tls-of", did you mean tls-off?'],
  [["lint", "-f", "a.yaml", "--ignore", "RC201,"], '--ignore: there is no rule ""'],
  [["lint", "-f", "a.yaml", "--update-baseline"], "--baseline takes the name of a file"],
  [["lint", "-f", "a.yaml", "--diff", "-o", "sarif"], "--diff and -o sarif do not go together"],
  [["lint", "-f", "-", "--against", "git:HEAD"], "--against git:REV needs files, standard input has no history"],
  [["rotate"], "must name either the Secret to be replaced, for example ro-quay-v1, or --shoot; or manifests with -f"],
  [
    ["rotate", "x", "--shoot", "y"],
    "must name either the Secret to be replaced, for example ro-quay-v1, or --shoot; or manifests with -f",
  ],
  [["rotate", "x", "--cache", "y"], "--cache needs --shoot"],
  [
    ["rotate", "x", "--no-wait", "--delete-old"],
    "--delete-old and --no-wait do not go together: what is not rolled out may be needed",
  ],
  [
    ["rotate", "resume", "x", "--no-wait", "--verify", "admin"],
    "--verify and --no-wait do not go together: what is not rolled out shows nothing",
  ],
  [
    ["rotate", "resume", "x", "--no-wait", "--delete-old"],
    "--delete-old and --no-wait do not go together: what is not rolled out may be needed",
  ],
  [["rotate", "finish", "x", "--force"], 'unknown flag --force, see "kubectl registry-cache rotate finish --help"'],
  [["rotate", "x", "--grace", "soon"], '--grace takes a duration such as 30m or 24h, not "soon"'],
  [["rotate", "x", "--parallel", "0"], '--parallel takes a number of Shoots, not "0"'],
  [["rotate", "x", "--empty"], "--empty is for manifests: an empty Secret in the garden would break the cache"],
  [
    ["rotate", "finish", "x", "--dry-run"],
    "--dry-run is for manifests here, name them with -f; in the garden rotate status shows how far it is",
  ],
  [["rotate", "rollback", "x", "--commit"], "--commit is for manifests, name them with -f"],
  [["rotate", "x", "--remote-key", "y"], "--remote-key is for manifests, name them with -f"],
  [["rotate", "-f", ".", "x", "--grace", "1h"], "--grace is for a rotation in the garden, leave out -f"],
  [
    ["rotate", "-f", ".", "x", "--remote-key", "y", "--remote-unchanged"],
    "--remote-unchanged and --remote-key or --remote-version do not go together",
  ],
  [
    ["rotate", "-f", ".", "x", "--empty", "--commit"],
    "--empty and --commit do not go together: what has no values yet must not be deployed",
  ],
  [["rotate", "-f", ".", "x", "--username=y", "--from-docker-login"], "the values can come from one place only"],
  [["rotate", "resume"], "must name the Secret to be replaced, for example ro-quay-v1"],
  [["rotate", "-f", "."], "must name the Secret to be replaced, for example ro-quay-v1"],
  [["rotate", "-f", "", "x"], "-f takes a file or a directory, not an empty name"],
  [["rotate", "-f", "-", "x"], "-f takes a file or a directory here, standard input cannot be written to"],
  [
    ["rotate", "-f", ".", "x", "y"],
    'unexpected argument "y", files are named with -f, see "kubectl registry-cache rotate --help"',
  ],
  [["rotate", "-f", ".", "x", "-n", ""], "-n takes the name of a namespace, not an empty one"],
  [["rotate", "-f", ".", "x", "--password=y"], 'unknown flag --password, see "kubectl registry-cache rotate --help"'],
  [
    ["rotate", "-f", ".", "x", "--password-stdin"],
    'the username of Secret "x" cannot be read from its manifest, give one with --username',
  ],
  [["rotate", "-f", ".", "x", "--username", ""], "--username takes a value, not an empty one"],
  [["rotate", "-f", ".", "x", "--username=y", "--password-stdin"], "--password-stdin: standard input is empty"],
  [["rotate", "-f", ".", "x", "--username=y", "--empty"], "--empty and values for the new Secret do not go together"],
  [["rotate", "-f", ".", "x", "--username=y", "--ca-bundle=z"], "a Secret holds a credential or a CA bundle, not both"],
  [["rotate", "-f", ".", "x", "--ca-bundle="], "--ca-bundle takes a value, not an empty one"],
  [["rotate", "-f", ".", "x", "--diff", "-o", "json"], "--diff and -o json do not go together"],
  [
    ["rotate", "-f", "gone", "x"],
    "gone: no such file or directory\nerror: nothing was done, since a file that cannot be read may name the Secret",
  ],
  [["rotate", "-f", ".", "x"], 'there is no Secret "x" in these files'],
  [["rotate", "finish", "-f", "."], "must name the Secret to be replaced, for example ro-quay-v1"],
  [
    ["rotate", "finish", "-f", ".", "x", "--username", "y"],
    'unknown flag --username, see "kubectl registry-cache rotate finish --help"',
  ],
  [
    ["rotate", "status", "-f", ".", "x", "--yes"],
    'unknown flag --yes, see "kubectl registry-cache rotate status --help"',
  ],
])("%j is refused in one line", (args, message) => {
  expect(refusal(...args)).toBe(`error: ${message}\n`);
});

test("takes flags in every form that kubectl takes", () => {
  const cwd = scratch({ "d/a.yaml": shoot(), "d/e/b.yaml": shoot() });
  const expected = { code: 0, stdout: "nothing found in 2 files\n", stderr: "" };
  const forms = [
    ["-R", "-f", "d"],
    ["-Rf", "d"],
    ["-fd", "-R"],
    ["-f=d", "-R=true"],
    ["--filename=d", "--recursive=true"],
    ["--filename", "d", "--recursive", "--fix=false", "--color=false"],
    ["-f", "d/a.yaml", "-f", "d/e"],
  ];
  for (const form of forms) expect([form, run(["lint", ...form], { cwd })]).toEqual([form, expected]);
});

test("rules is a table, or JSON with the same rules", () => {
  const [head = "", ...lines] = run(["rules"]).stdout.trimEnd().split("\n");
  expect(head).toMatch(/^CODE {4}NAME +SEVERITY +FIX +SUMMARY$/);
  const rules: readonly Record<string, string>[] = JSON.parse(run(["rules", "-o", "json"]).stdout);
  const columns = ["code", "name", "severity", "fix", "summary"];
  expect(lines.map((line) => line.split(/ {3,}/))).toEqual(rules.map((rule) => columns.map((it) => rule[it])));
  expect(rules.map((rule) => Object.keys(rule).join())).toEqual(rules.map(() => columns.join()));
  expect(rules.find((it) => it["code"] === "RC208")).toMatchObject({
    name: "secret-mutable",
    severity: "error",
    fix: "yes",
  });
});
