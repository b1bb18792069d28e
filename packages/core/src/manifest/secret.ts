import { decodeBase64 } from "../encoding/base64.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import { checkSchema } from "../schema/check.ts";
import { prepareSchema } from "../schema/prepare.ts";
import { secretSchema } from "../schema/secret.ts";
import { entryOf, fieldOf, type MapNode, type Node } from "../yaml/node.ts";
import { isKustomization } from "./kustomization.ts";
import { readBoolean, readString } from "./located.ts";
import { readExternal, readGenerators, readSealed } from "./secret-stand-in.ts";
import { readName, type Secret, type SecretEntry, type SecretSource } from "./secret-view.ts";

export type { Secret, SecretEntry, SecretForm } from "./secret-view.ts";

const preparedSecret = prepareSchema(secretSchema);

/** Reads the Secrets that a manifest stands for; none when it stands for none. */
export function readSecrets(uri: string, text: string, root: MapNode): readonly Secret[] {
  const apiVersion = readString(root, "apiVersion", "")?.value ?? "";
  const kind = readString(root, "kind", "")?.value ?? "";
  const source = { uri, text, root };
  if (kind === "Secret" && (apiVersion === "v1" || !apiVersion.includes("/"))) return one(readPlain(source));
  if (kind === "SealedSecret" && apiVersion.startsWith("bitnami.com/")) return one(readSealed(source));
  if (kind === "ExternalSecret" && apiVersion.startsWith("external-secrets.io/")) return one(readExternal(source));
  if (isKustomization(root)) return readGenerators(source);
  return [];
}

function one(secret: Secret | undefined): readonly Secret[] {
  return secret ? [secret] : [];
}

function readPlain(source: SecretSource): Secret | undefined {
  const { root } = source;
  const encrypted = entryOf(root, "sops") !== undefined;
  const immutable = readBoolean(root, "immutable", "");
  const common = readName(source, fieldOf(root, "metadata"));
  if (common === undefined) return undefined;
  return {
    ...common,
    form: encrypted ? "SopsSecret" : "Secret",
    type: readString(root, "type", ""),
    immutable,
    own: root,
    // An edit of a file that SOPS has signed would make it unreadable.
    immutablePath: encrypted ? undefined : ["immutable"],
    nameSuffixHash: false,
    entries: plainEntries(root, encrypted),
    keysKnown: true,
    schemaProblems: encrypted ? [] : checkSchema(root, preparedSecret, { path: "", span: common.nameSpan }),
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
