import { type Mark, readMarks } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { inspectSettings } from "../analyze/inspect-settings.ts";
import { type ManifestFile, readManifests } from "../manifest/manifest.ts";
import { type Policies, readSettings } from "../manifest/settings.ts";
import type { Shoot } from "../manifest/shoot.ts";
import { dedent } from "../text/dedent.ts";
import { applyEdits } from "../text/edit.ts";
import { indexLines } from "../text/line-index.ts";
import { summarizeLive } from "../workspace/chain-values.ts";
import type { Finding } from "../workspace/finding.ts";
import { type PreviousShoot, summarizePrevious } from "../workspace/previous.ts";
import type { ClusterFacts, Facts } from "../workspace/workspace.ts";
import { rulePage } from "./docs.ts";
import { rules } from "./index.ts";
import type { Rule, RuleExample } from "./rule.ts";
import { needsOf } from "./shoot-needs.ts";

const uri = "example.yaml";

function check(text: string, example: RuleExample): readonly Finding[] {
  if (example.isSettings) {
    return conclude([inspectSettings(readSettings(uri, text))]).get(uri) ?? [];
  }
  const previous =
    example.previous === undefined ? undefined : shootsOf(readManifests("previous.yaml", dedent(example.previous)))[0];
  const previousOf = (): PreviousShoot | undefined =>
    previous && (example.live ? summarizeLive : summarizePrevious)(previous);
  const report = inspect(readManifests(uri, text), previousOf, policiesOf(example));
  return conclude([report], factsOf(example)).get(uri) ?? [];
}

function policiesOf({ settings = "" }: RuleExample): Policies {
  return readSettings("settings.yaml", dedent(settings)).settings.policies;
}

function shootsOf(file: ManifestFile): readonly Shoot[] {
  return file.documents.flatMap((it) => it.shoots);
}

function factsOf({ garden, committed }: RuleExample): Facts {
  const facts: { cluster?: ClusterFacts; committed?: ReadonlySet<string> } = {};
  if (garden !== undefined) facts.cluster = garden;
  if (committed) facts.committed = new Set([uri]);
  return facts;
}

function toMarks(text: string, findings: readonly Finding[]): readonly Mark[] {
  const lines = indexLines(text);
  return findings.map(({ code, span }) => {
    const { line, character } = lines.position(span.start);
    const end = lines.position(span.end);
    return { code, line, start: character, end: end.line === line ? end.character : lines.line(line).length };
  });
}

function fixed(text: string, { fixes }: Finding): string {
  return applyEdits(text, fixes[0]?.edits.flatMap((it) => it.edits) ?? []);
}

test("codes and names are unique, and the table is in the order of its codes", () => {
  const codes = rules.map((it) => it.code);
  expect(codes).toEqual([...new Set(codes)].sort());
  expect(rules.map((it) => it.name).sort()).toEqual([...new Set(rules.map((it) => it.name))].sort());
});

test("what a rule needs is needed indeed: without it the rule finds nothing in any example", () => {
  const examples = rules.flatMap(({ example }) => [example.bad, example.good].map(dedent));
  const shoots = examples.flatMap((it) => shootsOf(readManifests(uri, it)));
  const found = rules.flatMap((rule) =>
    shoots.flatMap((shoot) => {
      if (rule.needs === undefined || rule.needs === "yaml-problems") return [];
      if (needsOf(shoot, undefined, {})[rule.needs]) return [];
      return [...(rule.checkShoot?.(shoot, undefined, {}) ?? [])].map(({ message }) => [rule.code, message]);
    }),
  );
  expect(found).toEqual([]);
});

test("a rule that needs problems of the YAML finds nothing where there are none", () => {
  const examples = rules.flatMap(({ example }) => [example.bad, example.good].map(dedent));
  const documents = examples.flatMap((it) => readManifests(uri, it).documents).filter((it) => it.problems.length === 0);
  const needing = rules.filter((it) => it.needs === "yaml-problems");
  const found = needing.flatMap((rule) => documents.flatMap((it) => [...(rule.checkDocument?.(it) ?? [])]));
  expect(found).toEqual([]);
});

describe.each(rules.map((it): [string, Rule] => [`${it.code} ${it.name}`, it]))("%s", (_, rule) => {
  const { example } = rule;
  const bad = readMarks(dedent(example.bad));
  const good = readMarks(dedent(example.good));

  test("has a code of RC and three digits and a name in kebab-case", () => {
    expect(rule.code).toMatch(/^RC\d{3}$/);
    expect(rule.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test("reports its example exactly where it is marked", () => {
    expect(bad.marks.map((it) => it.code)).toContain(rule.code);
    expect(toMarks(bad.text, check(bad.text, example))).toEqual(bad.marks);
  });

  test("finds nothing in the good example", () => {
    expect(toMarks(good.text, check(good.text, example))).toEqual(good.marks);
  });

  test("mends the example by its first fix, and only once", () => {
    const finding = check(bad.text, example).find((it) => it.code === rule.code && it.fixes.length > 0);
    if (finding === undefined) return;
    const mended = fixed(bad.text, finding);
    expect(mended).toBe(good.text);
    expect(check(mended, example).filter((it) => it.code === rule.code && it.fixes.some((fix) => fix.safe))).toEqual(
      [],
    );
  });

  test("says what is wrong in the house's words", () => {
    for (const { message, fixes } of check(bad.text, example)) {
      expect(message).not.toMatch(/\.$|please/i);
      for (const { title } of fixes) expect(title).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  test("has its page in the documentation", async () => {
    await expect(rulePage(rule)).toMatchFileSnapshot(`../../docs/rules/${rule.code}.md`);
  });
});
