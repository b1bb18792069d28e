import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { secret, shoot } from "./manifests.ts";
import { run, scratch } from "./plugin.ts";

/** Names and values that every format must escape, each in a file of its own. */
const hostile = {
  "a b/50%,x:y&<'\".yaml": shoot({ reference: '"gone\\u0001]]>&<%0A::error::\\n"' }),
  "clean.yaml": shoot({ name: "clean" }),
  "secret.yaml": secret('"invented\\n"'),
};

function lint(format: string, files: { readonly [path: string]: string } = hostile): string {
  const { code, stdout, stderr } = run(["lint", "-R", "-f", ".", "-o", format], { cwd: scratch(files) });
  expect([code, stderr]).toEqual([1, ""]);
  expect(stdout).not.toContain("invented");
  return stdout;
}

/** A line without control characters. */
const toLine = (value: unknown): string => JSON.stringify(value);

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly partialFingerprints: unknown;
      readonly fixes?: readonly { readonly description: { readonly text: string } }[];
    }[];
  }[];
}

describe("SARIF", () => {
  const schema: object = JSON.parse(readFileSync(join(import.meta.dirname, "cases/sarif-2.1.0.schema.json"), "utf8"));
  const isUri = (text: string): boolean => URL.canParse(text);
  const isReference = (text: string): boolean =>
    URL.canParse(text, "file:///") && !/[\s<>"%](?![0-9A-F]{2})/.test(text);
  const formats = { uri: isUri, "uri-reference": isReference, "date-time": true } as const;
  const validate = new Ajv({ strict: false, unicodeRegExp: false, formats }).compile(schema);
  const read = (text: string): SarifLog => JSON.parse(text);
  const marks = (text: string): readonly unknown[] =>
    read(text).runs.flatMap((it) => it.results.map((of) => [of.ruleId, of.partialFingerprints]));

  test("fits its schema, with findings and without", () => {
    for (const text of [lint("sarif"), run(["lint", "-f", "-", "-o", "sarif"]).stdout]) {
      validate(JSON.parse(text));
      expect(validate.errors).toBeNull();
    }
  });

  test("names the rule of each result", () => {
    const { runs } = read(lint("sarif"));
    const named = runs.flatMap(({ tool, results }) =>
      results.map((it) => tool.driver.rules[it.ruleIndex]?.id === it.ruleId),
    );
    expect(new Set(named)).toEqual(new Set([true]));
  });

  test("has the same marks after edits elsewhere", () => {
    const moved = { ...hostile, "secret.yaml": `# more\n\n${hostile["secret.yaml"]}` };
    expect(marks(lint("sarif", moved))).toEqual(marks(lint("sarif")));
  });

  test("has fixes, but none that shows a Secret", () => {
    const titles = read(lint("sarif")).runs.flatMap(({ results }) =>
      results.map((it) => [it.ruleId, ...(it.fixes ?? []).map((fix) => fix.description.text)]),
    );
    expect(titles.map(toLine)).toMatchInlineSnapshot(`
      [
        "["RC201","Declare \\"gone\\u0001]]>&<%0A::error::\\n\\" in spec.resources","Change to \\"quay\\""]",
        "["RC208","Make the Secret immutable"]",
        "["RC213"]",
      ]
    `);
  });

  test("tells of what cannot be read", () => {
    const { stdout, code } = run(["lint", "-f", "gone.yaml", "-o", "sarif"], { cwd: scratch() });
    const log = JSON.parse(stdout);
    validate(log);
    expect([code, validate.errors, log.runs[0].invocations[0].executionSuccessful]).toEqual([2, null, false]);
  });
});

describe("GitHub's workflow commands", () => {
  /** As the runner reads a line (actions/runner, ActionCommand.cs). */
  function parse(line: string): readonly unknown[] {
    const [, command = "", properties = "", data = ""] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? [];
    const plain = (text: string): string =>
      text.replace(/%(0D|0A|3A|2C|25)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    const pairs = properties.split(",").map((it) => it.split("="));
    return [command, Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, plain(value)])), plain(data)];
  }

  test("name file, place and code, whatever is in them", () => {
    const lines = lint("github").trimEnd().split("\n");
    expect(lines.slice(0, -1).map(parse).map(toLine)).toMatchInlineSnapshot(`
      [
        "["error",{"file":"a b/50%,x:y&<'\\".yaml","line":"15","endLine":"15","col":"30","endColumn":"61","title":"RC201 reference-unresolved"},"\\"gone␁]]>&<%0A::error::␊\\" is not declared in spec.resources"]",
        "["error",{"file":"secret.yaml","line":"4","endLine":"4","col":"9","endColumn":"16","title":"RC208 secret-mutable"},"the Secret is not immutable"]",
        "["error",{"file":"secret.yaml","line":"9","endLine":"9","col":"13","endColumn":"25","title":"RC213 password-newline"},"the password ends with a newline, which becomes a blank in the cache's configuration"]",
      ]
    `);
  });
});

