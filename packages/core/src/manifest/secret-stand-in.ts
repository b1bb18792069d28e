import { encodeUtf8 } from "../encoding/utf8.ts";
import { fieldOf, itemsOf, type Node } from "../yaml/node.ts";
import { readBoolean, readString } from "./located.ts";
import { readName, type Secret, type SecretEntry, type SecretSource } from "./secret-view.ts";

/** Reads the Secret that a SealedSecret becomes when its controller opens it. */
export function readSealed(source: SecretSource): Secret | undefined {
  const spec = fieldOf(source.root, "spec");
  const template = fieldOf(spec, "template");
  const common = readName(source, fieldOf(template, "metadata")) ?? readName(source, fieldOf(source.root, "metadata"));
  if (common === undefined) return undefined;
  return {
    ...common,
    namespace: common.namespace ?? readString(fieldOf(source.root, "metadata"), "namespace", "")?.value,
    form: "SealedSecret",
    type: readString(template, "type", "spec.template"),
    immutable: readBoolean(template, "immutable", "spec.template"),
    own: source.root,
    immutablePath: ["spec", "template", "immutable"],
    nameSuffixHash: false,
    entries: keysOf(fieldOf(spec, "encryptedData")),
    keysKnown: true,
    schemaProblems: [],
  };
}

/** Reads the Secret that an ExternalSecret asks its operator to write. */
export function readExternal(source: SecretSource): Secret | undefined {
  const metadata = fieldOf(source.root, "metadata");
  const common = readName(source, metadata);
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
    nameWritten: name ?? common?.nameWritten,
    namespace: readString(metadata, "namespace", "")?.value,
    form: "ExternalSecret",
    type: readString(template, "type", "spec.target.template"),
    immutable: readBoolean(target, "immutable", "spec.target"),
    own: source.root,
    immutablePath: ["spec", "target", "immutable"],
    nameSuffixHash: false,
    entries: template ? keysOf(fieldOf(template, "data")) : listed,
    keysKnown:
      fieldOf(spec, "dataFrom") === undefined && (template === undefined || fieldOf(template, "data") !== undefined),
    schemaProblems: [],
  };
}

/** Reads the Secrets that a Kustomization generates. */
export function readGenerators(source: SecretSource): readonly Secret[] {
  const options = fieldOf(source.root, "generatorOptions");
  const namespace = readString(source.root, "namespace", "")?.value;
  return itemsOf(fieldOf(source.root, "secretGenerator")).flatMap(({ value: generator }) => {
    const name = readString(generator, "name", "");
    if (name === undefined || generator.type !== "map") return [];
    const own = fieldOf(generator, "options");
    const secret: Secret = {
      ...source,
      form: "SecretGenerator",
      name: name.value,
      nameSpan: name.span,
      nameWritten: name,
      namespace: readString(generator, "namespace", "")?.value ?? namespace,
      type: readString(generator, "type", ""),
      immutable: readBoolean(own, "immutable", "") ?? readBoolean(options, "immutable", ""),
      own: generator,
      immutablePath: ["options", "immutable"],
      nameSuffixHash:
        (readBoolean(own, "disableNameSuffixHash", "") ?? readBoolean(options, "disableNameSuffixHash", ""))?.value !==
        true,
      entries: [
        ...itemsOf(fieldOf(generator, "literals")).flatMap(({ value }) => generatedLiteral(value)),
        ...itemsOf(fieldOf(generator, "files")).flatMap(({ value }) => generatedKey(value)),
      ],
      keysKnown: fieldOf(generator, "envs") === undefined && fieldOf(generator, "env") === undefined,
      schemaProblems: [],
    };
    return [secret];
  });
}

/** kustomize takes one pair of quotes off the value of a literal. Without `=` it is no literal, and may be the bare value. */
function generatedLiteral(node: Node): readonly SecretEntry[] {
  const [, value] = node.type === "scalar" ? (/^[^=]*=(.*)$/s.exec(node.text) ?? []) : [];
  if (value === undefined) return [];
  const bytes = encodeUtf8(value.replace(/^(["'])(.*)\1$/s, "$2"));
  return generatedKey(node).map((it) => ({ ...it, bytes }));
}

function generatedKey(node: Node): readonly SecretEntry[] {
  if (node.type !== "scalar") return [];
  const equals = node.text.indexOf("=");
  const key = equals >= 0 ? node.text.slice(0, equals) : node.text.slice(node.text.lastIndexOf("/") + 1);
  return [{ key, keySpan: node.span, from: "elsewhere", bytes: undefined, written: undefined }];
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
