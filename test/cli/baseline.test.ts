import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { secret, shoot } from "./manifests.ts";
import { type Run, run, scratch } from "./plugin.ts";

const files = { "m/a.yaml": shoot({ reference: "gone", remote: "remoteUrl" }), "m/s.yaml": secret("invented-secret") };

function folder(): { root: string; lint: (...args: readonly string[]) => Run; text: () => string } {
  const root = scratch(files);
  const lint = (...args: readonly string[]): Run =>
    run(["lint", "-R", "-f", "m", "--baseline", "b.json", ...args], { cwd: root });
  return { root, lint, text: () => readFileSync(join(root, "b.json"), "utf8") };
}

test("what is known is not told, and the run is clean", () => {
  const { lint, text } = folder();
  const { code, stdout, stderr } = lint("--update-baseline");
  expect([code, stdout, stderr]).toEqual([0, "the baseline now has 3 findings\n", ""]);
  expect(lint()).toEqual({ code: 0, stdout: "nothing found in 2 files; 3 known from the baseline\n", stderr: "" });
  expect(text()).not.toMatch(/invented|quay/);
  expect(text().replaceAll(/[0-9a-f]{32}/g, "MARK")).toMatchInlineSnapshot(`
    "{
      "version": 1,
      "findings": [
        {"file":"m/a.yaml","code":"RC010","fingerprint":"MARK"},
        {"file":"m/a.yaml","code":"RC201","fingerprint":"MARK"},
        {"file":"m/s.yaml","code":"RC208","fingerprint":"MARK"}
      ]
    }
    "
  `);
});

test("edits elsewhere change nothing, what is new is told", () => {
  const { root, lint } = folder();
  lint("--update-baseline");
  const path = join(root, "m/a.yaml");
  writeFileSync(
    path,
    `# first\n\n${readFileSync(path, "utf8").replace("  extensions", "  purpose: testing\n  extensions")}`,
  );
  expect(lint().code).toBe(0);
  appendFileSync(path, "  more: 1\n");
  const { code, stdout } = lint("-q");
  expect([code, stdout.split("  ").slice(1, 3)]).toEqual([1, ["error", "RC010 unknown-field"]]);
});

test("it means the same files from wherever it is used", () => {
  const { root, lint } = folder();
  lint("--update-baseline");
  const names = [
    ["-f", join(root, "m"), "--baseline", join(root, "b.json")],
    ["-f", ".", "--baseline", "../b.json"],
  ];
  expect(names.map((it) => run(["lint", ...it], { cwd: join(root, "m") }).code)).toEqual([0, 0]);
});

test("--fix leaves alone what is known", () => {
  const { root, lint } = folder();
  lint("--update-baseline");
  lint("--fix");
  expect(readFileSync(join(root, "m/a.yaml"), "utf8")).toBe(files["m/a.yaml"]);
});

test("entries that match nothing are told, as far as the run can judge", () => {
  const { root, lint } = folder();
  lint("--update-baseline");
  writeFileSync(join(root, "m/a.yaml"), shoot({ reference: "gone" }));
  const note = "note: 1 entry of b.json matched nothing, --update-baseline removes what is mended\n";
  expect(lint()).toMatchObject({ code: 0, stderr: note });
  expect(JSON.parse(lint("-o", "json").stdout).summary.stale).toMatchObject([{ file: "m/a.yaml", code: "RC010" }]);
  expect(lint("--ignore", "RC010").stderr).toBe("");
  expect(run(["lint", "-f", "m/s.yaml", "--baseline", "b.json"], { cwd: root }).stderr).toBe("");
  rmSync(join(root, "m/a.yaml"));
  expect(lint().stderr).toBe(note.replace("1 entry", "2 entries"));
});

test("writing it anew keeps what the run cannot judge", () => {
  const { root, lint, text } = folder();
  lint("--update-baseline");
  const before = text();
  run(["lint", "-f", "m/s.yaml", "--baseline", "b.json", "--update-baseline"], { cwd: root });
  lint("--update-baseline", "--select", "RC201");
  expect(text()).toBe(before);
  mkdirSync(join(root, "n"));
  renameSync(join(root, "m/a.yaml"), join(root, "n/a.yaml"));
  lint("--update-baseline");
  expect(JSON.parse(text()).findings.map((it: { file: string }) => it.file)).toEqual(["m/s.yaml"]);
});

test.each([
  [undefined, "no such file, --update-baseline writes it"],
  ["{", "is not a baseline"],
  ['{ "version": 2, "findings": [] }', "is not a baseline"],
  ['{ "version": 1, "findings": [{ "file": 1 }] }', "is not a baseline"],
])("a baseline of %j is refused and left alone", (text, message) => {
  const root = scratch({ ...files, ...(text === undefined ? {} : { "b.json": text }) });
  const { code, stderr } = run(["lint", "-f", "m", "--baseline", "b.json", "-q"], { cwd: root });
  expect([code, stderr]).toEqual([2, `error: b.json: ${message}\n`]);
});
