import type { ResourceEntry, Shoot } from "../manifest/shoot.ts";
import { fieldOf, type Node } from "../yaml/node.ts";
import { namedEntries } from "./shoot-references.ts";

/** The extensions whose configurations we know, so that no use of an entry in them is missed. */
export const knownTypes: ReadonlySet<string> = new Set(["registry-cache", "registry-mirror"]);

/** The entries of spec.resources that nothing in the Shoot uses, as far as anyone can see: no text outside of ours even contains their name. */
export function unusedEntries(shoot: Shoot): readonly ResourceEntry[] {
  const named = namedEntries(shoot);
  const unnamed = shoot.resources.filter((it) => canBeUnused(shoot, it) && !named.some(({ entry }) => entry === it));
  // The rest of the Shoot is searched only when it matters, which is seldom.
  if (unnamed.length === 0) return unnamed;
  const texts = textsOf(shoot);
  const isUsed = (name: string): boolean => texts.known.has(name) || texts.foreign.some((it) => it.includes(name));
  return unnamed.filter((it) => !isUsed(it.name?.value ?? ""));
}

/** A name declared twice is a finding already. */
function canBeUnused({ resources }: Shoot, { name, kind, index }: ResourceEntry): boolean {
  if (name === undefined || (kind?.value !== "Secret" && kind?.value !== "ConfigMap")) return false;
  return !resources.some((it) => it.index < index && it.name?.value === name.value);
}

/** What the Shoot says outside of spec.resources: in our configurations a name is a whole string, elsewhere it may be part of one. */
function textsOf({ root, extensions }: Shoot): {
  readonly known: ReadonlySet<string>;
  readonly foreign: readonly string[];
} {
  const ours = extensions.filter((it) => knownTypes.has(it.type?.value ?? ""));
  const skipped = new Set<Node | undefined>([
    fieldOf(fieldOf(root, "spec"), "resources"),
    ...ours.map((it) => it.node),
  ]);
  return {
    known: new Set(ours.flatMap((it) => [...scalarTexts(it.node, new Set())])),
    foreign: [
      // A configuration that is text instead of a map is refused, but says what it was meant to name.
      ...ours.flatMap(({ providerConfig }) => {
        return providerConfig?.value.type === "scalar" ? [providerConfig.value.text] : [];
      }),
      ...scalarTexts(fieldOf(root, "spec"), skipped),
      ...scalarTexts(fieldOf(fieldOf(root, "metadata"), "annotations"), skipped),
    ],
  };
}

function* scalarTexts(node: Node | undefined, skipped: ReadonlySet<Node | undefined>): Iterable<string> {
  if (node === undefined || skipped.has(node)) return;
  if (node.type === "scalar") yield node.text;
  else if (node.type === "seq") for (const { value } of node.items) yield* scalarTexts(value, skipped);
  else {
    for (const { name, value } of node.entries) {
      yield name;
      yield* scalarTexts(value, skipped);
    }
  }
}
