import { replaceScalar } from "../yaml/edit.ts";
import type { ScalarNode } from "../yaml/node.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { shootProblems } from "./schema-problems.ts";

export const malformedValue: Rule = {
  code: "RC023",
  name: "malformed-value",
  severity: "error",
  mirrors: "gardener/gardener pkg/api/core/validation/shoot.go",
  docs: {
    summary: "A network is not in CIDR form, or a time of the maintenance window has another form than Gardener's.",
    why: "The garden rejects the Shoot. Networks are written 10.250.0.0/16. Times are hour, minute and second in six digits with a zone, such as 220000+0100.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        maintenance:
          timeWindow:
            begin: "22:00+01:00"
      #            ^^^^^^^^^^^^^ RC023
            end: 230000+0100
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        maintenance:
          timeWindow:
            begin: "220000+0100"
            end: 230000+0100
    `,
  },

  needs: "problems",
  *checkShoot(shoot) {
    for (const { problem } of shootProblems(shoot, "bad-format")) {
      const { path, span, format, node } = problem;
      if (format === "cidr") yield { span, message: `"${path}" is not a network such as 10.250.0.0/16` };
      if (format !== "time-of-day") continue;
      yield { span, message: `"${path}" is not a time such as 220000+0100`, fixes: timeFixes(node, shoot.text) };
    }
  },
};

/** The same time in Gardener's form, where it says all that is needed. */
function timeFixes(node: ScalarNode, text: string): readonly DraftFix[] {
  const [, hour, minute, second = "00", zone] =
    /^\s*([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d)?\s*(Z|[-+]\d\d(?::?\d\d)?)\s*$/.exec(node.text) ?? [];
  if (hour === undefined || minute === undefined || zone === undefined) return [];
  const offset = zone === "Z" ? "+0000" : zone.replace(":", "").padEnd(5, "0");
  const time = `${hour}${minute}${second}${offset}`;
  return [{ title: `Change to ${time}`, safe: true, edits: [replaceScalar(text, node, time)] }];
}
