import type { Rule } from "./rule.ts";
import { shootProblems } from "./schema-problems.ts";

export const missingField: Rule = {
  code: "RC012",
  name: "missing-field",
  severity: "error",
  mirrors: "gardener/gardener pkg/api/core/validation/utils.go",
  docs: {
    summary: "A field that the server requires is missing.",
    why: "The garden rejects the Shoot. Numbers and switches that are missing are taken for 0 and false, which is a warning. Fields that the server fills in by itself are never called missing. A manifest counts as a whole Shoot when it has three of spec.provider.type, spec.region, spec.kubernetes.version and spec.cloudProfile (or spec.cloudProfileName); then every required field must be there. Anything less is taken for a patch or an example of a part. In those only the items of lists must be complete, since a merge replaces a list as a whole; worker pools and other items that are merged by their name are left out.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        resources:
        - name: docker-secret
      #@ RC012
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        resources: []
    `,
  },

  needs: "problems",
  *checkShoot(shoot) {
    for (const { problem, admission } of shootProblems(shoot, "missing-field")) {
      const { path, span, schema } = problem;
      const taken = takenFor[String(schema.type)];
      if (taken === undefined) yield { span, message: `"${path}" is required`, admission };
      else yield { span, severity: "warning", message: `"${path}" is required; it is taken for ${taken}`, admission };
    }
  },
};

/** What Go decodes a missing value to. The server cannot tell it from a written one. */
const takenFor: { readonly [type: string]: string | undefined } = { boolean: "false", integer: "0", number: "0" };
