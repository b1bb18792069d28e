import { urlProblems } from "../formats/go-url.ts";
import { replaceScalar } from "../yaml/edit.ts";
import { configUrls, type UrlPlace } from "./config-places.ts";
import { maskCredentials } from "./mask-credentials.ts";
import { mendUrl } from "./mend-url.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const urlInvalid: Rule = {
  code: "RC104",
  name: "url-invalid",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go (ValidateURL)",
  docs: {
    summary: "A remoteURL, a proxy or a mirror's host is not an http or https URL of the form that it needs.",
    why: "The extension rejects the Shoot. Only a mirror's host may have a path; none may have user information, a query or a fragment, and the host is in lower case and no IPv6 address.",
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
            - upstream: quay.io
              remoteURL: mirror.example.com:8443
      #                  ^^^^^^^^^^^^^^^^^^^^^^^ RC104
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
            - upstream: quay.io
              remoteURL: https://mirror.example.com:8443
    `,
  },

  needs: "urls",
  *checkShoot(shoot) {
    for (const place of configUrls(shoot)) {
      const problems = urlProblems(place.value, place);
      if (problems.length === 0) continue;
      const admission = verdict(place.webhook, "Invalid", place.path);
      yield { span: place.span, message: messageOf(place, problems), fixes: fixesOf(place, shoot.text), admission };
    }
  },
};

function messageOf({ field, value, node }: UrlPlace, problems: readonly string[]): string {
  if (node === undefined) return `a mirror's "host" is missing, such as "https://mirror.example.com"`;
  return `${field} "${maskCredentials(value)}" is not a valid URL: ${problems.join("; ").replace(/^is no URL: /, "it ")}`;
}

function fixesOf({ value, node, allowPath }: UrlPlace, text: string): readonly DraftFix[] {
  if (node === undefined) return [];
  return mendUrl(value, { allowPath }).map(({ url, lossless }) => {
    return { title: `Change to "${url}"`, safe: lossless, edits: [replaceScalar(text, node, url)] };
  });
}
