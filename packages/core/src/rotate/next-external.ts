import { fail, type Result, succeed } from "../text/result.ts";
import { fieldOf, itemsOf, type MapNode, type Node } from "../yaml/node.ts";
import { changeDocument, copyDocument, type DocumentChange, dropField, dropIdentity, setField } from "./edit-copy.ts";
import { type FoundSecret, manifestsIn } from "./find-secret.ts";
import { type RemoteRef, remoteRefs, setRemote } from "./remote-refs.ts";
import type { RemoteChange, RotationRequest } from "./request.ts";
import type { Blocker, NewFile } from "./rotation.ts";
import { nextName } from "./versions.ts";

/**
 * The next version of an ExternalSecret: the old manifest with another name and another target, so that its operator fetches
 * the values anew; the old target is immutable and stays. Where the store holds the new values only a person knows.
 */
export function nextExternal(
  request: RotationRequest,
  found: FoundSecret,
  { uri, name }: { readonly uri: string; readonly name: string },
): Result<NewFile, Blocker> {
  const { root } = found.secret;
  const refs = remoteRefs(root);
  const wanted = pointRefs(refs, request.remote);
  if (typeof wanted === "string") {
    const place = { uri: found.file.uri, span: refs[0]?.span ?? found.secret.nameSpan };
    return fail({ kind: "remote-unclear", message: `ExternalSecret of Secret "${found.id.name}" ${wanted}`, place });
  }
  const targeted = fieldOf(fieldOf(fieldOf(root, "spec"), "target"), "name") !== undefined;
  const changes: readonly DocumentChange[] = [
    dropField(["status"]),
    ...dropIdentity(root, ["metadata"]),
    ...dropIdentity(root, ["spec", "target", "template", "metadata"]),
    setField(["metadata", "name"], objectName(request, found, name)),
    ...(targeted ? [setField(["spec", "target", "name"], name)] : []),
    setField(["spec", "target", "immutable"], true),
    ...wanted.flatMap(setRemote),
  ];
  return succeed({ uri, text: changeDocument(copyDocument(found), changes), like: found.file.uri });
}

/** The ExternalSecret itself must be another one, too, else it would only give its old target up. */
function objectName({ files }: RotationRequest, { secret, id }: FoundSecret, name: string): string {
  const old = nameIn(secret.root) ?? id.name;
  if (old === id.name) return name;
  const others = manifestsIn(files, id.namespace).filter((it) => it.secret.form === "ExternalSecret");
  return nextName(old, new Set(others.flatMap((it) => nameIn(it.secret.root) ?? [])));
}

function nameIn(root: MapNode): string | undefined {
  const name = fieldOf(fieldOf(root, "metadata"), "name");
  return name?.type === "scalar" ? name.text : undefined;
}

/** Where each reference is to point; or what must be said first. Nothing is guessed: a wrong key gives the old values, silently. */
function pointRefs(refs: readonly RemoteRef[], remote: RemoteChange | undefined): readonly RemoteRef[] | string {
  const keys = [...new Set(refs.map((it) => it.key))];
  const listed = keys.map((it) => `"${it}"`).join(" and ");
  const ways =
    "--remote-key KEY or --remote-version VERSION, or --remote-unchanged if the store holds them there already";
  if (remote === undefined) {
    if (keys.length === 0)
      return "names no remote key; if its store holds the new values already, add --remote-unchanged";
    return `takes its values from remote key ${listed}; say where the new ones are: ${ways}`;
  }
  const pinned = refs.find((it) => it.version !== undefined);
  if (pinned !== undefined && remote.version === undefined) {
    const what = remote.unchanged ? "so it would fetch the old values again" : "which is one of the old remote key";
    return `asks for version "${pinned.version}", ${what}; give the new one with --remote-version`;
  }
  if (keys.length === 0) return remote.unchanged ? [] : "names no remote key that could be changed; change it by hand";
  const renamed = renameKeys(keys, remote.keys);
  if (typeof renamed === "string") return renamed;
  return refs.map((it) => ({ ...it, key: renamed.get(it.key) ?? it.key, version: remote.version ?? it.version }));
}

function renameKeys(keys: readonly string[], given: readonly string[]): ReadonlyMap<string, string> | string {
  const renamed = new Map<string, string>();
  for (const it of given) {
    const old = keys.find((key) => it.startsWith(`${key}=`));
    const only = keys.length === 1 && given.length === 1 ? keys[0] : undefined;
    const key = old ?? only;
    if (key === undefined) {
      const listed = keys.map((of) => `"${of}"`).join(" and ");
      return `takes its values from remote key ${listed}; give each new one as --remote-key OLD=NEW`;
    }
    renamed.set(key, old === undefined ? it : it.slice(old.length + 1));
  }
  return renamed;
}

/** Tells whether two manifests say the same, however they are written. */
export function saysTheSame(one: Node | undefined, other: Node | undefined): boolean {
  if (one === undefined || other === undefined || one.type !== other.type) return one === other;
  if (one.type === "scalar") return other.type === "scalar" && one.value === other.value;
  if (one.type === "seq") {
    const [a, b] = [itemsOf(one), itemsOf(other)];
    return a.length === b.length && a.every((it, index) => saysTheSame(it.value, b[index]?.value));
  }
  if (other.type !== "map" || one.entries.length !== other.entries.length) return false;
  return one.entries.every((it) => saysTheSame(it.value, fieldOf(other, it.name)));
}
