import { expect, test } from "vitest";
import { secret, shoot } from "./manifests.ts";
import { run, scratch } from "./plugin.ts";

const files = {
  "a.yaml": shoot({ remote: "remoteUrl" }),
  "b/secret.yaml": secret(),
  "c.yaml": shoot({ name: "clean", namespace: "garden-prod" }),
};

test("text shows each finding with its line, related places and fixes", async () => {
  const { code, stdout, stderr } = run(["lint", "-R", "-f", "."], { cwd: scratch(files) });
  expect([code, stderr]).toEqual([1, ""]);
  await expect(stdout).toMatchFileSnapshot("fixtures/findings.txt");
});

test("json has the findings and a summary, in zero-based lines and UTF-16 characters", async () => {
  const { code, stdout, stderr } = run(["lint", "-R", "-f", ".", "-o", "json"], { cwd: scratch(files) });
  expect([code, stderr]).toEqual([1, ""]);
  await expect(stdout).toMatchFileSnapshot("fixtures/findings.json");
});

test("json counts characters as UTF-16, behind a byte order mark and signs outside the plane", () => {
  const text = `\ufeff{ "kind": "Shoot", "metadata": { "name": "\u{1f98a}" }, "spec": { "resources": [{ "nome": 1 }] } }\r\n`;
  const { stdout } = run(["lint", "-f", "a.json", "-o", "json"], { cwd: scratch({ "a.json": text }) });
  const { findings } = JSON.parse(stdout);
  const at = text.indexOf('"nome"');
  expect(findings.find((it: { code: string }) => it.code === "RC010")?.range).toEqual({
    start: { line: 0, character: at },
    end: { line: 0, character: at + '"nome"'.length },
  });
});

test("json without findings is whole, and admission stands where the webhook would refuse", () => {
  const clean = JSON.parse(run(["lint", "-f", "-", "-o", "json"], { input: shoot() }).stdout);
  const ignored = { comments: 0, settings: 0, baseline: 0 };
  const summary = { errors: 0, warnings: 0, infos: 0, files: 1, fixable: 0, fixed: 0, ignored, problems: [] };
  expect(clean).toEqual({ findings: [], summary });
  const [finding] = JSON.parse(
    run(["lint", "-f", "-", "-o", "json"], { input: shoot({ reference: "quya" }) }).stdout,
  ).findings;
  const { code, file, admission } = finding;
  const field = "spec.extensions[0].providerConfig.caches[0].secretReferenceName";
  expect({ code, file, admission }).toEqual({ code: "RC201", file: "<stdin>", admission: { type: "Invalid", field } });
});

