import type { Rule } from "./rule.ts";

export const duplicateKey: Rule = {
  code: "RC002",
  name: "duplicate-key",
  severity: "error",
  docs: {
    summary: "A key is written twice in one map.",
    why: "kubectl keeps the last value without a word, so what the first one says is lost.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
        name: lazy-botany
      # ^^^^ RC002
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: lazy-botany
    `,
  },

  needs: "yaml-problems",
  *checkDocument({ uri, problems, template }) {
    if (template !== undefined) return;
    for (const { kind, span, message, first } of problems) {
      if (kind !== "duplicate-key") continue;
      yield { span, message, related: first ? [{ uri, span: first, message: "written here first" }] : [] };
    }
  },
};
