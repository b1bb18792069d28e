import type { MapEntry, MapNode } from "./node.ts";

/** The map that writes an entry: the map itself, or one that it merges; the map itself when neither does. */
export function ownerOf(map: MapNode, entry: MapEntry): MapNode {
  return findOwner(map, entry, new Set()) ?? map;
}

function findOwner(map: MapNode, entry: MapEntry, seen: Set<MapNode>): MapNode | undefined {
  if (map.written.includes(entry)) return map;
  if (seen.has(map)) return undefined;
  seen.add(map);
  for (const { key, value } of map.written) {
    if (key.style !== "plain" || key.text !== "<<") continue;
    const merged = value.type === "seq" ? value.items.map((it) => it.value) : [value];
    for (const source of merged) {
      const owner = source.type === "map" ? findOwner(source, entry, seen) : undefined;
      if (owner !== undefined) return owner;
    }
  }
  return undefined;
}
