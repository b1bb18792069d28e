import { shootWith } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { readManifests } from "../manifest/manifest.ts";
import { applyEdits } from "../text/edit.ts";
import type { Facts } from "../workspace/workspace.ts";
import { concludeCounting } from "./conclude.ts";
import { inspect } from "./inspect.ts";

const entry = "- { name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 } }";
const shoot = shootWith({ caches: "caches:\n- { upstream: quay.io, secretReferenceName: quay }", resources: entry });
const secret = `apiVersion: v1
kind: Secret
metadata:
  name: quay-v1
data: { username: ZXhhbXBsZS11c2Vy, password: ZXhhbXBsZS1wYXNzd29yZA== }
`;

function check(
  files: { readonly [uri: string]: string },
  facts?: Facts,
): { codes: readonly string[]; ignored: number } {
  const reports = Object.entries(files).map(([uri, text]) => inspect(readManifests(uri, text)));
  const { findings, ignored } = concludeCounting(reports, facts);
  return { codes: [...findings.values()].flat().map((it) => it.code), ignored };
}

function withComment(text: string, line: string, comment: string): string {
  return text.replace(line, `${line} # registry-cache: ${comment}`);
}

/** The messages on comments and the text after all their fixes. */
function judge(text: string): readonly [readonly string[], string] {
  const found = inspect(readManifests("a", text)).findings.filter((it) => it.code === "RC050");
  const edits = found.flatMap((it) => it.fixes.filter((fix) => fix.safe).flatMap((fix) => fix.edits[0]?.edits ?? []));
  return [found.map((it) => it.message), applyEdits(text, edits)];
}

describe("a finding is ignored whichever phase decides it", () => {
  test.each(["RC208", "secret-mutable", "RC20", "RC209, RC208"])("a Secret's, by %s", (words) => {
    const ignored = { shoot, secret: withComment(secret, "name: quay-v1", `ignore ${words}`) };
    expect(check(ignored)).toEqual({ codes: words.includes(",") ? ["RC050"] : [], ignored: 1 });
  });

  test("a reference's", () => {
    const facts: Facts = { cluster: { namespaces: ["garden-dev"], secrets: [] } };
    const named = shoot.replace("name: crazy-botany", "name: crazy-botany, namespace: garden-dev");
    expect(check({ named }, facts)).toEqual({ codes: ["RC205"], ignored: 0 });
    expect(check({ named: withComment(named, entry, "ignore RC205") }, facts)).toEqual({ codes: [], ignored: 1 });
  });

  test("a Shoot's", () => {
    const wrong = shoot.replace("secretReferenceName: quay }", "secretReferenceName: gone }");
    const line = "- { upstream: quay.io, secretReferenceName: gone }";
    expect(check({ a: wrong })).toEqual({ codes: ["RC201"], ignored: 0 });
    expect(check({ a: withComment(wrong, line, "ignore RC201") })).toEqual({ codes: [], ignored: 1 });
    expect(check({ a: `# registry-cache: ignore-file\n${wrong}` })).toEqual({ codes: [], ignored: 1 });
    expect(check({ a: `# registry-cache: ignore-file RC1\n${wrong}` })).toEqual({ codes: ["RC201"], ignored: 0 });
  });

  test("only in the comment's own file", () => {
    expect(check({ shoot: `# registry-cache: ignore-file\n${shoot}`, secret }).codes).toEqual(["RC208"]);
  });
});

describe("a comment that ignores nothing is told, when that is certain", () => {
  const line = "- { upstream: quay.io, secretReferenceName: quay }";

  test.each<readonly [string, string, readonly string[], string]>([
    ["one code", "ignore RC102", ["no RC102 is ignored here"], ""],
    ["all of several", "ignore RC102, tls-off", ["none of RC102, tls-off is ignored here"], ""],
    ["nothing", "ignore", ["it names no code, so it ignores nothing"], ""],
    [
      "a wrong name",
      "ignore tls-of",
      ['there is no rule "tls-of"; did you mean "tls-off"'],
      " # registry-cache: ignore tls-of",
    ],
    ["a wrong code", "ignore RC999", ['there is no rule "RC999"'], " # registry-cache: ignore RC999"],
  ])("it names %s", (...[, comment, messages, left]) => {
    expect(judge(withComment(shoot, line, comment))).toEqual([messages, shoot.replace(line, line + left)]);
  });

  test.each([
    ["RC102, RC201", "RC201"],
    ["RC201, RC102", "RC201"],
    ["RC102, RC201, RC103", "RC201"],
  ])("of %s only %s is left", (given, left) => {
    const wrong = shoot.replace("secretReferenceName: quay }", "secretReferenceName: gone }");
    const on = "- { upstream: quay.io, secretReferenceName: gone }";
    const [, after] = judge(withComment(wrong, on, `ignore ${given}`));
    expect(after).toBe(withComment(wrong, on, `ignore ${left}`));
  });

  test("a line of its own goes as a whole", () => {
    const [, after] = judge(shoot.replace("kind: Shoot\n", "# registry-cache: ignore RC102\nkind: Shoot\n"));
    expect(after).toBe(shoot);
  });

  test.each([
    ["needs other files", "ignore RC205"],
    ["needs the version before", "ignore volume-immutable"],
    ["needs a garden", "ignore RC206"],
  ])("not a rule that %s", (_, comment) => {
    expect(judge(withComment(shoot, line, comment))[0]).toEqual([]);
  });

  test("not in a document that cannot be read whole", () => {
    expect(judge(`${withComment(shoot, line, "ignore RC102")}broken: [\n`)[0]).toEqual([]);
  });

  test("not what a garden's Secret may bring to the place that names it", () => {
    expect(judge(withComment(shoot, entry, "ignore RC209"))[0]).toEqual([]);
  });
});
