import { upstreamProblems } from "../formats/dns-name.ts";
import { insertEntry, replaceScalar } from "../yaml/edit.ts";
import { entryOf } from "../yaml/node.ts";
import { cacheUpstreams, mirrorUpstreams, type UpstreamPlace } from "./config-places.ts";
import { maskCredentials } from "./mask-credentials.ts";
import { mendUpstream } from "./mend-upstream.ts";
import { countBy } from "./repeats.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const upstreamInvalid: Rule = {
  code: "RC102",
  name: "upstream-invalid",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go, pkg/apis/mirror/validation/validation.go",
  docs: {
    summary: "An upstream is not the name of a registry host.",
    why: "The extension rejects the Shoot. An upstream is written as in an image reference: lower case, with a port where references carry one, without scheme and path; an IPv6 address cannot be one.",
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
            - upstream: https://Registry.Example.com/
      #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC102
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
            - upstream: registry.example.com
    `,
  },

  *checkShoot(shoot) {
    const places = [...cacheUpstreams(shoot), ...mirrorUpstreams(shoot)];
    if (places.every((it) => upstreamProblems(it.value).length === 0)) return;
    const uses = countBy(places, keyOf);
    for (const place of places) {
      const problems = upstreamProblems(place.value);
      if (problems.length === 0) continue;
      const taken = (uses.get(keyOf(place)) ?? 0) > 1;
      const admission = verdict(place.webhook, "Invalid", place.path);
      yield {
        span: place.span,
        message: messageOf(place, problems),
        fixes: fixesOf(place, shoot.text, taken),
        admission,
      };
    }
  },
};

/** What a place is, or is meant to be: each of these can be there once. */
function keyOf({ webhook, value }: UpstreamPlace): string {
  return `${webhook} ${upstreamProblems(value).length === 0 ? value : mendUpstream(value)?.upstream}`;
}

function messageOf({ value, webhook }: UpstreamPlace, problems: readonly string[]): string {
  if (value === "")
    return `a ${webhook === "registry-cache" ? "cache" : "mirror"} needs an upstream, such as "docker.io"`;
  return `"${maskCredentials(value)}" is not the name of a registry host: ${reasonsOf(value) || problems.join("; ")}`;
}

/** The usual reasons in plain words. */
function reasonsOf(upstream: string): string {
  const [, scheme, rest = ""] = /^([^/]*:\/\/)?(.*)$/s.exec(upstream) ?? [];
  const reasons = [
    ...(scheme === undefined ? [] : ["it must not have a scheme"]),
    ...(/^[^/?#]*\/$/.test(rest) ? ["it must not end in a slash"] : []),
    ...(/[?#]|\/./.test(rest) ? ["it must not have a path"] : []),
    ...(rest === rest.toLowerCase() ? [] : ["it must be in lower case"]),
  ];
  return reasons.join("; ");
}

function fixesOf({ value, node, owner, webhook }: UpstreamPlace, text: string, taken: boolean): readonly DraftFix[] {
  const mended = mendUpstream(value);
  if (node === undefined || mended === undefined) return [];
  const { upstream, lossless, httpUrl } = mended;
  const change = replaceScalar(text, node, upstream);
  const plain = { title: `Change to "${upstream}"`, safe: lossless && !taken, edits: [change] };
  const cache = owner.node;
  if (httpUrl === undefined || webhook !== "registry-cache" || cache.type !== "map" || entryOf(cache, "remoteURL"))
    return [plain];
  const edits = [change, insertEntry(text, cache, { key: "remoteURL", after: "upstream" }, httpUrl)];
  return [{ title: `Change to "${upstream}" and pull from "${httpUrl}"`, edits }, plain];
}
