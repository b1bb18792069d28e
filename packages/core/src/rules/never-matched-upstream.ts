import { replaceScalar } from "../yaml/edit.ts";
import { cacheUpstreams, mirrorUpstreams } from "./config-places.ts";
import { dockerHubHosts } from "./docker-hub.ts";
import type { Rule } from "./rule.ts";

export const neverMatchedUpstream: Rule = {
  code: "RC116",
  name: "never-matched-upstream",
  severity: "warning",
  mirrors: "pkg/webhook/cache/ensurer.go (hosts.toml by upstream)",
  docs: {
    summary: "An upstream names Docker Hub by a host that image references do not use.",
    why: "Nodes look for the images of Docker Hub under docker.io, whether a reference says so or names no registry at all, so what is configured for another host does not serve them.",
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
            - upstream: index.docker.io
      #                 ^^^^^^^^^^^^^^^ RC116
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
    `,
  },

  *checkShoot(shoot, previous) {
    const places = [...cacheUpstreams(shoot), ...mirrorUpstreams(shoot)];
    const misnamed = places.filter((it) => dockerHubHosts.has(it.value));
    if (misnamed.length === 0) return;
    const taken = places.some((it) => it.value === "docker.io");
    const isOnly = misnamed.length === 1;
    const before = new Set(previous?.caches.map((it) => it.upstream));
    for (const { value, span, node } of misnamed) {
      if (node === undefined) continue;
      // No image can be pulled by these names, so nobody can mean them.
      const safe =
        isOnly && !taken && !before.has(value) && (value === "index.docker.io" || value === "hub.docker.com");
      const fixes = taken
        ? []
        : [{ title: 'Change to "docker.io"', safe, edits: [replaceScalar(shoot.text, node, "docker.io")] }];
      yield {
        span,
        message: `nodes look for Docker Hub under "docker.io", so "${value}" does not serve its images`,
        fixes,
      };
    }
  },
};
