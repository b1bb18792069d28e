import { parseDuration } from "../formats/duration.ts";
import { parseQuantityValue, type Quantity } from "../formats/quantity.ts";
import type { Span } from "../text/span.ts";
import { entryOf, fieldOf, itemsOf, type Node } from "../yaml/node.ts";
import { type Located, readBoolean, readString } from "./located.ts";

/** One cache of a RegistryConfig. Fields of a wrong type are absent here; the schema tells of them. */
export interface Cache {
  readonly index: number;
  readonly path: string;
  readonly span: Span;
  readonly node: Node;
  readonly upstream: Located<string> | undefined;
  readonly remoteURL: Located<string> | undefined;
  readonly volume: Volume | undefined;
  readonly garbageCollection: GarbageCollection | undefined;
  readonly secretReferenceName: Located<string> | undefined;
  readonly proxy: Node | undefined;
  /** The proxies' URLs, http first. */
  readonly proxies: readonly Located<string>[];
  readonly http: HttpSettings | undefined;
  readonly highAvailability: { readonly node: Node; readonly enabled: Located<boolean> | undefined } | undefined;
  readonly serviceNameSuffix: Located<string> | undefined;
}

/** The disk of a cache. */
export interface Volume {
  readonly node: Node;
  /** Present when the text is a quantity. */
  readonly size: Size | undefined;
  readonly storageClassName: Located<string> | undefined;
}

interface Size {
  readonly quantity: Quantity;
  readonly text: string;
  readonly span: Span;
  readonly path: string;
}

interface Ttl {
  readonly nanoseconds: bigint;
  readonly text: string;
  readonly span: Span;
  readonly path: string;
}

/** How nodes talk to a cache. */
export interface HttpSettings {
  readonly node: Node;
  readonly keySpan: Span;
  readonly path: string;
  readonly tls: Located<boolean> | undefined;
}

/** When a cache forgets images; `ttl` in nanoseconds is present when the text is a duration. */
export interface GarbageCollection {
  readonly node: Node;
  readonly keySpan: Span;
  readonly path: string;
  readonly ttl: Ttl | undefined;
}

/** Reads the caches of a RegistryConfig at `path`. */
export function readCaches(config: Node | undefined, path: string): readonly Cache[] {
  return itemsOf(fieldOf(config, "caches")).map((item, index) => {
    return readCache(item.value, { index, path: `${path}.caches[${index}]`, span: item.span });
  });
}

function readCache(node: Node, place: { readonly index: number; readonly path: string; readonly span: Span }): Cache {
  const { path } = place;
  const proxy = fieldOf(node, "proxy");
  const proxies = ["httpProxy", "httpsProxy"].map((field) => readString(proxy, field, `${path}.proxy`));
  return {
    ...place,
    node,
    upstream: readString(node, "upstream", path),
    remoteURL: readString(node, "remoteURL", path),
    volume: readVolume(fieldOf(node, "volume"), `${path}.volume`),
    garbageCollection: readGarbageCollection(node, `${path}.garbageCollection`),
    secretReferenceName: readString(node, "secretReferenceName", path),
    proxy,
    proxies: proxies.filter((it) => it !== undefined),
    http: readHttp(node, `${path}.http`),
    highAvailability: readHighAvailability(fieldOf(node, "highAvailability"), `${path}.highAvailability`),
    serviceNameSuffix: readString(node, "serviceNameSuffix", path),
  };
}

function readVolume(node: Node | undefined, path: string): Volume | undefined {
  if (node?.type !== "map") return undefined;
  return {
    node,
    size: readSize(fieldOf(node, "size"), `${path}.size`),
    storageClassName: readString(node, "storageClassName", path),
  };
}

function readSize(node: Node | undefined, path: string): Size | undefined {
  if (node?.type !== "scalar" || node.value === null) return undefined;
  const parsed = parseQuantityValue(node.value);
  return parsed.ok ? { quantity: parsed.value, text: node.text, span: node.span, path } : undefined;
}

function readGarbageCollection(cache: Node, path: string): GarbageCollection | undefined {
  const place = mapField(cache, "garbageCollection");
  return place && { ...place, path, ttl: readTtl(readString(place.node, "ttl", path)) };
}

function readTtl(ttl: Located<string> | undefined): Ttl | undefined {
  const parsed = ttl === undefined ? undefined : parseDuration(ttl.value);
  return ttl && parsed?.ok ? { nanoseconds: parsed.value, text: ttl.value, span: ttl.span, path: ttl.path } : undefined;
}

function readHttp(cache: Node, path: string): HttpSettings | undefined {
  const place = mapField(cache, "http");
  return place && { ...place, path, tls: readBoolean(place.node, "tls", path) };
}

function readHighAvailability(node: Node | undefined, path: string): Cache["highAvailability"] {
  return node?.type === "map" ? { node, enabled: readBoolean(node, "enabled", path) } : undefined;
}

function mapField(parent: Node, field: string): { readonly node: Node; readonly keySpan: Span } | undefined {
  const entry = entryOf(parent, field);
  return entry?.value.type === "map" ? { node: entry.value, keySpan: entry.key.span } : undefined;
}
