import { replaceScalar } from "../yaml/edit.ts";
import type { ScalarNode } from "../yaml/node.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { shootProblems } from "./schema-problems.ts";

export const undecodableValue: Rule = {
  code: "RC014",
  name: "undecodable-value",
  severity: "error",
  mirrors: "k8s.io/apimachinery resource.ParseQuantity and Go's time.ParseDuration",
  docs: {
    summary: "A size is not a Kubernetes quantity, a time is not a Go duration, or a number does not fit.",
    why: "The server or the extension cannot decode it and rejects the Shoot. Sizes are written 10Gi or 500Mi, times 168h or 90m; days do not exist.",
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
              garbageCollection:
                ttl: 7d
      #              ^^ RC014
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
              garbageCollection:
                ttl: 168h
    `,
  },

  needs: "problems",
  *checkShoot(shoot) {
    for (const { problem, admission } of shootProblems(shoot, "bad-format")) {
      const { path, span, format, detail, node } = problem;
      // These decode, and are refused later: RC023.
      if (format === "cidr" || format === "time-of-day") continue;
      const wanted = wantedBy[format];
      yield {
        span,
        message: `"${path}" is not ${wanted}: ${detail}`,
        fixes: fixesOf(format, node, shoot.text),
        admission,
      };
    }
  },
};

const wantedBy = {
  duration: "a duration such as 168h",
  quantity: "a quantity such as 10Gi",
  byte: "base64",
  int32: "a whole number of 32 bits",
  int64: "a whole number of 64 bits",
  "int-or-percent": "a whole number or a percentage such as 25%",
  "date-time": "a time such as 2024-05-31T12:00:00Z",
} as const;

/** What people write for what they mean: days, GB for Gi, blanks around the value. */
function fixesOf(format: string, node: ScalarNode, text: string): readonly DraftFix[] {
  if (format !== "duration" && format !== "quantity") return [];
  const meant = format === "duration" ? meantDuration(node.text) : meantQuantity(node.text);
  return meant === undefined
    ? []
    : [{ title: `Change to ${meant.text}`, safe: meant.certain, edits: [replaceScalar(text, node, meant.text)] }];
}

interface Meant {
  readonly text: string;
  readonly certain: boolean;
}

function meantDuration(written: string): Meant | undefined {
  const [, amount, unit = ""] =
    /^\s*(\d{1,6})\s*(d|days?|w|weeks?|h|hours?|m|min|minutes?|s|seconds?)?\s*$/i.exec(written) ?? [];
  if (amount === undefined) return undefined;
  switch (unit.charAt(0).toLowerCase()) {
    case "d":
      return { text: `${Number(amount) * 24}h`, certain: true };
    case "w":
      return { text: `${Number(amount) * 168}h`, certain: true };
    case "":
      return { text: `${Number(amount)}h`, certain: false };
    default:
      return { text: `${Number(amount)}${unit.charAt(0).toLowerCase()}`, certain: true };
  }
}

function meantQuantity(written: string): Meant | undefined {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt])i?b?\s*$/i.exec(written) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  // GB and GiB are both meant as the power of two that the disks come in, but only the author knows.
  return { text: `${amount}${unit.toUpperCase()}i`, certain: /ib?\s*$/i.test(written) };
}
