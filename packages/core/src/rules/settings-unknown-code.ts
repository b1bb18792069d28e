import { closest } from "../text/distance.ts";
import { selects } from "../workspace/selector.ts";
import { replaceScalar } from "../yaml/edit.ts";
import type { Rule } from "./rule.ts";

export const settingsUnknownCode: Rule = {
  code: "RC042",
  name: "settings-unknown-code",
  severity: "warning",
  docs: {
    summary: "The settings file `.registry-cache.yaml` names a code that no rule has.",
    why: "The setting changes nothing. Another version of this tool may know the code.",
  },
  example: {
    isSettings: true,
    bad: `
      severities:
        tls-of: error
      # ^^^^^^ RC042
    `,
    good: `
      severities:
        tls-off: error
    `,
  },

  *checkSettings({ selectors, text }, table) {
    for (const { text: written, node } of selectors) {
      if (table.some((it) => selects(written, it))) continue;
      const meant = closest(written, [...table.map((it) => it.code), ...table.map((it) => it.name)]);
      const fixes =
        meant === undefined ? [] : [{ title: `Change to "${meant}"`, edits: [replaceScalar(text, node, meant)] }];
      const hint = meant === undefined ? "" : `; did you mean "${meant}"`;
      yield { span: node.span, message: `there is no rule "${written}"${hint}`, fixes };
    }
  },
};
