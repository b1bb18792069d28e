import { decodeBase64 } from "../encoding/base64.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import { checkSchema, type SchemaProblem } from "../schema/check.ts";
import { secretSchema } from "../schema/secret.ts";
import type { Span } from "../text/span.ts";
import { entryOf, fieldOf, itemsOf, type MapEntry, type MapNode, type Node } from "../yaml/node.ts";
import { type Located, readBoolean, readString } from "./located.ts";

/** The kinds of manifest from which a Secret of the project namespace comes. */
export type SecretForm = "Secret" | "SopsSecret" | "SealedSecret" | "ExternalSecret" | "SecretGenerator";

/** A Secret, or what stands for one: all that our rules ask of it, with the places in its file. */
export interface Secret {
  readonly uri: string;
  readonly text: string;
  readonly form: SecretForm;
  readonly root: MapNode;
  readonly name: string;
  /** The place of the name: what a finding on the Secret as a whole marks. */
  readonly nameSpan: Span;
  readonly namespace: string | undefined;
  readonly type: Located<string> | undefined;
  readonly immutable: Located<boolean> | undefined;
  /** Where `immutable` belongs: the Secret itself, or the template that becomes one. */
  readonly immutableParent: MapNode | undefined;
  readonly entries: readonly SecretEntry[];
  /** False when the manifest does not say which keys the Secret will have, so that none can be called missing. */
  readonly keysKnown: boolean;
  /** What does not fit the schema of a plain Secret. */
  readonly schemaProblems: readonly SchemaProblem[];
}

/** One key of a Secret's data. */
export interface SecretEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly from: "data" | "stringData" | "elsewhere";
  /** The value; undefined where it is encrypted, kept elsewhere or cannot be decoded. Never print it. */
  readonly bytes: Uint8Array | undefined;
  /** The map and entry that hold it, for edits; undefined where the value is not written here. */
  readonly written: { readonly parent: MapNode; readonly entry: MapEntry } | undefined;
}

/** A document that may stand for Secrets: where its text is and what it says. */
interface Source {
  readonly uri: string;
  readonly text: string;
  readonly root: MapNode;
}

/** Reads the Secrets that a manifest stands for; none when it stands for none. */
export function readSecrets(uri: string, text: string, root: MapNode): readonly Secret[] {
  const apiVersion = readString(root, "apiVersion", "")?.value ?? "";
  const kind = readString(root, "kind", "")?.value ?? "";
  const source = { uri, text, root };
  if (kind === "Secret" && (apiVersion === "v1" || !apiVersion.includes("/"))) return one(readPlain(source));
  if (kind === "SealedSecret" && apiVersion.startsWith("bitnami.com/")) return one(readSealed(source));
  if (kind === "ExternalSecret" && apiVersion.startsWith("external-secrets.io/")) return one(readExternal(source));
  if (kind === "Kustomization" || apiVersion.startsWith("kustomize.config.k8s.io/")) return readGenerators(source);
  return [];
}

function one(secret: Secret | undefined): readonly Secret[] {
  return secret ? [secret] : [];
}

function readPlain(source: Source): Secret | undefined {
  const { root } = source;
  const encrypted = entryOf(root, "sops") !== undefined;
  const immutable = readBoolean(root, "immutable", "");
  const common = readCommon(source, fieldOf(root, "metadata"));
  if (common === undefined) return undefined;
  return {
    ...common,
    form: encrypted ? "SopsSecret" : "Secret",
    type: readString(root, "type", ""),
    immutable,
    immutableParent: root,
    entries: plainEntries(root, encrypted),
    keysKnown: true,
    schemaProblems: encrypted ? [] : checkSchema(root, secretSchema, { path: "", span: common.nameSpan }),
  };
}

function plainEntries(root: MapNode, encrypted: boolean): readonly SecretEntry[] {
  const entries = new Map<string, SecretEntry>();
  // The API server lays stringData over data.
  for (const from of ["data", "stringData"] as const) {
    const parent = fieldOf(root, from);
    if (parent?.type !== "map") continue;
    for (const entry of parent.entries) {
      const bytes = encrypted ? undefined : entryBytes(entry.value, from);
      entries.set(entry.name, { key: entry.name, keySpan: entry.key.span, from, bytes, written: { parent, entry } });
    }
  }
  return [...entries.values()];
}

function entryBytes(value: Node, from: "data" | "stringData"): Uint8Array | undefined {
  if (value.type !== "scalar") return undefined;
  if (value.value === null) return new Uint8Array();
  if (typeof value.value !== "string") return undefined;
  return from === "data" ? decodeBase64(value.value) : encodeUtf8(value.value);
}

