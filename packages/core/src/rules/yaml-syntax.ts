import type { Rule } from "./rule.ts";

export const yamlSyntax: Rule = {
  code: "RC001",
  name: "yaml-syntax",
  severity: "error",
  docs: {
    summary: "The text is not valid YAML.",
    why: "kubectl cannot read the document, so nothing of it reaches the garden. The rest of the file is still checked.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
         namespace: garden-dev
      #           ^ RC001
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
        namespace: garden-dev
    `,
  },

  needs: "yaml-problems",
  *checkDocument({ problems, template }) {
    // A template is not YAML yet, and says so itself.
    if (template !== undefined) return;
    for (const { kind, span, message } of problems) if (kind === "syntax") yield { span, message };
  },
};
