import type { SchemaProblem } from "../schema/check.ts";
import { replaceScalar } from "../yaml/edit.ts";
import type { ScalarNode } from "../yaml/node.ts";
import type { Draft, DraftFix, Rule } from "./rule.ts";
import { shootProblems } from "./schema-problems.ts";

export const wrongType: Rule = {
  code: "RC011",
  name: "wrong-type",
  severity: "error",
  mirrors: "pkg/admission/validator/helper (strict decoding)",
  docs: {
    summary: "A value has another type than its field.",
    why: "The server cannot decode it and rejects the manifest. A common cause is a missing or superfluous pair of quotes.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
              http:
                tls: "true"
      #              ^^^^^^ RC011
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
              http:
                tls: true
    `,
  },

  needs: "problems",
  *checkShoot(shoot) {
    for (const { problem, admission } of shootProblems(shoot, "wrong-type")) {
      yield { ...draftOf(problem, shoot.text), admission };
    }
  },

  *checkSecret({ schemaProblems, text }) {
    for (const problem of schemaProblems) {
      // Values of the wrong type under data and stringData have a rule of their own.
      if (problem.kind === "wrong-type" && !/^(?:data|stringData)\b/.test(problem.path)) yield draftOf(problem, text);
    }
  },
};

function draftOf(
  { path, span, expected, found, node }: Extract<SchemaProblem, { readonly kind: "wrong-type" }>,
  text: string,
): Draft {
  const fixes = node.type === "scalar" ? fixesOf(node, expected, text) : [];
  return { span, message: `"${path}" takes ${expected}, not ${found}`, fixes };
}

/** The same text with or without quotes, where that alone makes the type right. */
function fixesOf(node: ScalarNode, expected: string, text: string): readonly DraftFix[] {
  if (expected === "true or false" && (node.text === "true" || node.text === "false")) {
    return [{ title: "Remove the quotes", safe: true, edits: [replaceScalar(text, node, node.text === "true")] }];
  }
  if (/^a (?:whole )?number$/.test(expected) && node.style !== "plain" && /^(?:0|-?[1-9]\d{0,8})$/.test(node.text)) {
    return [{ title: "Remove the quotes", safe: true, edits: [replaceScalar(text, node, Number(node.text))] }];
  }
  if (expected === "a string" && node.style === "plain") {
    return [{ title: "Put the value in quotes", safe: true, edits: [replaceScalar(text, node, node.text)] }];
  }
  return [];
}
