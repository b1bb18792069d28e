import type { Rule } from "./rule.ts";

/** Decoders put this character in place of bytes that are not UTF-8. */
const replacement = "\ufffd";

export const invalidUtf8: Rule = {
  code: "RC006",
  name: "invalid-utf8",
  severity: "error",
  docs: {
    summary: "The file is not UTF-8 text.",
    why: "kubectl puts the replacement character where the bytes make no sense, so a name or a password silently becomes another one. Save the file as UTF-8.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
        labels: { town: M\ufffdnchen }
      #                  ^ RC006
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
        labels: { town: München }
    `,
  },

  *checkDocument({ text, span }) {
    const at = text.indexOf(replacement, span.start);
    if (at < 0 || at >= span.end) return;
    let end = at;
    while (text[end] === replacement) end += 1;
    yield { span: { start: at, end }, message: "this is not UTF-8 text; save the file as UTF-8" };
  },
};
