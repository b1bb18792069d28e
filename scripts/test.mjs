// Runs every check and every test to the end, then lists what was skipped and counts.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fromRoot } from "./setup.mjs";

const scratch = mkdtempSync(join(tmpdir(), "registry-cache-test-"));
const skipNotes = join(scratch, "skipped.jsonl");
const env = {
  ...process.env,
  PATH: [fromRoot("node_modules/.bin"), process.env.PATH].join(delimiter),
  // test/requirements.ts writes here what a suite lacks.
  SKIPPED_SUITES: skipNotes,
};

// Bringing the real programs takes minutes the first time: only who wants all tests, or one such suite, waits for them.
if (process.env.REQUIRE_ALL === "1") run("node --conditions=source test/prepare.ts");

const { scripts } = JSON.parse(readFileSync(fromRoot("package.json"), "utf8"));
const commands = [...scripts.verify.split(" && "), scripts.suites, scripts.editor];
const results = commands.map((command) => (command.startsWith("vitest ") ? runVitest(command) : runCheck(command)));
const skipped = readSkipped();
rmSync(scratch, { recursive: true });

const requireAll = process.env.REQUIRE_ALL === "1";
const failed = [...results.flatMap((result) => result.failed), ...(requireAll ? skipped : [])];
const passed = results.reduce((sum, result) => sum + result.passed, 0);
printList("Failed", failed);
printList("Skipped", skipped);
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

function runCheck(command) {
  return run(command) ? { passed: 1, failed: [] } : { passed: 0, failed: [command] };
}

function runVitest(command) {
  const report = join(scratch, "report.json");
  const ok = run(`${command} --reporter default --reporter json --outputFile.json ${report}`);
  const files = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")).testResults : [];
  rmSync(report, { force: true });
  const tests = files.flatMap((file) => file.assertionResults);
  // A file that cannot be loaded has no test that could fail.
  const broken = files.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failed = [...tests.filter((test) => test.status === "failed"), ...broken].map((it) => it.fullName ?? it.name);
  if (!ok && failed.length === 0) failed.push(command);
  return { passed: tests.filter((test) => test.status === "passed").length, failed };
}

function run(command) {
  console.log(`\n$ ${command}`);
  const [program, ...args] = command.split(" ");
  return spawnSync(program, args, { cwd: fromRoot("."), env, stdio: "inherit" }).status === 0;
}

function readSkipped() {
  if (!existsSync(skipNotes)) return [];
  const notes = readFileSync(skipNotes, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return [...new Set(notes.map(({ suite, reason, enable }) => `${suite}: ${reason}. To enable it: ${enable}`))];
}

function printList(title, lines) {
  if (lines.length > 0) console.log(`\n${title}:\n${lines.map((line) => `  - ${line}`).join("\n")}`);
}
