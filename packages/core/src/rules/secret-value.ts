import { decodeBase64, encodeBase64 } from "../encoding/base64.ts";
import { decodeUtf8, encodeUtf8 } from "../encoding/utf8.ts";
import { trimGoSpace } from "../formats/go-space.ts";
import type { Secret, SecretEntry } from "../manifest/secret.ts";
import type { Edit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import { setEntry, stripFinalNewlines } from "../yaml/edit.ts";

/** The value of a Secret's key where it is known. Never print the text. */
export interface SecretValue {
  readonly entry: SecretEntry;
  readonly text: string;
  /** The value's place, or that of what stands for it. */
  readonly span: Span;
}

/** The user for whom the password is the JSON of a Google service account key. */
export const jsonKeyUser = "_json_key";

/** Reads the value of a key; undefined where it is encrypted, kept elsewhere or left to a template. */
export function readValue({ entries }: Secret, key: string): SecretValue | undefined {
  const entry = entries.find((it) => it.key === key);
  if (entry?.bytes === undefined) return undefined;
  const { text } = decodeUtf8(entry.bytes);
  const isTemplate = entry.from === "stringData" && /^\s*\{\{[^{}]*\}\}\s*$/.test(text);
  return isTemplate ? undefined : { entry, text, span: valueSpan(entry) };
}

/** The password that goes to the registry as it is; undefined where it is unknown, empty or a service account key. */
export function readPassword(secret: Secret): SecretValue | undefined {
  const password = readValue(secret, "password");
  if (password === undefined || trimGoSpace(password.text) === "") return undefined;
  return readValue(secret, "username")?.text === jsonKeyUser ? undefined : password;
}

/** Edits that give a key another value, in base64 or plain as it is written; none where it is not written here. */
export function rewriteValue({ text }: Secret, { entry }: SecretValue, value: string): readonly Edit[] {
  if (entry.written === undefined) return [];
  const { parent } = entry.written;
  const written = entry.from === "data" ? encodeBase64(encodeUtf8(value)) : value;
  return [setEntry(text, parent, entry.key, written)];
}

/** Edits that cut the newlines off the end of a value; a block scalar keeps its lines. */
export function stripNewline(secret: Secret, value: SecretValue): readonly Edit[] {
  const written = value.entry.written?.entry;
  if (value.entry.from !== "stringData" || written?.value.type !== "scalar" || written.alias !== undefined) {
    return rewriteValue(secret, value, value.text.replace(/[\r\n]+$/, ""));
  }
  return [stripFinalNewlines(secret.text, written.value)];
}

/** The text that base64 stands for, where it is base64 of something readable; undefined for anything else. */
export function decodeReadable(base64: string): string | undefined {
  const packed = base64.replace(/[\r\n]+/g, "");
  // A short password may look like base64 by chance; so much readable text behind it is no chance.
  if (packed.length < (packed.endsWith("=") ? 8 : 12)) return undefined;
  const bytes = decodeBase64(packed);
  const text = bytes && decodeUtf8(bytes);
  if (text === undefined || text.invalidAt !== undefined || trimGoSpace(text.text) === "") return undefined;
  return /^[\x20-\x7e\r\n\t]*$/.test(text.text) ? text.text : undefined;
}

function valueSpan({ written, keySpan }: SecretEntry): Span {
  const entry = written?.entry;
  if (entry === undefined) return keySpan;
  const span = entry.alias ?? entry.value.span;
  return span.start === span.end ? keySpan : span;
}
