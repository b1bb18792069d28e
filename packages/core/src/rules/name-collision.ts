import { upstreamProblems } from "../formats/dns-name.ts";
import { resourceName } from "../formats/upstream-names.ts";
import { cacheUpstreams } from "./config-places.ts";
import { repeats } from "./repeats.ts";
import type { Rule } from "./rule.ts";

export const nameCollision: Rule = {
  code: "RC111",
  name: "name-collision",
  severity: "error",
  mirrors: "pkg/utils/registry, pkg/controller/cache (the count of Services)",
  docs: {
    summary:
      "Two upstreams give their caches the same name, since dots, dashes and the colon of a port become the same character.",
    why: "Admission accepts the Shoot, and its reconciliation never succeeds again: both caches have one StatefulSet, and the controller waits for two Services that differ. A serviceNameSuffix does not help, because only the Service follows it; one of the upstreams has to go.",
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
            - upstream: registry.example.com:5000
            - upstream: registry.example.com-5000
      #                 ^^^^^^^^^^^^^^^^^^^^^^^^^ RC111
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
            - upstream: registry.example.com:5000
    `,
  },

  *checkShoot(shoot) {
    const valid = cacheUpstreams(shoot).filter((it) => upstreamProblems(it.value).length === 0);
    for (const { item, first } of repeats(valid, (it) => resourceName(it.value))) {
      // The same upstream twice is a mistake of its own.
      if (item.value === first.value) continue;
      yield {
        span: item.span,
        message: `"${item.value}" and "${first.value}" both give the name "${resourceName(item.value)}", so the caches can never be reconciled`,
        related: [{ uri: shoot.uri, span: first.span, message: "the other upstream" }],
      };
    }
  },
};
