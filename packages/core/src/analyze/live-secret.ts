import { decodeBase64 } from "../encoding/base64.ts";
import type { Secret } from "../manifest/secret.ts";
import type { LiveSecret, Reference } from "../workspace/workspace.ts";
import { emptyMap } from "../yaml/node.ts";

/** A Secret that only the garden has, seen from where a Shoot names it: its findings lie there, and nothing can be edited. */
export function fromLive(
  { name, namespace, immutable, type, data }: LiveSecret,
  uri: string,
  span: Reference["span"],
): Secret {
  const place = { span, path: "", node: { type: "scalar", span, style: "empty", text: "", value: null } } as const;
  return {
    uri,
    text: "",
    form: "Secret",
    root: emptyMap,
    name,
    nameSpan: span,
    nameWritten: undefined,
    namespace,
    type: type === undefined ? undefined : { ...place, value: type },
    immutable: immutable === undefined ? undefined : { ...place, value: immutable },
    own: emptyMap,
    immutablePath: undefined,
    nameSuffixHash: false,
    entries: Object.entries(data).map(([key, value]) => ({
      key,
      keySpan: span,
      from: "data",
      bytes: decodeBase64(value),
      written: undefined,
    })),
    keysKnown: true,
    schemaProblems: [],
  };
}
