import type { Secret, SecretEntry } from "../manifest/secret.ts";
import type { Span } from "../text/span.ts";
import { removeEntry, renameKey } from "../yaml/edit.ts";
import { entryOf } from "../yaml/node.ts";
import type { SecretDraft } from "./rule.ts";

/** A key that was meant to be another one. */
export function misnamedKey(
  { text, form }: Secret,
  { key, keySpan, written }: SecretEntry,
  meant: { readonly key: string; readonly safe: boolean },
): SecretDraft {
  // What SOPS has encrypted is bound to its key.
  const fixes =
    written && form !== "SopsSecret"
      ? [{ title: `Rename to "${meant.key}"`, safe: meant.safe, edits: [renameKey(text, written.entry, meant.key)] }]
      : [];
  return { span: keySpan, message: `the key "${key}" must be "${meant.key}"`, fixes, denied: true };
}

/** A key beside those that may be there. */
export function superfluousKey(
  { text, form }: Secret,
  { key, keySpan, written }: SecretEntry,
  allowed: readonly string[],
): SecretDraft {
  const fixes =
    written && form !== "SopsSecret"
      ? [{ title: `Remove "${key}"`, edits: [removeEntry(text, written.parent, written.entry)] }]
      : [];
  const names = allowed.map((it) => `"${it}"`).join(" and ");
  return { span: keySpan, message: `the key "${key}" is too many; only ${names} may be there`, fixes, denied: true };
}

/** Keys that are not there; they are missed at the map that should hold them, or at the name where there is no such map. */
export function missingKeys(secret: Secret, keys: readonly string[]): SecretDraft {
  const names = keys.map((it) => `"${it}"`).join(" and no ");
  return { span: dataSpan(secret), message: `the Secret has no ${names}`, denied: true };
}

function dataSpan({ own, nameSpan, form }: Secret): Span {
  if (form !== "Secret" && form !== "SopsSecret") return nameSpan;
  return (entryOf(own, "stringData") ?? entryOf(own, "data"))?.key.span ?? nameSpan;
}
