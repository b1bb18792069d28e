import { describe, expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";
import { dedent } from "../text/dedent.ts";
import { applyEdits } from "../text/edit.ts";
import type { ClusterFacts, LiveSecret } from "../workspace/workspace.ts";

const shoot = dedent(`
  apiVersion: core.gardener.cloud/v1beta1
  kind: Shoot
  metadata: { name: crazy-botany, namespace: garden-dev }
  spec:
    extensions:
    - type: registry-cache
      providerConfig:
        apiVersion: registry.extensions.gardener.cloud/v1alpha3
        kind: RegistryConfig
        caches:
        - { upstream: docker.io, secretReferenceName: docker }
        - { upstream: ghcr.io, secretReferenceName: github }
    resources:
    - { name: docker, resourceRef: { apiVersion: v1, kind: Secret, name: 'docker-v1' } }
    - { name: github, resourceRef: { apiVersion: v1, kind: Secret, name: github-v1 } }
`);

/** A kustomization, which may leave its kind out. */
function kustomization(fields: string): string {
  return `---\n{ resources: [a.yaml], ${fields} }\n`;
}

/** A Secret that nothing is wrong with. */
function manifest(name: string, namespace = "garden-dev"): string {
  const data = "username: reader, password: example";
  return `---\n{ apiVersion: v1, kind: Secret, metadata: { name: ${name}, namespace: ${namespace} }, immutable: true, stringData: { ${data} } }\n`;
}

function live(name: string): LiveSecret {
  return { name, namespace: "garden-dev", immutable: true, data: { username: "cmVhZGVy", password: "ZXhhbXBsZQ==" } };
}

/** The findings as code, severity, marked text and verdict of admission. */
function check(text: string, cluster?: ClusterFacts): readonly string[] {
  const findings = conclude([inspect(readManifests("shoot.yaml", text))], cluster ? { cluster } : {}).get("shoot.yaml");
  return (findings ?? []).map(({ code, severity, span, admission }) => {
    const verdict = admission ? ` ${admission.type} ${admission.field.replace(/^.*\.caches/, "caches")}` : "";
    return `${code} ${severity} ${text.slice(span.start, span.end)}${verdict}`;
  });
}

describe("what is known decides how bad it is that a Secret is not at hand", () => {
  const asked = { namespaces: ["garden-dev"] };
  const cases: readonly (readonly [string, string, ClusterFacts | undefined, readonly string[]])[] = [
    ["no Secret is known at all", "", undefined, []],
    ["manifests of both", manifest("docker-v1") + manifest("github-v1"), undefined, []],
    [
      "one manifest with a similar name",
      manifest("dokcer-v1"),
      undefined,
      ["RC205 warning 'docker-v1'", "RC205 info github-v1"],
    ],
    [
      "one manifest with a similar name, and a kustomization that gives names a prefix",
      manifest("dokcer-v1") + kustomization("namePrefix: dev-"),
      undefined,
      ["RC205 info 'docker-v1'", "RC205 info github-v1"],
    ],
    [
      "a generator with a similar name, and a kustomization that gives names a suffix",
      manifest("github-v1") + kustomization("nameSuffix: -dev, secretGenerator: [{ name: dokcer-v1 }]"),
      undefined,
      ["RC205 info 'docker-v1'"],
    ],
    [
      "a generator with a similar name, in a kustomization that leaves its kind out",
      manifest("github-v1") + kustomization("nameSuffix: '', secretGenerator: [{ name: dokcer-v1 }]"),
      undefined,
      ["RC205 warning 'docker-v1'"],
    ],
    [
      "a garden that has neither, whatever a kustomization does to names",
      manifest("dokcer-v1") + kustomization("namePrefix: dev-"),
      { ...asked, secrets: [live("github-v1")] },
      ["RC205 error 'docker-v1' Denied caches[0].secretReferenceName"],
    ],
    [
      "a manifest of another namespace",
      manifest("docker-v1", "garden-prod") + manifest("github-v1"),
      undefined,
      ["RC207 warning 'docker-v1'"],
    ],
    ["a garden that was asked about another namespace", "", { namespaces: ["garden-prod"], secrets: [] }, []],
    ["a garden that has both", "", { ...asked, secrets: [live("docker-v1"), live("github-v1")] }, []],
    [
      "a garden that has none: admission names only the first",
      "",
      { ...asked, secrets: [] },
      ["RC205 error 'docker-v1' Denied caches[0].secretReferenceName", "RC205 error github-v1"],
    ],
    [
      "a garden that has none, but a manifest to be applied",
      manifest("docker-v1"),
      { ...asked, secrets: [live("github-v1")] },
      [],
    ],
    [
      "a garden that has none, and a manifest of another namespace",
      manifest("docker-v1", "garden-prod"),
      { ...asked, secrets: [live("github-v1")] },
      ["RC207 error 'docker-v1' Denied caches[0].secretReferenceName"],
    ],
    [
      "a garden in which it is being deleted",
      "",
      { ...asked, secrets: [{ ...live("docker-v1"), deletionTimestamp: "2026-01-01T00:00:00Z" }, live("github-v1")] },
      ["RC206 error 'docker-v1'"],
    ],
    [
      "a garden in which it is wrong: the finding lies where the Shoot names it",
      "",
      { ...asked, secrets: [{ ...live("docker-v1"), immutable: false }, live("github-v1")] },
      ["RC208 error 'docker-v1' Invalid caches[0].secretReferenceName"],
    ],
  ];
  test.each(cases)("%s", (_, manifests, cluster, expected) => {
    expect(check(shoot + manifests, cluster)).toEqual(expected);
  });
});

test("a similar name is offered in the quotes of the one it replaces", () => {
  const text = shoot + manifest("dokcer-v1") + manifest("github-v1");
  const [finding] = conclude([inspect(readManifests("shoot.yaml", text))]).get("shoot.yaml") ?? [];
  const [fix] = finding?.fixes ?? [];
  expect(fix?.title).toBe('Change to "dokcer-v1"');
  expect(applyEdits(text, fix?.edits.flatMap(({ edits }) => edits) ?? [])).toBe(
    text.replace("'docker-v1'", "'dokcer-v1'"),
  );
});
