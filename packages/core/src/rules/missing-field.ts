import type { Rule } from "./rule.ts";
import { shootProblems } from "./schema-problems.ts";

export const missingField: Rule = {
  code: "RC012",
  name: "missing-field",
  severity: "error",
  mirrors: "gardener/gardener pkg/api/core/validation/utils.go",
  docs: {
    summary: "A field that the server requires is missing.",
    why: "The garden rejects the Shoot. Fields that the server fills in by itself are never called missing. A manifest counts as a whole Shoot when it has three of spec.provider.type, spec.region, spec.kubernetes.version and spec.cloudProfile (or spec.cloudProfileName); then every required field must be there. Anything less is taken for a patch or an example of a part. In those only the items of lists must be complete, since a merge replaces a list as a whole; worker pools and other items that are merged by their name are left out.",
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

  *checkShoot(shoot) {
    for (const { problem, admission } of shootProblems(shoot, "missing-field")) {
      yield { span: problem.span, message: `"${problem.path}" is required`, admission };
    }
  },
};
