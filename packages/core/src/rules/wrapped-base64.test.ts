import { shootWith } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";

/** The fixes of a password that stands under data and is not base64. */
function fixesOf(password: string): readonly string[] {
  const caches = "caches:\n- { upstream: quay.io, secretReferenceName: quay }";
  const resources = "- { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: a } }";
  const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nimmutable: true\ndata: { username: YQ==, password: "${password}" }\n`;
  const text = `${shootWith({ caches, resources })}---\n${secret}`;
  const findings = conclude([inspect(readManifests("secret.yaml", text))]).get("secret.yaml") ?? [];
  const fixes = findings.filter((it) => it.code === "RC220").flatMap((it) => it.fixes);
  return fixes.map(({ title, safe }) => (safe ? `${title} (safe)` : title));
}

const asPlain = ["Put the value into base64", "Move the value to stringData"];

test.each<readonly [string, string, readonly string[]]>([
  ["of readable text is joined", "aW52ZW50ZWQt dmFsdWU=", ["Remove the whitespace (safe)"]],
  [
    "of nothing readable may be words, and is left to a person",
    "blue lamp seven two",
    ["Remove the whitespace", ...asPlain],
  ],
  ["that is none when joined is left to a person, too", "blue lamp seven", asPlain],
])("base64 with blanks in it %s", (_, password, expected) => {
  expect(fixesOf(password)).toEqual(expected);
});
