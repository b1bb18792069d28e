import type { ManifestFile } from "../manifest/manifest.ts";
import type { Span } from "../text/span.ts";
import type { MapNode, Node } from "../yaml/node.ts";
import { parseYaml } from "../yaml/parse.ts";

/** The names of all keys of the map whose `<<` stands at an offset, merged ones too. */
export function mergedKeys(file: ManifestFile, { start, end }: Span, at: number): readonly string[] {
  for (const root of rootsAround(file, at)) {
    const map = mapWith(root, at);
    if (map !== undefined) return namesOf(map);
  }
  const [parsed] = parseYaml(file.text.slice(start, end));
  const map = parsed?.root && mapWith(parsed.root, at - start);
  return map === undefined ? [] : namesOf(map);
}

function rootsAround({ documents }: ManifestFile, at: number): readonly Node[] {
  const document = documents.findLast((it) => it.span.start <= at);
  return [...(document?.shoots ?? []), ...(document?.secrets ?? [])].map((it) => it.root);
}

function namesOf({ entries }: MapNode): readonly string[] {
  return entries.map((it) => it.name);
}

/** The map that has a key at an offset. */
function mapWith(root: Node, at: number): MapNode | undefined {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.span.start > at || node.span.end < at || node.type === "scalar") continue;
    if (node.type === "seq") waiting.push(...node.items.filter((it) => !it.alias).map((it) => it.value));
    else if (node.written.some((it) => it.key.span.start === at)) return node;
    else waiting.push(...node.written.filter((it) => !it.alias).map((it) => it.value));
  }
  return undefined;
}