function readSealed(source: Source): Secret | undefined {
  const spec = fieldOf(source.root, "spec");
  const template = fieldOf(spec, "template");
  const common =
    readCommon(source, fieldOf(template, "metadata")) ?? readCommon(source, fieldOf(source.root, "metadata"));
  if (common === undefined) return undefined;
  return {
    ...common,
    namespace: common.namespace ?? readString(fieldOf(source.root, "metadata"), "namespace", "")?.value,
    form: "SealedSecret",
    type: readString(template, "type", "spec.template"),
    immutable: readBoolean(template, "immutable", "spec.template"),
    immutableParent: template?.type === "map" ? template : undefined,
    entries: keysOf(fieldOf(spec, "encryptedData")),
    keysKnown: true,
    schemaProblems: [],
  };
}

function readExternal(source: Source): Secret | undefined {
  const metadata = fieldOf(source.root, "metadata");
  const common = readCommon(source, metadata);
  const spec = fieldOf(source.root, "spec");
  const target = fieldOf(spec, "target");
  const name = readString(target, "name", "spec.target");
  if (common === undefined && name === undefined) return undefined;
  const template = fieldOf(target, "template");
  const listed = itemsOf(fieldOf(spec, "data")).flatMap(({ value }) => keyAt(value, "secretKey"));
  return {
    ...source,
    name: name?.value ?? common?.name ?? "",
    nameSpan: name?.span ?? common?.nameSpan ?? source.root.span,
    namespace: readString(metadata, "namespace", "")?.value,
    form: "ExternalSecret",
    type: readString(template, "type", "spec.target.template"),
    immutable: readBoolean(target, "immutable", "spec.target"),
    immutableParent: target?.type === "map" ? target : undefined,
    entries: template ? keysOf(fieldOf(template, "data")) : listed,
    keysKnown:
      fieldOf(spec, "dataFrom") === undefined && (template === undefined || fieldOf(template, "data") !== undefined),
    schemaProblems: [],
  };
}

function readGenerators(source: Source): readonly Secret[] {
  const options = fieldOf(source.root, "generatorOptions");
  const namespace = readString(source.root, "namespace", "")?.value;
  return itemsOf(fieldOf(source.root, "secretGenerator")).flatMap(({ value: generator }) => {
    const name = readString(generator, "name", "");
    if (name === undefined) return [];
    const own = fieldOf(generator, "options");
    const secret: Secret = {
      ...source,
      form: "SecretGenerator",
      name: name.value,
      nameSpan: name.span,
      namespace: readString(generator, "namespace", "")?.value ?? namespace,
      type: readString(generator, "type", ""),
      immutable: readBoolean(own, "immutable", "") ?? readBoolean(options, "immutable", ""),
      immutableParent: own?.type === "map" ? own : undefined,
      entries: [...itemsOf(fieldOf(generator, "literals")), ...itemsOf(fieldOf(generator, "files"))].flatMap(
        ({ value }) => generatedKey(value),
      ),
      keysKnown: fieldOf(generator, "envs") === undefined && fieldOf(generator, "env") === undefined,
      schemaProblems: [],
    };
    return [secret];
  });
}

function generatedKey(node: Node): readonly SecretEntry[] {
  if (node.type !== "scalar") return [];
  const equals = node.text.indexOf("=");
  const key = equals >= 0 ? node.text.slice(0, equals) : node.text.slice(node.text.lastIndexOf("/") + 1);
  return [{ key, keySpan: node.span, from: "elsewhere", bytes: undefined, written: undefined }];
}

function readCommon(
  source: Source,
  metadata: Node | undefined,
): (Source & Pick<Secret, "name" | "nameSpan" | "namespace">) | undefined {
  const name = readString(metadata, "name", "metadata");
  if (name === undefined) return undefined;
  return {
    ...source,
    name: name.value,
    nameSpan: name.span,
    namespace: readString(metadata, "namespace", "metadata")?.value,
  };
}

function keysOf(map: Node | undefined): readonly SecretEntry[] {
  if (map?.type !== "map") return [];
  return map.entries.map(({ name, key }) => ({
    key: name,
    keySpan: key.span,
    from: "elsewhere",
    bytes: undefined,
    written: undefined,
  }));
}

function keyAt(node: Node, field: string): readonly SecretEntry[] {
  const key = readString(node, field, "");
  return key ? [{ key: key.value, keySpan: key.span, from: "elsewhere", bytes: undefined, written: undefined }] : [];
}
