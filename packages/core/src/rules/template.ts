import type { Rule } from "./rule.ts";

export const template: Rule = {
  code: "RC005",
  name: "template",
  severity: "info",
  docs: {
    summary: "The document is a template and becomes a manifest only when it is rendered.",
    why: "What a template will say is not known, so nothing in it is checked. Render it first: `helm template . | kubectl registry-cache lint -f -`.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: {{ .Values.name }}
      #       ^^^^^^^^^^^^^^^^^^ RC005
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
    `,
  },

  *checkDocument({ template: span }) {
    if (span !== undefined) yield { span, message: "this is a template; render it first, then check what comes out" };
  },
};
