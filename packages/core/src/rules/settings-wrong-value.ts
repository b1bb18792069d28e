import type { SettingsFile, SeverityProblem } from "../manifest/settings.ts";
import type { SchemaProblem } from "../schema/check.ts";
import { closest } from "../text/distance.ts";
import { replaceScalar } from "../yaml/edit.ts";
import { nameSteps } from "./name-scheme.ts";
import type { Draft, Rule } from "./rule.ts";

export const settingsWrongValue: Rule = {
  code: "RC041",
  name: "settings-wrong-value",
  severity: "error",
  docs: {
    summary: "The settings file `.registry-cache.yaml` has a value that means nothing at its place.",
    why: "The setting is left out, as if it were not there.",
  },
  example: {
    isSettings: true,
    bad: `
      severities:
        RC204: warn
      #        ^^^^ RC041
      policies:
        secretNames: ro-{name}-v{n}
    `,
    good: `
      severities:
        RC204: warning
      policies:
        secretNames: ro-{name}-v{n}
    `,
  },

  *checkSettings(file) {
    for (const problem of file.schemaProblems) yield* ofSchema(problem, file.text);
    yield* file.severityProblems.map(ofSeverity);
    for (const span of file.extraDocuments) {
      yield { span: firstLine(file.text, span), message: "only the first document of a settings file is read" };
    }
    yield* ofSecretNames(file);
  },
};

function* ofSchema(problem: SchemaProblem, text: string): Iterable<Draft> {
  const { path, span } = problem;
  if (problem.kind === "wrong-type") {
    yield { span, message: `"${path}" takes ${problem.expected}, not ${problem.found}` };
  } else if (problem.kind === "missing-field") {
    yield { span, message: `"${path}" is required` };
  } else if (problem.kind === "bad-format") {
    yield { span, message: `"${path}" is no ${problem.format}` };
  } else if (problem.kind === "unsupported-value") {
    const { value, allowed, node } = problem;
    const meant = closest(value, allowed, 3);
    const fixes =
      meant === undefined ? [] : [{ title: `Change to "${meant}"`, edits: [replaceScalar(text, node, meant)] }];
    yield { span, message: `"${path}" cannot be "${value}"; it takes ${listOf(allowed)}`, fixes };
  }
}

function ofSeverity({ selector, value, span }: SeverityProblem): Draft {
  const found = value === "" ? "this" : `"${value}"`;
  return {
    span,
    message: `"severities.${selector}" cannot be ${found}; it takes ${listOf(["error", "warning", "info", "off"])}`,
  };
}

function listOf(words: readonly string[]): string {
  return words.map((it) => `"${it}"`).join(", ");
}

function* ofSecretNames({ settings, secretNames }: SettingsFile): Iterable<Draft> {
  const scheme = settings.policies.secretNames;
  if (scheme === undefined || secretNames === undefined || nameSteps(scheme) !== undefined) return;
  const message = "a name consists of small letters, digits, - and . and may hold {name} and {n}";
  yield { span: secretNames.span, message };
}

function firstLine(text: string, { start, end }: { readonly start: number; readonly end: number }): Draft["span"] {
  const length = text.slice(start, end).search(/[\r\n]/);
  return { start, end: length === -1 ? end : start + length };
}
