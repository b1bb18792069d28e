import { type RestrictedField, removal, replacementFixes, restrictedFields } from "./restricted-fields.ts";
import type { Rule } from "./rule.ts";

export const unavailableField: Rule = {
  code: "RC021",
  name: "unavailable-field",
  severity: "error",
  mirrors: "gardener/gardener pkg/api/core/validation/shoot.go",
  docs: {
    summary: "A field of the Shoot does not exist for the Kubernetes version that the Shoot asks for.",
    why: "The garden rejects the Shoot. It often shows up when the version is raised and a deprecated field stays behind.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        kubernetes:
          version: 1.33.4
          clusterAutoscaler:
            maxEmptyBulkDelete: 5
      #     ^^^^^^^^^^^^^^^^^^ RC021
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        kubernetes:
          version: 1.33.4
          clusterAutoscaler:
            maxScaleDownParallelism: 5
    `,
  },

  needs: "problems",
  *checkShoot(shoot) {
    for (const { field, refusedBy } of restrictedFields(shoot)) {
      if (refusedBy === undefined) continue;
      const replacements = replacementFixes(field, shoot.text);
      const fixes = replacements.length > 0 ? replacements : [removal(field, shoot.text)];
      yield { span: field.span, message: messageOf(field, refusedBy), fixes };
    }
  },
};

function messageOf({ path, schema: { since, until, deprecated } }: RestrictedField, version: string): string {
  if (until === undefined) return `"${path}" needs Kubernetes ${since} or newer, not ${version}`;
  const advice = deprecated === undefined ? "" : `: ${deprecated}`;
  return `"${path}" is refused from Kubernetes ${until} on, and the version is ${version}${advice}`;
}
