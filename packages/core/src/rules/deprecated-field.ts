import { isBelow, replacementFixes, restrictedFields } from "./restricted-fields.ts";
import type { Rule } from "./rule.ts";

export const deprecatedField: Rule = {
  code: "RC020",
  name: "deprecated-field",
  severity: "warning",
  mirrors: "gardener/gardener pkg/apis/core/v1beta1/types_shoot.go",
  docs: {
    summary: "A field of the Shoot is deprecated.",
    why: "Gardener still takes it, and will refuse it from some Kubernetes version or release of its own on. The change is easier before it is due.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        cloudProfileName: aws
      # ^^^^^^^^^^^^^^^^ RC020
        kubernetes:
          version: 1.33.4
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        cloudProfile:
          kind: CloudProfile
          name: aws
        kubernetes:
          version: 1.33.4
    `,
  },

  needs: "problems",
  *checkShoot(shoot) {
    let outer: string | undefined;
    for (const { field, refusedBy } of restrictedFields(shoot)) {
      const { path, span, schema } = field;
      // A field that its Kubernetes version refuses is RC021; below a deprecated field everything is.
      if (schema.deprecated === undefined || refusedBy !== undefined || isBelow(path, outer)) continue;
      outer = path;
      const message = `"${path}" is deprecated: ${schema.deprecated}`;
      yield { span, message, fixes: replacementFixes(field, shoot.text) };
    }
  },
};
