import { fail, type Result, succeed } from "../text/result.ts";
import type { Purpose } from "../workspace/workspace.ts";
import { fieldOf, type MapNode } from "../yaml/node.ts";
import { changeDocument, copyDocument, dropField, dropIdentity, setField } from "./edit-copy.ts";
import type { FoundSecret } from "./find-secret.ts";
import { keysFor, newSecretManifest } from "./new-secret.ts";
import type { NewValues } from "./request.ts";
import type { Blocker, NewFile } from "./rotation.ts";

/** What stands in a new SealedSecret until kubeseal has sealed the values. */
const unsealed = "to-be-sealed-by-kubeseal";

/** What a new SealedSecret is to be called and hold. */
export interface NextSealed {
  readonly uri: string;
  readonly name: string;
  readonly purpose: Purpose;
  readonly values: NewValues | undefined;
}

/**
 * The next version of a SealedSecret: the old manifest with another name, and values that kubeseal is yet to seal. It is bound
 * to the namespace in the old one's scope, so that must be known.
 */
export function nextSealed(found: FoundSecret, { uri, name, purpose, values }: NextSealed): Result<NewFile, Blocker> {
  const { file, secret, id } = found;
  const scope = scopeOf(secret.root);
  if (id.namespace === undefined && scope !== "cluster-wide") return fail(namespaceUnknown(found));
  const text = renameSealed(found, name, keysFor[purpose]);
  const annotations = scope === "strict" ? {} : { [scopePrefix + scope]: "true" };
  const { text: draft } = newSecretManifest({
    uri: "draft.yaml",
    secret: { name, namespace: id.namespace },
    purpose,
    values,
    type: secret.type?.value,
    metadata: { labels: {}, annotations },
  });
  const sealing = { program: "kubeseal", draft, recipients: [], selection: [] } as const;
  return succeed({ uri, text, like: file.uri, sealing });
}

function renameSealed(found: FoundSecret, name: string, keys: readonly string[]): string {
  const { root } = found.secret;
  const template = fieldOf(fieldOf(root, "spec"), "template");
  const templated = fieldOf(fieldOf(template, "metadata"), "name") !== undefined;
  const old = fieldOf(fieldOf(root, "spec"), "encryptedData");
  const others = old?.type === "map" ? old.entries.map((it) => it.name).filter((it) => !keys.includes(it)) : [];
  return changeDocument(copyDocument(found), [
    dropField(["status"]),
    ...dropIdentity(root, ["metadata"]),
    ...dropIdentity(root, ["spec", "template", "metadata"]),
    setField(["metadata", "name"], name),
    ...(templated ? [setField(["spec", "template", "metadata", "name"], name)] : []),
    ...keys.map((key) => setField(["spec", "encryptedData", key], unsealed)),
    ...others.map((key) => dropField(["spec", "encryptedData", key])),
    setField(["spec", "template", "immutable"], true),
  ]);
}

const scopePrefix = "sealedsecrets.bitnami.com/";

/** The scope as the controller reads it: from the annotations of the SealedSecret itself. */
function scopeOf(root: MapNode): "strict" | "namespace-wide" | "cluster-wide" {
  const annotations = fieldOf(fieldOf(root, "metadata"), "annotations");
  const scopes = ["cluster-wide", "namespace-wide"] as const;
  return (
    scopes.find((it) => {
      const node = fieldOf(annotations, scopePrefix + it);
      return node?.type === "scalar" && node.value === "true";
    }) ?? "strict"
  );
}

function namespaceUnknown({ id, file, secret }: FoundSecret): Blocker {
  const message = `Secret "${id.name}" is sealed for a namespace that neither its manifest nor a Shoot names; say it with -n`;
  return { kind: "namespace-unknown", message, place: { uri: file.uri, span: secret.nameSpan } };
}
