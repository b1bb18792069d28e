import { readMarks } from "@registry-cache/testkit";
import { describe, expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { dedent } from "../text/dedent.ts";
import { applyEdits } from "../text/edit.ts";
import { indexLines } from "../text/line-index.ts";
import type { Finding, Fix } from "../workspace/finding.ts";

/** The findings on a text, which must be those that it is marked with. */
function check(marked: string): { readonly text: string; readonly findings: readonly Finding[] } {
  const { text, marks } = readMarks(dedent(marked));
  const lines = indexLines(text);
  const findings = conclude([inspect(readManifests("shoot.yaml", text))]).get("shoot.yaml") ?? [];
  const found = findings.map(({ code, span }) => {
    const { line, character: start } = lines.position(span.start);
    return { code, line, start, end: lines.position(span.end).character };
  });
  expect(found).toEqual(marks);
  return { text, findings };
}

/** The text after the first fix that has a title. */
function mend(marked: string, title: string): string {
  const { text, findings } = check(marked);
  const fix = findings.flatMap((it) => it.fixes).find((it) => it.title === title);
  return applyEdits(text, fix?.edits.flatMap(({ edits }) => edits) ?? []);
}

function titles(marked: string): readonly string[] {
  const title = (fix: Fix): string => (fix.safe ? `${fix.title} (safe)` : fix.title);
  return check(marked).findings.flatMap((it) => it.fixes.map(title));
}

function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(by));
}

/** A Shoot whose caches name these entries, with what follows as the rest of its spec. */
function shoot(caches: string, rest = ""): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: crazy-botany }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
${indent(dedent(caches), 6)}${indent(dedent(rest), 2)}`;
}

const oneCache = `
- { upstream: docker.io, secretReferenceName: docker }
#                                             ^^^^^^ RC201
`;

describe("a missing entry is declared in the style of its list", () => {
  const declare = 'Declare "docker" in spec.resources';
  const inBlock = `
  resources:
  - name: docker
    resourceRef:
      apiVersion: v1
      kind: Secret
      name: docker
`;
  test.each([
    ["a list that is not there", "", inBlock],
    ["an empty list", "  resources: []\n", inBlock],
    [
      "a list in flow style",
      "  resources: [{ name: a, resourceRef: { apiVersion: v1, kind: Secret, name: a } }] # ours\n",
      "\n  resources: [{ name: a, resourceRef: { apiVersion: v1, kind: Secret, name: a } }, { name: docker, resourceRef: { apiVersion: v1, kind: Secret, name: docker } }] # ours\n",
    ],
  ])("%s", (_, rest, expected) => {
    const plain = readMarks(shoot(oneCache)).text;
    expect(mend(shoot(oneCache) + rest, declare)).toBe(plain + expected.slice(1));
  });

  test("JSON", () => {
    const config =
      '{"apiVersion": "registry.extensions.gardener.cloud/v1alpha3", "kind": "RegistryConfig", "caches": [{"upstream": "docker.io", "secretReferenceName": "docker"}]}';
    const head = `{"apiVersion": "core.gardener.cloud/v1beta1", "kind": "Shoot", "metadata": {"name": "crazy-botany"}, "spec": {"extensions": [{"type": "registry-cache", "providerConfig": ${config}}]`;
    const mark = `#${" ".repeat(head.indexOf('"docker"') - 1)}^^^^^^^^ RC201\n`;
    const entry = '{"name": "docker", "resourceRef": {"apiVersion": "v1", "kind": "Secret", "name": "docker"}}';
    expect(mend(`${head}}}\n${mark}`, declare)).toBe(`${head}, "resources": [${entry}]}}\n`);
  });
});

describe("another entry is only chosen blind when it must be meant", () => {
  const entry = (name: string): string =>
    `  - { name: ${name}, resourceRef: { apiVersion: v1, kind: Secret, name: ${name} } }\n`;
  test.each([
    [
      "a slip in the name",
      `  resources:\n${entry("dokcer")}`,
      ['Change to "dokcer" (safe)', 'Declare "docker" in spec.resources'],
    ],
    [
      "the name of the entry's Secret",
      `  resources:\n${entry("upstream").replaceAll("name: upstream }", "name: docker }")}${entry("docker-v2")}`,
      ['Change to "upstream" (safe)', 'Declare "docker" in spec.resources', 'Change to "docker-v2"'],
    ],
    [
      "a name of its own",
      `  resources:\n${entry("upstream-credentials")}`,
      ['Declare "docker" in spec.resources', 'Change to "upstream-credentials"'],
    ],
  ])("%s", (_, rest, expected) => {
    expect(titles(shoot(oneCache) + rest)).toEqual(expected);
  });

  test("the name of an entry's Secret means that entry, though another cache names it", () => {
    const caches = `
- { upstream: quay.io, secretReferenceName: upstream }
- { upstream: docker.io, secretReferenceName: docker }
#                                             ^^^^^^ RC201
`;
    const rest = `  resources:\n${entry("upstream").replaceAll("name: upstream }", "name: docker }")}${entry("docker-v2")}`;
    expect(titles(shoot(caches) + rest)[0]).toBe('Change to "upstream" (safe)');
  });

  test("numbers tell Secrets apart", () => {
    const caches = `
- { upstream: docker.io, secretReferenceName: docker-1 }
- { upstream: ghcr.io, secretReferenceName: docker-2 }
#                                           ^^^^^^^^ RC201
`;
    expect(titles(`${shoot(caches)}  resources:\n${entry("docker-1")}`)).toEqual([
      'Declare "docker-2" in spec.resources',
      'Change to "docker-1"',
    ]);
  });
});

