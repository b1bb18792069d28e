import { decodeBase64, encodeBase64 } from "../encoding/base64.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import type { Secret, SecretEntry } from "../manifest/secret.ts";
import { insertEntry, removeEntry, replaceScalar, setEntry } from "../yaml/edit.ts";
import { entryOf, type ScalarNode } from "../yaml/node.ts";
import type { Draft, DraftFix, Rule } from "./rule.ts";
import { decodeReadable } from "./secret-value.ts";

export const secretNotBase64: Rule = {
  code: "RC220",
  name: "secret-not-base64",
  severity: "error",
  docs: {
    summary: "A value under `data` is not base64, or a value is not a string.",
    why: "The API server rejects the Secret. Plain text belongs under `stringData`; numbers and true or false need quotes.",
  },
  example: {
    bad: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: ro-docker-secret-v1
        namespace: garden-dev
      type: Opaque
      immutable: true
      data:
        username: cmVhZGVy
        password: my-example
      #           ^^^^^^^^^^ RC220
    `,
    good: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: ro-docker-secret-v1
        namespace: garden-dev
      type: Opaque
      immutable: true
      data:
        username: cmVhZGVy
        password: bXktZXhhbXBsZQ==
    `,
  },

  *checkSecret(secret) {
    if (secret.form !== "Secret") return;
    for (const entry of secret.entries) {
      const draft = entry.bytes === undefined ? checkEntry(secret, entry) : undefined;
      if (draft) yield draft;
    }
  },
};

function checkEntry(secret: Secret, { key, from, written }: SecretEntry): Draft | undefined {
  if (written === undefined) return undefined;
  const { value: node, alias } = written.entry;
  if (node.type !== "scalar") {
    const span = alias ?? (node.flow ? node.span : written.entry.key.span);
    return { span, message: `the value of "${key}" must be a string, not a ${node.type === "map" ? "map" : "list"}` };
  }
  const span = alias ?? node.span;
  if (typeof node.value !== "string") {
    const message = `the value of "${key}" must be a string; without quotes it is a ${typeof node.value === "boolean" ? "boolean" : "number"}`;
    // Under data the text of a number is mostly no base64 either, so only a person knows what is meant.
    const safe = from === "stringData";
    return {
      span,
      message,
      fixes: [{ title: "Put the value in quotes", safe, edits: [replaceScalar(secret.text, node, node.text)] }],
    };
  }
  return { span, message: `the value of "${key}" is not base64`, fixes: base64Fixes(secret, { key, node }) };
}

interface Text {
  readonly key: string;
  readonly node: ScalarNode;
}

function base64Fixes(secret: Secret, { key, node }: Text): readonly DraftFix[] {
  const { text, own } = secret;
  const data = entryOf(own, "data")?.value;
  if (data?.type !== "map") return [];
  const packed = node.text.replace(/\s+/g, "");
  const set = (value: string): DraftFix["edits"] => [setEntry(text, data, key, value)];
  const joins = packed !== node.text && decodeBase64(packed) !== undefined;
  // A pass phrase without its blanks may pass for base64, too: only readable text behind it tells them apart.
  if (joins && (packed === node.text.trim() || decodeReadable(packed) !== undefined))
    return [{ title: "Remove the whitespace", safe: true, edits: set(packed) }];
  // Such characters are in no kind of base64, so this is no value that was cut off or wrongly encoded.
  const plain = /[^A-Za-z0-9+/=_\s-]/.test(node.text);
  const padded = packed.padEnd(Math.ceil(packed.length / 4) * 4, "=");
  const repair = packed.length % 4 > 1 && !packed.includes("=") && decodeBase64(padded);
  return [
    ...(joins ? [{ title: "Remove the whitespace", edits: set(packed) }] : []),
    { title: "Put the value into base64", safe: plain, edits: set(encodeBase64(encodeUtf8(node.text))) },
    ...moveToStringData(secret, { key, node }),
    ...(repair ? [{ title: "Add the missing padding", edits: set(padded) }] : []),
  ];
}

function moveToStringData({ text, own }: Secret, { key, node }: Text): readonly DraftFix[] {
  const data = entryOf(own, "data")?.value;
  const entry = entryOf(data, key);
  if (data?.type !== "map" || entry === undefined) return [];
  const target = entryOf(own, "stringData")?.value;
  const insert =
    target?.type === "map"
      ? insertEntry(text, target, key, node.text)
      : insertEntry(text, own, { key: "stringData", after: "data" }, { [key]: node.text });
  return [{ title: "Move the value to stringData", edits: [removeEntry(text, data, entry), insert] }];
}
