import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { secret, shoot } from "./manifests.ts";
import { type Run, run, scratch } from "./plugin.ts";
import { commitOf, git, repository, setHook, statusOf } from "./repository.ts";

/** Stands in values of Secrets, and nowhere else. */
const planted = "PLANTED-NEW";

const old = secret().replace("type: Opaque", "type: Opaque\nimmutable: true");

const files = {
  "secrets/quay-v1.yaml": old,
  "shoots/a.yaml": shoot(),
  "shoots/b.yaml": shoot({ name: "b" }),
  "kustomization.yaml": "resources:\n- secrets/quay-v1.yaml\n- shoots/a.yaml\n",
};

function rotate(cwd: string, args: readonly string[] = ["-f", "."]): Run {
  const flags = ["quay-v1", "--skip-probe", "--username", "robot", "--password-stdin", "--yes", "--commit"];
  return run(["rotate", ...flags, ...args], { cwd, input: planted });
}

function command(cwd: string, verb: string, ...args: readonly string[]): Run {
  return run(["rotate", verb, "-f", ".", "quay-v1", "--yes", ...args], { cwd });
}

const rotated = ["A\tsecrets/quay-v2.yaml", "M\tkustomization.yaml", "M\tshoots/a.yaml", "M\tshoots/b.yaml"];
const dirty = [" M kustomization.yaml", " M shoots/a.yaml", " M shoots/b.yaml", "?? secrets/quay-v2.yaml"];

test("each phase is one commit that says what to do next, and other changes are left as they are", () => {
  const cwd = repository(files);
  writeFileSync(join(cwd, "staged.txt"), "mine\n");
  git(cwd, "add", "staged.txt");
  writeFileSync(join(cwd, "loose.txt"), "mine\n");
  const mine = ["A  staged.txt", "?? loose.txt"];
  const { code, stdout, stderr } = rotate(cwd);
  const name = git(cwd, "rev-parse", "--short", "HEAD");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.slice(stdout.indexOf("  commit"))).toBe(`  commit  Rotate Secret quay-v1 to quay-v2

Wrote 4 files. Committed as ${name}. Deploy these files and wait until every Shoot has reconciled.
Then \`kubectl registry-cache rotate finish -f . quay-v1 --commit\` removes "quay-v1"; revoke its credential after that.
`);
  expect(commitOf(cwd)).toEqual({
    files: rotated,
    subject: "Rotate Secret quay-v1 to quay-v2",
    body: `These Shoots use it from now on:
- crazy-botany
- b

Next: deploy this commit and wait until every Shoot has reconciled.
Then, in the root of this repository,

    kubectl registry-cache rotate finish -f . quay-v1 --commit

removes "quay-v1"; revoke its credential after that.`,
  });
  expect(statusOf(cwd)).toEqual(mine);
  expect(command(cwd, "finish", "--commit").code).toBe(0);
  expect(commitOf(cwd)).toEqual({
    files: ["D\tsecrets/quay-v1.yaml", "M\tkustomization.yaml"],
    subject: "Remove Secret quay-v1, replaced by quay-v2",
    body: "Next: deploy this commit, then revoke the credential that was replaced.",
  });
  expect(statusOf(cwd)).toEqual(mine);
});

test("a rollback is a commit that gives back what was there", () => {
  const cwd = repository(files);
  rotate(cwd);
  expect(command(cwd, "rollback", "--commit").code).toBe(0);
  expect(commitOf(cwd).subject).toBe("Roll back to Secret quay-v1");
  expect([git(cwd, "diff", "HEAD~2", "HEAD"), statusOf(cwd)]).toEqual(["", []]);
});

test("a rotation that was never committed is taken back without a commit", () => {
  const cwd = repository(files);
  rotate(cwd, ["-f", ".", "--no-color"]);
  git(cwd, "reset", "-q", "HEAD~1");
  expect(statusOf(cwd)).toEqual(dirty);
  expect(command(cwd, "rollback", "--commit")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("Wrote 4 files. Nothing was left to commit. "),
  });
  expect([statusOf(cwd), git(cwd, "log", "--format=%s")]).toEqual([[], "first"]);
});

