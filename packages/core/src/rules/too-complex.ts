import type { Rule } from "./rule.ts";

export const tooComplex: Rule = {
  code: "RC004",
  name: "too-complex",
  severity: "error",
  docs: {
    summary: "The document is nested too deep, or its aliases stand for too much, to be a manifest.",
    why: "Such a document is a mistake of a generator or an attack on its reader. It is not read; kubectl refuses most of them too.",
  },
  example: {
    bad: `
      a: &a [x, x, x, x, x, x, x, x, x, x]
      #@ RC004
      b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
      c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
      d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
      e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
      f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
    `,
    good: `
      a: [x, x, x, x, x, x, x, x, x, x]
    `,
  },

  needs: "yaml-problems",
  *checkDocument({ problems }) {
    for (const { kind, span, message } of problems) if (kind === "too-complex") yield { span, message };
  },
};
