import { readString } from "../manifest/located.ts";
import type { Span } from "../text/span.ts";
import { setEntry } from "../yaml/edit.ts";
import { fieldOf, isNull, itemsOf, type MapNode, type Node } from "../yaml/node.ts";
import type { DocumentChange } from "./edit-copy.ts";

/** A place of an ExternalSecret that names a value in its store. */
export interface RemoteRef {
  readonly list: "data" | "dataFrom";
  readonly index: number;
  readonly key: string;
  readonly version: string | undefined;
  readonly span: Span;
}

const fields = { data: "remoteRef", dataFrom: "extract" } as const;

/** The places of an ExternalSecret that name a key in its store; what finds keys by a pattern, or comes from a generator, names none. */
export function remoteRefs(root: MapNode): readonly RemoteRef[] {
  return (["data", "dataFrom"] as const).flatMap((list) =>
    itemsOf(fieldOf(fieldOf(root, "spec"), list)).flatMap(({ value }, index): readonly RemoteRef[] => {
      const key = readString(fieldOf(value, fields[list]), "key", "");
      const version = scalarText(fieldOf(fieldOf(value, fields[list]), "version"));
      return key === undefined ? [] : [{ list, index, key: key.value, version, span: key.span }];
    }),
  );
}

/** Lets one place name another key and version. */
export function setRemote(wanted: RemoteRef): readonly DocumentChange[] {
  return (["key", "version"] as const).map((field) => (text, root) => {
    const item = itemsOf(fieldOf(fieldOf(root, "spec"), wanted.list))[wanted.index]?.value;
    const ref = fieldOf(item, fields[wanted.list]);
    const value = wanted[field];
    if (ref?.type !== "map" || value === undefined || scalarText(fieldOf(ref, field)) === value) return undefined;
    return setEntry(text, ref, field, value);
  });
}

function scalarText(node: Node | undefined): string | undefined {
  return node?.type !== "scalar" || isNull(node) ? undefined : node.text;
}