test("quiet is one line for each error, and nothing without one", () => {
  const cwd = scratch({
    ...files,
    "w.yaml": shoot({ name: "warned" }).replace("volume:", "http: {}\n        volume:"),
  });
  const message = 'unknown field "spec.extensions[0].providerConfig.caches[0].remoteUrl"; did you mean "remoteURL"';
  expect(run(["lint", "-q", "-f", "a.yaml", "-f", "w.yaml"], { cwd })).toEqual({
    code: 1,
    stdout: `a.yaml:14:9  error  RC010 unknown-field  ${message}\n`,
    stderr: "",
  });
  expect(run(["lint", "-q", "-f", "w.yaml"], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("the exit code follows errors and the warnings allowed", () => {
  const cwd = scratch({
    "a.yaml": shoot().replace("volume:", "http: {}\n        volume:"),
    "e.yaml": shoot({ reference: "x" }),
  });
  expect(run(["lint", "-f", "a.yaml"], { cwd }).code).toBe(0);
  expect(run(["lint", "-f", "a.yaml", "--max-warnings", "1"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  expect(run(["lint", "-f", "a.yaml", "--max-warnings=0"], { cwd })).toMatchObject({
    code: 1,
    stderr: "error: 1 warning, --max-warnings allows 0\n",
  });
  expect(run(["lint", "-f", "e.yaml"], { cwd }).code).toBe(1);
  expect(run(["lint", "-f", "e.yaml", "-f", "gone.yaml"], { cwd })).toMatchObject({
    code: 2,
    stdout: expect.stringContaining("RC201"),
    stderr: "error: gone.yaml: no such file or directory\n",
  });
});

test("reads standard input once, beside files", () => {
  const cwd = scratch({ "s.yaml": secret() });
  const { stdout } = run(["lint", "-f", "-", "-f", "s.yaml", "-f", "-"], { cwd, input: shoot() });
  expect(stdout).toContain("s.yaml:4:9  error  RC208");
  expect(stdout).toContain("<stdin>:15:30: used for quay.io by Shoot crazy-botany");
  expect(stdout).toContain("1 error in 1 of 2 files");
});

test("carets stand under the place behind tabs and wide signs", () => {
  const line = `{ "kind": "Shoot",\t"metadata": { "name": "漢字\u{1f98a}e\u0301" }, "spec": { "resources": [{ "nome": 1 }] } }`;
  const { stdout } = run(["lint", "-f", "-"], { input: line });
  const lines = stdout.split("\n");
  const index = lines.findIndex((it) => it.includes("RC010"));
  // Each ideograph and the fox take two columns, the accent none; a tab stays one.
  expect(lines.slice(index + 1, index + 3)).toEqual([
    `   1 | ${line}`,
    `     | ${" ".repeat(18)}\t${" ".repeat(61)}^^^^^^`,
  ]);
});

test("a long line is shown around the place", () => {
  const long = "x".repeat(1000);
  const line = `{ "kind": "Shoot", "metadata": { "name": "a", "labels": { "l": "${long}" } }, "spec": { "resources": [{ "nome": "${long}" }] } }`;
  const lines = run(["lint", "-f", "-"], { input: line }).stdout.split("\n");
  const [shown = "", carets = ""] = lines.slice(lines.findIndex((it) => it.includes("RC010")) + 1);
  expect(shown.length).toBeLessThan(300);
  expect(shown.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe('"nome"');
});

test("nothing in a manifest or a name can steer the terminal", () => {
  const text = shoot({ reference: '"\\e[31m"' }).replace(
    "quay.io\n",
    "quay.io # \u001b]0;title\u0007 \u202e\u009b31m\n",
  );
  const { stdout, stderr } = run(["lint", "-f", "a\u001b[2J.yaml", "-f", "gone\u001b[2J\n.yaml"], {
    cwd: scratch({ "a\u001b[2J.yaml": `${text}---\n${shoot({ reference: '"\\e[31m"' })}` }),
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not be there
  expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(stdout).toContain("a\u241b[2J.yaml:13:29  error  RC001");
  expect(stdout).toContain('"\u241b[31m" is not declared');
  expect(stderr).toBe("error: gone\u241b[2J\u240a.yaml: no such file or directory\n");
});

test("what admission says of two fields is told to a person once, and in the JSON of each field", () => {
  const text = shoot().replace(/providerConfig:[\s\S]*?resources:/, "providerConfig: text\n  resources:");
  const wrong = 'a.yaml:9:21  error  RC011 wrong-type  "spec.extensions[0].providerConfig" takes a map, not a string\n';
  const cwd = scratch({ "a.yaml": text });
  expect(run(["lint", "-q", "-f", "a.yaml"], { cwd }).stdout).toBe(wrong);
  const { findings, summary } = JSON.parse(run(["lint", "-f", "a.yaml", "-o", "json"], { cwd }).stdout);
  const wrongTypes = findings.filter((it: { code: string }) => it.code === "RC011");
  expect(wrongTypes.map((it: { admission?: unknown }) => it.admission)).toEqual([
    undefined,
    { type: "Decode", field: "spec.extensions[0].providerConfig" },
  ]);
  expect([summary.errors, run(["lint", "-f", "a.yaml"], { cwd }).stdout.split("\n").at(-2)]).toEqual([
    2,
    "1 error, 1 warning in 1 of 1 file",
  ]);
});

test("of a flood of one finding the first are shown, and the others counted", () => {
  const unknown = Array.from({ length: 53 }, (_, at) => `  unknown${at}: 1\n`).join("");
  const cwd = scratch({ "a.yaml": shoot() + unknown });
  const rest = "a.yaml: 3 more of RC010 unknown-field in this file, all are in -o json";
  const lines = (...args: readonly string[]): readonly string[] =>
    run(["lint", "-f", "a.yaml", ...args], { cwd }).stdout.split("\n");
  expect(lines("-q").slice(50)).toEqual([rest, ""]);
  expect(lines().slice(-5)).toEqual(["", rest, "", "53 errors in 1 of 1 file", ""]);
  expect(lines("-o", "github").slice(50)).toEqual([rest, "53 errors in 1 of 1 file", ""]);
});
