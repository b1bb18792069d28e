import { upstreamProblems } from "../formats/dns-name.ts";
import { maxUpstream, resourceName, serviceName } from "../formats/upstream-names.ts";
import { cacheUpstreams, suffixOf, type UpstreamPlace } from "./config-places.ts";
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
    why: "Admission accepts the Shoot, and its reconciliation never succeeds again: the controller waits for one Service for each cache, and there is only one for both. A serviceNameSuffix does not help: then the Services differ, but both lead to the one StatefulSet, which pulls from one of the upstreams only. One of them has to go.",
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

  needs: "upstreams",
  *checkShoot(shoot) {
    const places = cacheUpstreams(shoot);
    if (!mayShareName(places)) return;
    const valid = places.filter((it) => upstreamProblems(it.value).length === 0);
    for (const { item, first } of repeats(valid, (it) => resourceName(it.value))) {
      // The same upstream twice is a mistake of its own.
      if (item.value === first.value) continue;
      const names = [item, first].map(({ value, owner }) => serviceName(value, suffixOf(owner)));
      const effect =
        names[0] === names[1] ? "the caches can never be reconciled" : "both Services lead to the same cache";
      yield {
        span: item.span,
        message: `"${item.value}" and "${first.value}" both give the name "${resourceName(item.value)}", so ${effect}`,
        related: [{ uri: shoot.uri, span: first.span, message: "the other upstream" }],
      };
    }
  },
};

/** A name is as long as its upstream up to the length at which it is cut, and most upstreams of a Shoot differ in that. */
function mayShareName(places: readonly UpstreamPlace[]): boolean {
  const lengths = places.map((it) => Math.min(it.value.length, maxUpstream));
  return new Set(lengths).size < lengths.length;
}
