import type { SchemaProblem } from "../schema/check.ts";
import { closest } from "../text/distance.ts";
import { removeEntry, renameKey } from "../yaml/edit.ts";
import type { Draft, DraftFix, Rule } from "./rule.ts";
import { shootProblems } from "./schema-problems.ts";

export const unknownField: Rule = {
  code: "RC010",
  name: "unknown-field",
  severity: "error",
  mirrors: "pkg/admission/validator/helper (strict decoding)",
  docs: {
    summary: "A field has a name that does not exist at its place.",
    why: "The extension decodes its configuration strictly and rejects the Shoot. In the Shoot itself an unknown field is dropped, so what it says never happens. With a garden's own schema a field that it knows is known, and one that it does not know yet is a warning.",
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
              remoteUrl: https://registry-1.docker.io
      #       ^^^^^^^^^ RC010
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
              remoteURL: https://registry-1.docker.io
    `,
  },

  needs: "problems",
  *checkShoot(shoot) {
    for (const { problem, admission } of shootProblems(shoot, "unknown-field")) {
      yield { ...draftOf(problem, shoot.text), admission };
    }
    for (const { problem } of shootProblems(shoot, "field-not-in-garden")) {
      const { name, path, span, parent, entry } = problem;
      const fixes = [{ title: `Remove "${name}"`, edits: [removeEntry(shoot.text, parent, entry)] }];
      const message = `the garden has no field "${path}": it drops it, or refuses the Shoot`;
      yield { span, severity: "warning", message, fixes };
    }
  },

  *checkSecret({ schemaProblems, text }) {
    for (const problem of schemaProblems) if (problem.kind === "unknown-field") yield draftOf(problem, text);
  },
};

function draftOf(problem: Extract<SchemaProblem, { readonly kind: "unknown-field" }>, text: string): Draft {
  const { name, path, span, known, parent, entry } = problem;
  const meant = closest(
    name,
    known.filter((it) => !parent.entries.some((other) => other.name === it)),
  );
  const fixes: readonly DraftFix[] = [
    // Only the letter case differs: there is one field it can be.
    ...(meant
      ? [
          {
            title: `Change to "${meant}"`,
            safe: meant.toLowerCase() === name.toLowerCase(),
            edits: [renameKey(text, entry, meant)],
          },
        ]
      : []),
    { title: `Remove "${name}"`, edits: [removeEntry(text, parent, entry)] },
  ];
  return { span, message: `unknown field "${path}"${meant ? `; did you mean "${meant}"` : ""}`, fixes };
}
