import type { Located } from "../manifest/located.ts";
import type { Mirror } from "../manifest/mirror-config.ts";
import type { Cache } from "../manifest/registry-config.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import { entryOf, isNull, type Node, type ScalarNode } from "../yaml/node.ts";
import type { Webhook } from "./rule.ts";

/** A string as the extension reads it. `node` is absent where nothing is written, which counts as the empty string. */
export interface Place {
  readonly value: string;
  readonly span: Span;
  readonly path: string;
  readonly node: ScalarNode | undefined;
  readonly webhook: Webhook;
}

/** The upstream of a cache or of a mirror. */
export interface UpstreamPlace extends Place {
  readonly owner: Cache | Mirror;
}

/** A field that takes a URL; only a mirror's host may have a path. */
export interface UrlPlace extends Place {
  readonly field: string;
  readonly allowPath: boolean;
}

/** The upstreams of all caches. */
export function cacheUpstreams({ registryCache }: Shoot): readonly UpstreamPlace[] {
  return upstreams("registry-cache", registryCache?.caches ?? []);
}

/** The serviceNameSuffix of a cache; a mirror has none. */
export function suffixOf(owner: Cache | Mirror): string | undefined {
  return "serviceNameSuffix" in owner ? owner.serviceNameSuffix?.value : undefined;
}

/** The upstreams of all mirrors. */
export function mirrorUpstreams({ registryMirror }: Shoot): readonly UpstreamPlace[] {
  return upstreams("registry-mirror", registryMirror?.mirrors ?? []);
}

/** The URLs of caches and mirrors. */
export function configUrls({ registryCache, registryMirror }: Shoot): readonly UrlPlace[] {
  const caches = registryCache?.caches ?? [];
  return [
    ...caches.flatMap(({ remoteURL, proxies }) => {
      const written = remoteURL ? [remoteURL, ...proxies] : proxies;
      return written.map((it) => toUrl("registry-cache", it));
    }),
    ...(registryMirror?.mirrors ?? []).flatMap(hostUrls),
  ];
}

/** The URLs of a mirror's hosts. */
export function hostUrls({ hosts }: Mirror): readonly UrlPlace[] {
  return hosts.flatMap((it) => requiredString(it, "host", it.host).map((host) => toUrl("registry-mirror", host)));
}

function upstreams(webhook: Webhook, owners: readonly (Cache | Mirror)[]): readonly UpstreamPlace[] {
  const places: UpstreamPlace[] = [];
  for (const owner of owners) {
    const written = owner.upstream ?? requiredString(owner, "upstream", undefined)[0];
    if (written === undefined) continue;
    const { value, span, path, node } = written;
    places.push({ value, span, path, node, webhook, owner });
  }
  return places;
}

function toUrl(webhook: Webhook, place: Omit<Place, "webhook">): UrlPlace {
  const field = place.path.slice(place.path.lastIndexOf(".") + 1);
  return { ...place, webhook, field, allowPath: webhook === "registry-mirror" };
}

interface Item {
  readonly node: Node;
  readonly span: Span;
  readonly path: string;
}

/** Go reads absent and null as the empty string. A value of another type is none: the schema tells of it. */
function requiredString(
  { node, span, path }: Item,
  field: string,
  written: Located<string> | undefined,
): readonly Omit<Place, "webhook">[] {
  if (written !== undefined) return [written];
  const empty = { value: "", path: `${path}.${field}`, node: undefined };
  if (node.type !== "map") return isNull(node) ? [{ ...empty, span }] : [];
  const entry = entryOf(node, field);
  if (entry !== undefined && !isNull(entry.value)) return [];
  return [{ ...empty, span: entry?.key.span ?? node.written[0]?.key.span ?? span }];
}
