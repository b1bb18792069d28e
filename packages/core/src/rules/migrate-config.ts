import type { Edit } from "../text/edit.ts";
import { entryOf, fieldOf, itemsOf, type MapEntry, type MapNode, type Node } from "../yaml/node.ts";
import { startOfLine } from "../yaml/skip.ts";

/** Whether a migrated v1alpha1 cache keeps the StorageClass that the extension gave it when it converted it. */
export type Migration = "as-converted" | "without-storage-class";

/**
 * The edits that turn the caches of a v1alpha1 or v1alpha2 RegistryConfig into those of v1alpha3, as the extension's own
 * conversions did: `size` moves into the volume, with the StorageClass `default`, and `enabled` becomes a ttl.
 */
export function migrateCaches(config: Node, text: string, migration: Migration): readonly Edit[] {
  return itemsOf(fieldOf(config, "caches")).flatMap(({ value: cache }) => {
    if (cache.type !== "map") return [];
    return [...migrateSize(cache, text, migration), ...migrateGarbageCollection(cache, text)];
  });
}

/** Tells whether a cache still has the size where v1alpha1 had it. */
export function hasOldSize(config: Node): boolean {
  return itemsOf(fieldOf(config, "caches")).some(({ value }) => entryOf(value, "size") !== undefined);
}

function migrateSize(cache: MapNode, text: string, migration: Migration): readonly Edit[] {
  const size = entryOf(cache, "size");
  if (size === undefined || entryOf(cache, "volume") !== undefined) return [];
  const quote = quoteOf(size);
  const fields = [`${quote}size${quote}${text.slice(size.key.span.end, size.span.end)}`];
  if (migration === "as-converted") fields.push(`${quote}storageClassName${quote}: ${quote}default${quote}`);
  const volume = `${quote}volume${quote}:`;
  if (cache.flow) return [{ span: size.span, text: `${volume} {${fields.join(", ")}}` }];
  const column = size.key.span.start - startOfLine(text, size.key.span.start);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return [{ span: size.span, text: [volume, ...fields.map((it) => " ".repeat(column + 2) + it)].join(newline) }];
}

function migrateGarbageCollection(cache: MapNode, text: string): readonly Edit[] {
  const collection = fieldOf(cache, "garbageCollection");
  const enabled =
    collection?.type === "map" && entryOf(collection, "ttl") === undefined ? entryOf(collection, "enabled") : undefined;
  const early = entryOf(cache, "garbageCollectionEnabled");
  return [
    ...(enabled ? [{ span: enabled.span, text: ttlText(enabled) }] : []),
    ...(early ? [{ span: early.span, text: earlyText(early, cache, text) }] : []),
  ];
}

function ttlText(enabled: MapEntry): string {
  const quote = quoteOf(enabled);
  const ttl = enabled.value.type === "scalar" && enabled.value.value === false ? "0s" : "168h";
  return `${quote}ttl${quote}: ${quote}${ttl}${quote}`;
}

/** v0.1.0 had the switch on the cache itself. */
function earlyText(enabled: MapEntry, cache: MapNode, text: string): string {
  const quote = quoteOf(enabled);
  const name = `${quote}garbageCollection${quote}:`;
  if (cache.flow) return `${name} {${ttlText(enabled)}}`;
  const column = enabled.key.span.start - startOfLine(text, enabled.key.span.start);
  return `${name}${text.includes("\r\n") ? "\r\n" : "\n"}${" ".repeat(column + 2)}${ttlText(enabled)}`;
}

/** JSON wants quotes around every name. */
function quoteOf({ key }: MapEntry): string {
  return key.style === "double" ? '"' : "";
}
