import { utf8Length } from "../encoding/utf8.ts";
import { dns1123LabelProblems } from "../formats/dns-name.ts";
import type { Located } from "../manifest/located.ts";
import { replaceScalar } from "../yaml/edit.ts";
import { fieldRemoval } from "./removal-fixes.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const suffixInvalid: Rule = {
  code: "RC108",
  name: "suffix-invalid",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "A serviceNameSuffix cannot end the name of a Service.",
    why: "The extension rejects the Shoot. The suffix has lower-case letters, digits and dashes, no dots, and at most 54 characters, since `registry-` comes before it.",
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
              serviceNameSuffix: docker.io
      #                          ^^^^^^^^^ RC108
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
              serviceNameSuffix: docker-io
    `,
  },

  needs: "serviceNameSuffix",
  *checkShoot({ registryCache, text }) {
    for (const { serviceNameSuffix: suffix, node } of registryCache?.caches ?? []) {
      if (suffix === undefined) continue;
      const { value, span, path } = suffix;
      const problems = dns1123LabelProblems(value);
      const fixes =
        value === ""
          ? fieldRemoval(text, node, "serviceNameSuffix", { title: "Remove serviceNameSuffix", safe: true })
          : rename(suffix, text);
      const message = `serviceNameSuffix "${value}" ${problems.join("; ")}`;
      if (problems.length > 0) yield { span, message, fixes, admission: verdict("registry-cache", "Invalid", path) };
      if (utf8Length(value) <= maxLength) continue;
      yield {
        span,
        message: `serviceNameSuffix is longer than ${maxLength} characters`,
        fixes,
        admission: verdict("registry-cache", "TooLong", path),
      };
    }
  },
};

/** What is left of a name's 63 characters behind `registry-`. */
const maxLength = 54;

function rename({ value, node }: Located<string>, text: string): readonly DraftFix[] {
  const label = value
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, "");
  return label === "" ? [] : [{ title: `Change to "${label}"`, edits: [replaceScalar(text, node, label)] }];
}