describe("GitLab's code quality report", () => {
  const text = { type: "string", minLength: 1 };
  const line = { type: "integer", minimum: 1 };
  /** The fields that GitLab's documentation calls required. */
  const schema = {
    type: "array",
    items: {
      type: "object",
      required: ["description", "check_name", "fingerprint", "severity", "location"],
      properties: {
        description: text,
        check_name: text,
        fingerprint: text,
        severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
        location: {
          type: "object",
          required: ["path", "lines"],
          properties: {
            path: { type: "string", pattern: "^(?!\\./|/)" },
            lines: { type: "object", required: ["begin"], properties: { begin: line, end: line } },
          },
        },
      },
    },
  };
  const validate = new Ajv().compile(schema);

  test("has the required fields, and a fingerprint for each finding", () => {
    const twins = { "a.yaml": shoot({ reference: "gone" }), "b.yaml": shoot({ reference: "gone" }) };
    const report: { readonly fingerprint: string }[] = JSON.parse(lint("gitlab", twins));
    validate(report);
    expect(validate.errors).toBeNull();
    expect(new Set(report.map((it) => it.fingerprint)).size).toBe(report.length);
    expect(JSON.parse(run(["lint", "-f", "-", "-o", "gitlab"]).stdout)).toEqual([]);
  });
});

describe("JUnit", () => {
  /** The elements of a document in order, with their attributes; a parser that takes nothing but XML reads them. */
  function elements(xml: string): readonly (readonly [string, { readonly [name: string]: string }])[] {
    const found: (readonly [string, { readonly [name: string]: string }])[] = [];
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", ({ name, attributes }) => found.push([name, attributes]));
    parser.write(xml).close();
    return found;
  }

  test("is XML, with a case for each finding and each clean file", () => {
    const cases = elements(lint("junit")).filter(([name]) => name !== "testsuites" && name !== "testsuite");
    expect(
      cases.map(([name, { classname, name: title, message }]) => toLine([name, classname, title ?? message])),
    ).toMatchInlineSnapshot(`
      [
        "["testcase","a b/50%,x:y&<'\\".yaml","RC201 reference-unresolved at 15:30"]",
        "["failure",null,"\\"gone�]]>&<%0A::error::\\n\\" is not declared in spec.resources"]",
        "["testcase","secret.yaml","RC208 secret-mutable at 4:9"]",
        "["failure",null,"the Secret is not immutable"]",
        "["testcase","secret.yaml","RC213 password-newline at 9:13"]",
        "["failure",null,"the password ends with a newline, which becomes a blank in the cache's configuration"]",
        "["testcase","clean.yaml","lint"]",
      ]
    `);
  });

  test("counts what it holds", () => {
    const all = elements(lint("junit"));
    const count = (name: string): string => String(all.filter((it) => it[0] === name).length);
    const expected = {
      tests: count("testcase"),
      failures: count("failure"),
      errors: count("error"),
      skipped: count("skipped"),
    };
    expect(all[0]?.[1]).toMatchObject(expected);
    const sums = all.filter((it) => it[0] === "testsuite").map((it) => Number(it[1]["tests"]));
    expect(sums.reduce((sum, it) => sum + it, 0)).toBe(Number(expected.tests));
  });

  test("has an error for what cannot be read", () => {
    const { stdout } = run(["lint", "-f", "gone.yaml", "-o", "junit"], { cwd: scratch() });
    expect(elements(stdout).at(-1)).toEqual(["error", { message: "no such file or directory", type: "unreadable" }]);
  });
});
