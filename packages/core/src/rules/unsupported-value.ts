import type { SchemaProblem } from "../schema/check.ts";
import { closest } from "../text/distance.ts";
import type { Edit } from "../text/edit.ts";
import { replaceScalar } from "../yaml/edit.ts";
import type { Rule } from "./rule.ts";
import { shootProblems } from "./schema-problems.ts";

export const unsupportedValue: Rule = {
  code: "RC013",
  name: "unsupported-value",
  severity: "error",
  mirrors: "gardener/gardener pkg/api/core/validation/shoot.go",
  docs: {
    summary: "A field that takes one of a few values has another one.",
    why: "The garden rejects the Shoot.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        purpose: prodution
      #          ^^^^^^^^^ RC013
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        purpose: production
    `,
  },

  needs: "problems",
  *checkShoot(shoot) {
    for (const { problem, admission } of shootProblems(shoot, "unsupported-value")) {
      const { path, span, value, allowed, schema } = problem;
      const meant = closest(value, allowed);
      const choices = allowed.length === 1 && meant === undefined ? allowed : meant === undefined ? [] : [meant];
      const fixes = choices.map((it) => ({
        title: `Change to "${it}"`,
        safe: it.toLowerCase() === value.toLowerCase(),
        edits: [replacePart(problem, it, shoot.text)],
      }));
      const several = schema.separator === undefined ? "" : `, several with "${schema.separator}" between them`;
      yield {
        span,
        message: `"${path}" cannot be "${value}"; it takes ${allowed.map((it) => `"${it}"`).join(", ")}${several}`,
        ...(schema.lenient ? { severity: "warning" } : {}),
        fixes,
        admission,
      };
    }
  },
};

/** Of several values in one, only the wrong one is replaced. */
function replacePart(
  { value, node, schema: { separator } }: Extract<SchemaProblem, { readonly kind: "unsupported-value" }>,
  choice: string,
  text: string,
): Edit {
  if (separator === undefined) return replaceScalar(text, node, choice);
  const parts = node.text.split(separator).map((it) => (it.trim() === value ? it.replace(value, choice) : it));
  return replaceScalar(text, node, parts.join(separator));
}