test("works from a folder below, and the message names the files from the root", () => {
  const cwd = repository({ "clusters/prod.yaml": `${secret()}---\n${shoot()}`, "docs/.keep": "" });
  expect(rotate(join(cwd, "docs"), ["-f", "../clusters"]).code).toBe(0);
  expect(commitOf(cwd).files).toEqual(["A\tclusters/quay-v2.yaml", "M\tclusters/prod.yaml"]);
  expect(commitOf(cwd).body).toContain("\n    kubectl registry-cache rotate finish -f clusters quay-v1 --commit\n");
});

test.each(["resume", "the same command"])(
  "what was written before a hook refused is committed by %s, and the hook's words stay unsaid",
  (way) => {
    const cwd = repository(files);
    setHook(cwd, "pre-commit", "cat secrets/quay-v2.yaml >&2; exit 1");
    expect(rotate(cwd)).toMatchObject({
      code: 2,
      stderr: `error: the commit was not made: a hook refused it (pre-commit); "git commit" shows what it says
error: 4 files were written before it, run the same command again to do the rest
`,
    });
    expect(statusOf(cwd)).toEqual(dirty);
    unlinkSync(join(cwd, ".git/hooks/pre-commit"));
    const again = way === "resume" ? command(cwd, "resume", "--commit", "--skip-probe") : rotate(cwd);
    expect([again.code, again.stderr]).toEqual([0, ""]);
    expect(again.stdout).toMatch(
      /^What an earlier run has written is not committed yet\n {2}commit {2}Rotate Secret quay-v1 to quay-v2\n\nCommitted as /,
    );
    expect([commitOf(cwd).files, statusOf(cwd)]).toEqual([rotated, []]);
  },
);

test("what a run has left half written, and without its commit, is one commit in the end", () => {
  const cwd = repository(files);
  rotate(cwd);
  git(cwd, "reset", "-q", "HEAD~1");
  git(cwd, "checkout", "-q", "shoots/b.yaml");
  expect(rotate(cwd)).toMatchObject({ code: 0, stdout: expect.stringContaining("Wrote 1 file. Committed as ") });
  expect([commitOf(cwd).files, statusOf(cwd)]).toEqual([rotated, []]);
});

test.each(["finish", "rollback"])("what %s has written without a commit is committed by the same command", (verb) => {
  const cwd = repository(files);
  rotate(cwd);
  command(cwd, verb);
  expect(statusOf(cwd)).not.toEqual([]);
  expect(command(cwd, verb, "--commit")).toMatchObject({ code: 0, stderr: "" });
  expect([statusOf(cwd), git(cwd, "rev-list", "--count", "HEAD")]).toEqual([[], "3"]);
});

test("a switch that is not committed is not committed together with its end", () => {
  const cwd = repository(files);
  rotate(cwd);
  git(cwd, "reset", "-q", "HEAD~1");
  expect(command(cwd, "finish", "--commit")).toEqual({
    code: 2,
    stdout: "",
    stderr:
      'error: the switch to the new Secret is not committed yet ("kustomization.yaml"); "rotate resume --commit" does that, and it must be deployed before the old Secret goes\nerror: nothing was written\n',
  });
  command(cwd, "resume", "--commit", "--skip-probe");
  expect(command(cwd, "finish", "--commit").code).toBe(0);
  expect([commitOf(cwd, "HEAD~1").files, statusOf(cwd)]).toEqual([rotated, []]);
});

test("a signature that fails is told, and nothing is left in the index", () => {
  const cwd = repository(files);
  git(cwd, "config", "commit.gpgsign", "true");
  git(cwd, "config", "gpg.program", "false");
  expect(rotate(cwd).stderr).toBe(`error: the commit was not made: it could not be signed, or not be stored
error: 4 files were written before it, run the same command again to do the rest
`);
  expect(statusOf(cwd)).toEqual(dirty);
});

const foreign =
  'error: "shoots/a.yaml" has changes that are not committed and not of this rotation; commit or stash them first';