describe("an entry is a Secret", () => {
  const cache = `
- { upstream: docker.io, secretReferenceName: docker }
#                                             ^^^^^^ RC202
`;
  test.each([
    ["{ apiVersion: v1, kind: secret, name: d }", ["Make the entry refer to a Secret (safe)"]],
    ["{ name: d }", ["Make the entry refer to a Secret (safe)"]],
    ["{ apiVersion: v1, kind: ConfigMap, name: d }", ["Make the entry refer to a Secret"]],
    [
      "{ apiVersion: security.gardener.cloud/v1alpha1, kind: WorkloadIdentity, name: d }",
      ["Make the entry refer to a Secret"],
    ],
  ])("%s", (reference, expected) => {
    expect(titles(`${shoot(cache)}  resources:\n  - { name: docker, resourceRef: ${reference} }\n`)).toEqual(expected);
  });

  test("a WorkloadIdentity changes its apiVersion, too", () => {
    const entry =
      "{ name: docker, resourceRef: { apiVersion: security.gardener.cloud/v1alpha1, kind: WorkloadIdentity, name: d } }";
    const mended = mend(`${shoot(cache)}  resources: [${entry}]\n`, "Make the entry refer to a Secret");
    expect(mended.slice(mended.indexOf("  resources"))).toBe(
      "  resources: [{ name: docker, resourceRef: { apiVersion: v1, kind: Secret, name: d } }]\n",
    );
  });
});

describe("entries that the caches do not name", () => {
  const cache = "\n- { upstream: docker.io }\n";
  test.each([
    [
      "keep their apiVersion and kind together",
      `
        resources:
        - name: a
          resourceRef: { apiVersion: security.gardener.cloud/v1alpha1, kind: Workloadidentity, name: a }
      #                                                                      ^^^^^^^^^^^^^^^^ RC223
        - name: b
          resourceRef: { kind: WorkloadIdentity, name: b }
      #   ^^^^^^^^^^^ RC223
      `,
      ['Set kind to "WorkloadIdentity" (safe)', 'Set apiVersion to "security.gardener.cloud/v1alpha1" (safe)'],
    ],
    [
      "are removed blind where no other extension can use them",
      `
        resources:
        - { name: a, resourceRef: { apiVersion: v1, kind: Secret, name: a } }
      #           ^ RC204
        - { name: docker.io, resourceRef: { apiVersion: security.gardener.cloud/v1alpha1, kind: WorkloadIdentity, name: b } }
      `,
      ["Remove the unused entry (safe)"],
    ],
    [
      "are used by other extensions when any of their texts holds the name",
      `
        - type: shoot-dns-service
          providerConfig: { providers: [{ secretName: shoot--dns-secret }] }
        resources:
        - { name: dns-secret, resourceRef: { apiVersion: v1, kind: Secret, name: a } }
        - { name: left, resourceRef: { apiVersion: v1, kind: ConfigMap, name: b } }
      #           ^^^^ RC204
      `,
      ["Remove the unused entry"],
    ],
    [
      "go with the list when none of them is used",
      `
        resources:
        - { name: a, resourceRef: { apiVersion: v1, kind: Secret, name: a } }
      #           ^ RC204
        - { name: b, resourceRef: { apiVersion: v1, kind: Secret, name: b } }
      #           ^ RC204
      `,
      ["Remove all entries, which are unused (safe)", "Remove the unused entry (safe)"],
    ],
    [
      "may be declared twice only in the same words",
      `
        resources:
        - { name: docker.io, resourceRef: { apiVersion: v1, kind: Secret, name: a } }
        - { name: docker.io, resourceRef: { name: a, apiVersion: v1, kind: Secret } }
      #           ^^^^^^^^^ RC203
        - { name: docker.io, resourceRef: { apiVersion: v1, kind: Secret, name: b } }
      #           ^^^^^^^^^ RC203
      `,
      ["Remove this entry (safe)", "Remove this entry"],
    ],
  ])("%s", (_, rest, expected) => {
    expect(titles(shoot(cache, rest))).toEqual(expected);
  });
});

test.each<readonly [string, string, readonly string[]]>([
  ["is not removed blind", "mirrors: []", ["Remove the unused entry"]],
  ["is used when that text has its name", "mirrors: [{ hosts: [{ caBundleSecretReferenceName: bundle }] }]", []],
])("an entry beside a configuration that is text and no map %s", (_, config, expected) => {
  const entry = "{ name: bundle, resourceRef: { apiVersion: v1, kind: Secret, name: a } }";
  const extension = `{ type: registry-mirror, providerConfig: "${config}" }`;
  const text = `kind: Shoot\nspec: { extensions: [${extension}], resources: [${entry}] }\n`;
  const findings = conclude([inspect(readManifests("shoot.yaml", text))]).get("shoot.yaml") ?? [];
  const fixes = findings.filter((it) => it.code === "RC204").flatMap((it) => it.fixes);
  expect(fixes.map(({ title, safe }) => (safe ? `${title} (safe)` : title))).toEqual(expected);
});
