import type { Shoot } from "../manifest/shoot.ts";
import { fieldOf, type Node } from "../yaml/node.ts";
import { cacheUpstreams, mirrorUpstreams, type UpstreamPlace } from "./config-places.ts";
import { maskCredentials } from "./mask-credentials.ts";
import { areWrittenAlike, itemRemoval } from "./removal-fixes.ts";
import { repeats } from "./repeats.ts";
import type { Rule, ShootDraft } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const upstreamDuplicate: Rule = {
  code: "RC103",
  name: "upstream-duplicate",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go, pkg/apis/mirror/validation/validation.go",
  docs: {
    summary: "Two caches, or two mirrors, have the same upstream.",
    why: "The extension rejects the Shoot: there is one cache, and one list of mirrors, for each upstream.",
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
            - upstream: ghcr.io
            - upstream: docker.io
      #                 ^^^^^^^^^ RC103
              volume:
                size: 20Gi
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
            - upstream: ghcr.io
    `,
  },

  needs: "upstreams",
  *checkShoot(shoot) {
    yield* duplicates(shoot, cacheUpstreams(shoot), fieldOf(shoot.registryCache?.providerConfig?.value, "caches"));
    yield* duplicates(shoot, mirrorUpstreams(shoot), fieldOf(shoot.registryMirror?.providerConfig?.value, "mirrors"));
  },
};

function* duplicates(
  { uri, text }: Shoot,
  places: readonly UpstreamPlace[],
  list: Node | undefined,
): Iterable<ShootDraft> {
  for (const { item, first } of repeats(places, (it) => it.value)) {
    const { value, span, path, webhook, owner } = item;
    const kind = webhook === "registry-cache" ? "cache" : "mirror";
    const safe = areWrittenAlike(text, list, first.owner.index, owner.index);
    yield {
      span,
      message:
        value === ""
          ? `another ${kind} has no upstream either`
          : `"${maskCredentials(value)}" is the upstream of another ${kind} already`,
      related: [{ uri, span: first.span, message: "written here first" }],
      fixes: itemRemoval(text, list, owner.index, { title: `Remove this ${kind}`, safe }),
      admission: verdict(webhook, "Duplicate", path),
    };
  }
}
