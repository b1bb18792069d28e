import type { Located } from "../manifest/located.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { Node } from "../yaml/node.ts";

/**
 * The texts in other extensions' configurations that are equal to the name of an entry of spec.resources. Many extensions
 * refer to entries too, each in its own fields; so an equal text is most likely a reference, and never certainly.
 */
export function foreignNames(shoot: Shoot, entries: ReadonlySet<string>): readonly Located<string>[] {
  const ours = new Set([shoot.registryCache?.index, shoot.registryMirror?.index]);
  if (entries.size === 0) return [];
  return shoot.extensions
    .filter((it) => !ours.has(it.index))
    .flatMap(({ providerConfig, configPath }) =>
      providerConfig ? equalTexts(providerConfig, configPath, entries) : [],
    );
}

interface Written {
  readonly value: Node;
  readonly alias?: Located<string>["span"];
}

/** A text behind an alias to a map or list is found where it is written, if that is within the configuration. */
function equalTexts({ value, alias }: Written, path: string, names: ReadonlySet<string>): readonly Located<string>[] {
  if (value.type === "scalar") {
    if (typeof value.value !== "string" || !names.has(value.value)) return [];
    const located = { value: value.value, span: value.span, path, node: value };
    return [alias === undefined ? located : { ...located, alias }];
  }
  if (alias !== undefined) return [];
  if (value.type === "seq") return value.items.flatMap((it, index) => equalTexts(it, `${path}[${index}]`, names));
  return value.written.flatMap((it) => equalTexts(it, `${path}.${it.name}`, names));
}
