import type { Located } from "../manifest/located.ts";
import type { ManifestDocument } from "../manifest/manifest.ts";
import { flat } from "../text/flat.ts";
import type { Span } from "../text/span.ts";
import type { WrittenName } from "../workspace/written-name.ts";
import { scalarAliases } from "../yaml/aliases.ts";
import type { ScalarNode } from "../yaml/node.ts";

/** The aliases of each scalar of a document. */
export type AliasesOf = (node: ScalarNode) => readonly Span[];

const noAliases: readonly Span[] = [];

/** Finds the aliases of a document when it is asked for one; most have none, which is seen at a glance. */
export function aliasesIn({ root, text, span }: Pick<ManifestDocument, "root" | "text" | "span">): AliasesOf {
  let aliases: ReturnType<typeof scalarAliases> | undefined;
  return (node) => {
    if (aliases === undefined) {
      const star = text.indexOf("*", span.start);
      aliases = root === undefined || star === -1 || star >= span.end ? new Map() : scalarAliases(root);
    }
    return aliases.get(node) ?? noAliases;
  };
}

/** A name as it is written, with the aliases of its text. */
export function writtenName({ value, span, node, alias }: Located<string>, aliasesOf: AliasesOf): WrittenName {
  const aliases = aliasesOf(node);
  return {
    name: flat(value),
    span,
    style: node.style,
    ...(alias === undefined ? {} : { alias }),
    ...(aliases.length === 0 ? {} : { aliases }),
  };
}
