import { longLabels, upstreamProblems } from "../formats/dns-name.ts";
import { parseGoUrl } from "../formats/go-url.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import { cacheUpstreams, configUrls, mirrorUpstreams } from "./config-places.ts";
import type { Rule } from "./rule.ts";

export const labelTooLong: Rule = {
  code: "RC118",
  name: "label-too-long",
  severity: "warning",
  mirrors: "pkg/apis/registry/validation/validation.go (no check of a label's length)",
  docs: {
    summary: "A host has a part of more than 63 characters between its dots.",
    why: "Admission accepts it, but DNS cannot resolve it, so nothing is ever pulled from it.",
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
            - upstream: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com
      #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC118
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
            - upstream: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com
    `,
  },

  needs: "longHost",
  *checkShoot(shoot) {
    const upstreams = [...cacheUpstreams(shoot), ...mirrorUpstreams(shoot)];
    for (const { value: host, span } of [...upstreams, ...urlHosts(shoot)]) {
      if (host.length <= 63 || upstreamProblems(host).length > 0) continue;
      const [label] = longLabels(host.replace(/:\d+$/, ""));
      if (label !== undefined)
        yield { span, message: `DNS cannot resolve a name with a part of more than 63 characters: "${label}"` };
    }
  },
};

function urlHosts(shoot: Shoot): readonly { readonly value: string; readonly span: Span }[] {
  return configUrls(shoot).flatMap(({ value, span }) => {
    const url = parseGoUrl(value);
    return url.ok ? [{ value: url.value.host, span }] : [];
  });
}
