import { shootWith } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import { readSettings } from "../manifest/settings.ts";
import type { Finding } from "../workspace/finding.ts";
import { applySettings } from "./apply-settings.ts";
import { conclude } from "./conclude.ts";
import { inspect } from "./inspect.ts";
import { inspectSettings } from "./inspect-settings.ts";

function finding(code: string, name: string): Finding {
  const span = { start: 0, end: 1 };
  return { code, name, severity: "error", uri: "a", span, message: "", related: [], fixes: [] };
}

const found = [
  finding("RC201", "reference-unresolved"),
  finding("RC208", "secret-mutable"),
  finding("RC113", "tls-off"),
];

test.each<readonly [string, string, readonly string[]]>([
  ["nothing", "", ["RC201 error", "RC208 error", "RC113 error"]],
  ["a code off", "severities: { RC201: off }", ["RC208 error", "RC113 error"]],
  ["a code off in quotes", 'severities: { RC201: "off" }', ["RC208 error", "RC113 error"]],
  ["a name", "severities: { tls-off: info }", ["RC201 error", "RC208 error", "RC113 info"]],
  ["a beginning", "severities: { RC2: warning }", ["RC201 warning", "RC208 warning", "RC113 error"]],
  ["the longest wins", "severities: { RC201: info, RC2: warning }", ["RC201 info", "RC208 warning", "RC113 error"]],
  ["no severity", "severities: { RC201: no, RC2: [off] }", ["RC201 error", "RC208 error", "RC113 error"]],
  ["codes of a path", "ignores: [{ paths: [old], codes: [RC2] }]", ["RC113 error"]],
  ["all of a path", "ignores: [{ paths: ['old/*.yaml'] }]", []],
  ["no codes of a path", "ignores: [{ paths: [old], codes: [] }]", ["RC201 error", "RC208 error", "RC113 error"]],
  ["another path", "ignores: [{ paths: [new] }]", ["RC201 error", "RC208 error", "RC113 error"]],
])("settings apply: %s", (_, text, expected) => {
  const { settings } = readSettings("s", text);
  expect(applySettings(found, settings, "old/a.yaml").map((it) => `${it.code} ${it.severity}`)).toEqual(expected);
});

test.each<readonly [string, readonly string[]]>([
  ["", []],
  ["# nothing yet\n", []],
  ["severities: { RC2: off, tls-off: error }\nignores: [{ paths: [a] }]\n", []],
  ["severities: { RC999: off }", ['RC042 there is no rule "RC999"']],
  [
    "severities: { RC201: no }",
    ['RC041 "severities.RC201" cannot be "no"; it takes "error", "warning", "info", "off"'],
  ],
  ["severities: { RC201: }", ['RC041 "severities.RC201" cannot be this; it takes "error", "warning", "info", "off"']],
  ["severities: []", ['RC041 "severities" takes a map, not a list']],
  [
    "ignores: [{ codes: [tls-of] }]",
    ['RC041 "ignores[0].paths" is required', 'RC042 there is no rule "tls-of"; did you mean "tls-off"'],
  ],
  [
    "policies: { secretNames: 'Ro-{name}' }",
    ["RC041 a name consists of small letters, digits, - and . and may hold {name} and {n}"],
  ],
  ["policies: { maximumVolumeSize: big }", ['RC041 "policies.maximumVolumeSize" is no quantity']],
  ["policies: { polices: 1 }", ['RC040 unknown field "policies.polices"']],
  ["a: 1\n---\nb: 2\n", ['RC040 unknown field "a"', "RC041 only the first document of a settings file is read"]],
  ["severities: [", ["RC001"]],
  ["severities: { RC2: off } # registry-cache: ignore RC102\n", ["RC050 no RC102 is ignored here"]],
])("a settings file is checked itself: %j", (text, expected) => {
  const report = inspectSettings(readSettings("s", text));
  const findings = conclude([report]).get("s") ?? [];
  expect(findings.map((it) => (it.code === "RC001" ? it.code : `${it.code} ${it.message}`))).toEqual(expected);
});

test("the name of a Secret is judged once: where its manifest is, or else where the Shoot names it", () => {
  const entry = "- { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: quay } }";
  const shoot = shootWith({ caches: "caches:\n- { upstream: quay.io, secretReferenceName: quay }", resources: entry });
  const secret =
    "apiVersion: v1\nkind: Secret\nmetadata: { name: quay }\nimmutable: true\ndata: { username: YQ==, password: YWJj }\n";
  const codes = (files: { readonly [uri: string]: string }): readonly unknown[] => {
    const policies = { secretNames: "ro-{name}-v{n}" };
    const reports = Object.entries(files).map(([uri, text]) => inspect(readManifests(uri, text), undefined, policies));
    return [...conclude(reports).values()].flat().map((it) => [it.uri, it.code]);
  };
  expect(codes({ shoot })).toEqual([["shoot", "RC230"]]);
  expect(codes({ shoot, secret })).toEqual([["secret", "RC230"]]);
});
