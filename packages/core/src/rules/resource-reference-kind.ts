import type { ResourceEntry, Shoot } from "../manifest/shoot.ts";
import { closest } from "../text/distance.ts";
import { setEntry } from "../yaml/edit.ts";
import { entryOf, fieldOf } from "../yaml/node.ts";
import type { Draft, DraftFix, Rule } from "./rule.ts";
import { namedEntries } from "./shoot-references.ts";

/** The kinds that an entry may have, with their apiVersion. */
const apiVersions: ReadonlyMap<string, string> = new Map([
  ["Secret", "v1"],
  ["ConfigMap", "v1"],
  ["WorkloadIdentity", "security.gardener.cloud/v1alpha1"],
]);

export const resourceReferenceKind: Rule = {
  code: "RC223",
  name: "resource-reference-kind",
  severity: "error",
  mirrors: "gardener/gardener pkg/api/core/validation/utils.go",
  docs: {
    summary: "The `resourceRef` of an entry has an `apiVersion` or a `kind` that Gardener does not take there.",
    why: "The garden rejects the Shoot. An entry is a Secret or a ConfigMap of `v1`, or a WorkloadIdentity of `security.gardener.cloud/v1alpha1`.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: core/v1
      #                 ^^^^^^^ RC223
            kind: Secret
            name: ro-docker-secret-v1
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: ro-docker-secret-v1
    `,
  },

  needs: "resources",
  *checkShoot(shoot) {
    for (const entry of shoot.resources) {
      const draft = checkEntry(shoot, entry);
      if (draft) yield draft;
    }
  },
};

function checkEntry(shoot: Shoot, entry: ResourceEntry): Draft | undefined {
  const { node, kind, apiVersion, path } = entry;
  // Fields of a wrong type, and a resourceRef that is missing, are the schema's to report.
  const reference = fieldOf(node, "resourceRef");
  if (reference?.type !== "map") return undefined;
  const span = entryOf(node, "resourceRef")?.key.span ?? entry.span;
  const wanted = kind === undefined ? undefined : apiVersions.get(kind.value);
  if (wanted === undefined) {
    // What a cache or a mirror names must be a Secret: RC202 says so where it is named.
    if (isNamed(shoot, entry) || (kind === undefined && fieldOf(reference, "kind") !== undefined)) return undefined;
    const message = kind ? `an entry cannot be of kind "${kind.value}"` : `"${path}.resourceRef.kind" is required`;
    return { span: kind?.span ?? span, message, fixes: kindFixes(shoot, entry) };
  }
  if (apiVersion?.value === wanted || (apiVersion === undefined && fieldOf(reference, "apiVersion") !== undefined))
    return undefined;
  const fixes = [
    {
      title: `Set apiVersion to "${wanted}"`,
      safe: true,
      edits: [setEntry(shoot.text, reference, "apiVersion", wanted)],
    },
  ];
  if (apiVersion === undefined) return { span, message: `"${path}.resourceRef.apiVersion" is required`, fixes };
  return {
    span: apiVersion.span,
    message: `a ${kind?.value} is of apiVersion "${wanted}", not "${apiVersion.value}"`,
    fixes,
  };
}

function isNamed(shoot: Shoot, entry: ResourceEntry): boolean {
  return namedEntries(shoot).some((it) => it.entry === entry);
}

function kindFixes({ text }: Shoot, { node, kind, apiVersion }: ResourceEntry): readonly DraftFix[] {
  const reference = fieldOf(node, "resourceRef");
  if (reference?.type !== "map") return [];
  const kinds = [...apiVersions].filter(([, version]) => apiVersion === undefined || apiVersion.value === version);
  const similar = kind && closest(kind.value, [...apiVersions.keys()]);
  const choices = similar === undefined ? kinds.map(([it]) => it) : [similar];
  return choices.map((it) => ({
    title: `Set kind to "${it}"`,
    safe: choices.length === 1 && (kind === undefined || it.toLowerCase() === kind.value.toLowerCase()),
    edits: [setEntry(text, reference, "kind", it)],
  }));
}
