import type { Rule } from "./rule.ts";
import { shootProblems } from "./schema-problems.ts";

export const missingField: Rule = {
  code: "RC012",
  name: "missing-field",
  severity: "error",
  mirrors: "gardener/gardener pkg/api/core/validation/utils.go",
  docs: {
    summary: "A field that the server requires is missing.",
    why: "The garden rejects the Shoot. Fields that the server fills in by itself are never called missing.",
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
