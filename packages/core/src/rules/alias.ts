import type { Rule } from "./rule.ts";

export const alias: Rule = {
  code: "RC003",
  name: "alias",
  severity: "error",
  docs: {
    summary: "An alias stands for nothing, or for something that contains itself.",
    why: "kubectl refuses the document.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
        labels: *defaults
      #         ^^^^^^^^^ RC003
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        annotations: &defaults { team: green }
        name: crazy-botany
        labels: *defaults
    `,
  },

  needs: "yaml-problems",
  *checkDocument({ problems, template }) {
    if (template !== undefined) return;
    for (const { kind, span, message } of problems) if (kind === "alias") yield { span, message };
  },
};