test.each<readonly [string, (cwd: string) => void, string]>([
  ["a file of ours is changed", (cwd) => appendFileSync(join(cwd, "shoots/a.yaml"), "# mine\n"), foreign],
  [
    "a change of a file of ours is staged",
    (cwd) => {
      appendFileSync(join(cwd, "shoots/a.yaml"), "# mine\n");
      git(cwd, "add", "shoots/a.yaml");
    },
    foreign,
  ],
  [
    "a merge is under way",
    (cwd) => writeFileSync(join(cwd, ".git/MERGE_HEAD"), git(cwd, "rev-parse", "HEAD")),
    "error: a merge is under way in this repository; end it first",
  ],
  [
    "a rebase is under way",
    (cwd) => mkdirSync(join(cwd, ".git/rebase-merge")),
    "error: a rebase is under way in this repository; end it first",
  ],
  [
    "the new file would be ignored",
    (cwd) => writeFileSync(join(cwd, ".git/info/exclude"), "quay-v2.yaml\n"),
    'error: "secrets/quay-v2.yaml" is ignored by Git and would be missing in the commit; change .gitignore first',
  ],
])("nothing is written when %s", (_, prepare, message) => {
  const cwd = repository(files);
  prepare(cwd);
  const before = statusOf(cwd);
  expect(rotate(cwd)).toEqual({ code: 2, stdout: "", stderr: `${message}\nerror: nothing was written\n` });
  expect([statusOf(cwd), existsSync(join(cwd, "secrets/quay-v2.yaml"))]).toEqual([before, false]);
});

test("changes that came to a switched Shoot before its commit are not committed with it", () => {
  const cwd = repository(files);
  rotate(cwd);
  git(cwd, "reset", "-q", "HEAD~1");
  appendFileSync(join(cwd, "shoots/a.yaml"), "# mine\n");
  expect(rotate(cwd)).toMatchObject({ code: 2, stderr: `${foreign}\nerror: nothing was written\n` });
});

test("where the old Secret is kept out of Git, so is the new one, and that is said", () => {
  const { "secrets/quay-v1.yaml": kept, ...tracked } = files;
  const cwd = repository({ ...tracked, ".gitignore": "/secrets\n" });
  mkdirSync(join(cwd, "secrets"));
  writeFileSync(join(cwd, "secrets/quay-v1.yaml"), kept);
  expect(rotate(cwd)).toMatchObject({
    code: 0,
    stderr: "note: secrets/quay-v2.yaml is not committed, since the old Secret is not; see that it is deployed, too\n",
  });
  expect(commitOf(cwd).files).toEqual(["M\tkustomization.yaml", "M\tshoots/a.yaml", "M\tshoots/b.yaml"]);
  expect(readFileSync(join(cwd, "secrets/quay-v2.yaml"), "utf8")).toContain(planted);
});

test("without a repository, or without git, the reason is one line", () => {
  const cwd = scratch(files);
  rmSync(join(cwd, ".git"), { recursive: true, force: true });
  expect(rotate(cwd).stderr).toBe(
    "error: --commit needs a repository of Git: . is in no repository of Git\nerror: nothing was written\n",
  );
  const flags = ["rotate", "finish", "-f", ".", "quay-v1", "--yes", "--commit"];
  writeFileSync(join(cwd, "shoots/a.yaml"), shoot().replace("name: quay-v1", "name: quay-v2"));
  writeFileSync(join(cwd, "shoots/b.yaml"), "");
  writeFileSync(join(cwd, "secrets/quay-v2.yaml"), old.replace("name: quay-v1", "name: quay-v2"));
  expect(run(flags, { cwd, env: { PATH: scratch() } }).stderr).toBe(
    "error: --commit needs a repository of Git: git was not found, install it\nerror: nothing was written\n",
  );
});

test("-o json names the commit, and --dry-run shows what it would be", () => {
  const cwd = repository(files);
  expect(rotate(cwd, ["-f", ".", "--dry-run"]).stdout).toMatch(
    /\n {2}commit {2}Rotate Secret quay-v1 to quay-v2\n\nNothing was written\.\n$/,
  );
  expect(statusOf(cwd)).toEqual([]);
  const { stdout } = rotate(cwd, ["-f", ".", "-o", "json"]);
  expect(JSON.parse(stdout)).toMatchObject({ written: true, commit: git(cwd, "rev-parse", "--short", "HEAD") });
});

test("who reads JSON is told, too, that files were written where only the commit was refused", () => {
  const cwd = repository(files);
  setHook(cwd, "pre-commit", "exit 1");
  const { code, stdout } = rotate(cwd, ["-f", ".", "-o", "json"]);
  const { written, problem } = JSON.parse(stdout);
  expect([code, written, problem.message, statusOf(cwd)]).toEqual([
    2,
    true,
    expect.stringMatching(/^the commit was not made: a hook refused it/),
    dirty,
  ]);
});
