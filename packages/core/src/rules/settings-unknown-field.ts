import { closest } from "../text/distance.ts";
import { renameKey } from "../yaml/edit.ts";
import type { Rule } from "./rule.ts";

export const settingsUnknownField: Rule = {
  code: "RC040",
  name: "settings-unknown-field",
  severity: "error",
  docs: {
    summary: "The settings file `.registry-cache.yaml` has a field that does not exist.",
    why: "What it asks for does not happen, and a policy that nobody checks looks like one that is kept.",
  },
  example: {
    isSettings: true,
    bad: `
      severities:
        RC204: off
      policies:
        secretName: ro-{name}-v{n}
      # ^^^^^^^^^^ RC040
    `,
    good: `
      severities:
        RC204: off
      policies:
        secretNames: ro-{name}-v{n}
    `,
  },

  *checkSettings({ schemaProblems, text }) {
    for (const problem of schemaProblems) {
      if (problem.kind !== "unknown-field") continue;
      const { name, path, span, known, parent, entry } = problem;
      const free = known.filter((it) => !parent.entries.some((other) => other.name === it));
      const meant = closest(name, free);
      // Never safe: a setting that begins to count changes what everything else comes to.
      const fixes =
        meant === undefined ? [] : [{ title: `Change to "${meant}"`, edits: [renameKey(text, entry, meant)] }];
      yield {
        span,
        message: `unknown field "${path}"${meant === undefined ? "" : `; did you mean "${meant}"`}`,
        fixes,
      };
    }
  },
};
