import { encodeBase64 } from "../encoding/base64.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import type { Purpose } from "../workspace/workspace.ts";
import { quoteScalar } from "../yaml/edit.ts";
import type { KeptMetadata } from "./kept-metadata.ts";
import type { NewValues } from "./request.ts";
import type { NewFile, SecretId } from "./rotation.ts";

/** A Secret to be written. */
export interface NewSecret {
  readonly uri: string;
  readonly secret: SecretId;
  readonly purpose: Purpose;
  /** Absent: the values are left empty. */
  readonly values?: NewValues | undefined;
  readonly encoding?: "stringData" | "data" | undefined;
  readonly type?: string | undefined;
  readonly metadata?: KeptMetadata | undefined;
  readonly newline?: string | undefined;
}

/** The keys that a Secret must have, and no others. */
export const keysFor: { readonly [purpose in Purpose]: readonly string[] } = {
  credentials: ["username", "password"],
  "ca-bundle": ["bundle.crt"],
};

/** The value of each key; empty ones where none are given. */
export function valuesOf(purpose: Purpose, values: NewValues | undefined): readonly (readonly [string, string])[] {
  if (values?.purpose === "credentials")
    return [
      ["username", values.username],
      ["password", values.password],
    ];
  if (values?.purpose === "ca-bundle") return [["bundle.crt", values.bundle]];
  return keysFor[purpose].map((key) => [key, ""]);
}

/** Writes the manifest of a Secret, immutable, with the cursor in its first value. A file called .json is JSON. */
export function newSecretManifest(request: NewSecret): NewFile & { readonly cursor: number } {
  const { uri, newline = "\n" } = request;
  const lines = uri.endsWith(".json") ? jsonLines(request) : yamlLines(request);
  const text = lines.map((it) => it + newline).join("");
  const [key = ""] = keysFor[request.purpose];
  const cursor = behind(text, new RegExp(`^ +"?${key}"?: (?:"|\\|\r?\n +)?`, "m"));
  return { uri, text, cursor };
}

function behind(text: string, pattern: RegExp): number {
  const match = pattern.exec(text);
  return match === null ? text.length : match.index + match[0].length;
}

function yamlLines(request: NewSecret): readonly string[] {
  const { secret, purpose, values, encoding = "stringData", type = "Opaque", metadata } = request;
  return [
    "apiVersion: v1",
    "kind: Secret",
    "metadata:",
    `  name: ${quoteScalar(secret.name)}`,
    ...(secret.namespace === undefined ? [] : [`  namespace: ${quoteScalar(secret.namespace)}`]),
    ...textLines("labels", metadata?.labels),
    ...textLines("annotations", metadata?.annotations),
    `type: ${quoteScalar(type)}`,
    "immutable: true",
    `${encoding}:`,
    ...valuesOf(purpose, values).flatMap(([key, value]) => valueLines(key, value, encoding)),
  ];
}

function textLines(field: string, texts: { readonly [name: string]: string } = {}): readonly string[] {
  const entries = Object.entries(texts);
  if (entries.length === 0) return [];
  return [`  ${field}:`, ...entries.map(([name, value]) => `    ${quoteScalar(name)}: ${quoteText(value)}`)];
}

/** Many parsers, though not kubectl's, take a plain day for a time. */
function quoteText(value: string): string {
  return /^\d{4}-\d/.test(value) ? quoteScalar(value, "double") : quoteScalar(value);
}

/** A bundle keeps its lines. Any other value is quoted: then kubectl reads exactly what was given, and an empty one shows where to write. */
function valueLines(key: string, value: string, encoding: "stringData" | "data"): readonly string[] {
  if (encoding === "data") return [`  ${key}: ${quoteScalar(encodeBase64(encodeUtf8(value)), "double")}`];
  if (/^(?:[\x20-\x7e]+\n)+$/.test(value) && !value.startsWith(" ")) {
    return [
      `  ${key}: |`,
      ...value
        .slice(0, -1)
        .split("\n")
        .map((it) => `    ${it}`),
    ];
  }
  return [`  ${key}: ${quoteScalar(value, "double")}`];
}

function jsonLines({ secret, purpose, values, encoding = "stringData", type = "Opaque", metadata }: NewSecret) {
  const object = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: secret.name,
      ...(secret.namespace === undefined ? {} : { namespace: secret.namespace }),
      ...withoutEmpty("labels", metadata?.labels),
      ...withoutEmpty("annotations", metadata?.annotations),
    },
    type,
    immutable: true,
    [encoding]: Object.fromEntries(
      valuesOf(purpose, values).map(([key, value]) => [
        key,
        encoding === "data" ? encodeBase64(encodeUtf8(value)) : value,
      ]),
    ),
  };
  return JSON.stringify(object, undefined, 2).split("\n");
}

function withoutEmpty(field: string, texts: { readonly [name: string]: string } = {}): object {
  return Object.keys(texts).length === 0 ? {} : { [field]: texts };
}
