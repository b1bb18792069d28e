import type { Span } from "../text/span.ts";
import { fieldOf, itemsOf, type Node, type ScalarNode } from "../yaml/node.ts";
import { type Located, readBoolean, readString } from "./located.ts";

/** One mirrored registry of a MirrorConfig. */
export interface Mirror {
  readonly index: number;
  readonly path: string;
  readonly span: Span;
  readonly node: Node;
  readonly upstream: Located<string> | undefined;
  readonly hosts: readonly MirrorHost[];
}

/** One mirror of a registry. */
export interface MirrorHost {
  readonly index: number;
  readonly path: string;
  readonly span: Span;
  readonly node: Node;
  readonly host: Located<string> | undefined;
  /** The capabilities that are strings; an empty list means the default, pull. */
  readonly capabilities: readonly Located<string>[];
  readonly caBundleSecretReferenceName: Located<string> | undefined;
  readonly overridePath: Located<boolean> | undefined;
}

/** Reads the mirrors of a MirrorConfig at `path`. */
export function readMirrors(config: Node | undefined, path: string): readonly Mirror[] {
  return itemsOf(fieldOf(config, "mirrors")).map(({ value: node, span }, index) => {
    const own = `${path}.mirrors[${index}]`;
    const hosts = itemsOf(fieldOf(node, "hosts")).map((item, at) =>
      readHost(item.value, { index: at, path: `${own}.hosts[${at}]`, span: item.span }),
    );
    return { index, path: own, span, node, upstream: readString(node, "upstream", own), hosts };
  });
}

function readHost(
  node: Node,
  place: { readonly index: number; readonly path: string; readonly span: Span },
): MirrorHost {
  const { path } = place;
  const capabilities = itemsOf(fieldOf(node, "capabilities")).flatMap(({ value }, index) => {
    return value.type === "scalar" ? readCapability(value, `${path}.capabilities[${index}]`) : [];
  });
  return {
    ...place,
    node,
    host: readString(node, "host", path),
    capabilities,
    caBundleSecretReferenceName: readString(node, "caBundleSecretReferenceName", path),
    overridePath: readBoolean(node, "overridePath", path),
  };
}

function readCapability(node: ScalarNode, path: string): readonly Located<string>[] {
  // Null decodes to the empty string, which is no capability either.
  if (node.value !== null && typeof node.value !== "string") return [];
  return [{ value: node.value ?? "", span: node.span, path, node }];
}
