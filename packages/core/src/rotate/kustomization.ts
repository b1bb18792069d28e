import type { ManifestFile } from "../manifest/manifest.ts";
import type { Edit } from "../text/edit.ts";
import { insertItem, removeItem } from "../yaml/edit.ts";
import { fieldOf, type SeqItem, type SeqNode } from "../yaml/node.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { Kustomization, RotationFiles } from "./request.ts";

/** A kustomization that lists a file, and the list. */
export interface Listing {
  readonly kustomization: Kustomization;
  readonly list: SeqNode;
  readonly item: SeqItem;
  /** The path as it is written. */
  readonly written: string;
}

/** Tells whether a file is a kustomization, by its name. */
export function isKustomization(uri: string): boolean {
  return /(?:^|[/\\])(?:kustomization\.ya?ml|Kustomization)$/.test(uri);
}

/** The kustomizations that deploy a file. */
export function listingsOf({ kustomizations }: RotationFiles, uri: string): readonly Listing[] {
  return kustomizations
    .filter((it) => it.listed === uri)
    .flatMap((kustomization) => {
      const list = fieldOf(parseYaml(kustomization.file.text)[0]?.root, "resources");
      if (list?.type !== "seq") return [];
      const item = list.items.find(
        (it) => it.value.type === "scalar" && plainPath(it.value.text) === kustomization.path,
      );
      if (item?.value.type !== "scalar") return [];
      return [{ kustomization, list, item, written: item.value.text }];
    });
}

/** The path of another file from the kustomization's folder, written as the listed one is where both are in one folder; undefined for a file elsewhere. */
export function pathOf({ kustomization, written }: Listing, uri: string): string | undefined {
  const { listed, path } = kustomization;
  if (folderOf(listed) === folderOf(uri)) return folderOf(written) + baseName(uri);
  const root = listed.endsWith(path) ? listed.slice(0, listed.length - path.length) : undefined;
  return root !== undefined && uri.startsWith(root) ? uri.slice(root.length) : undefined;
}

/** The edits that list another file, right behind the one that is listed; none where it is listed already. */
export function listFile({ kustomization, list, item }: Listing, path: string): readonly Edit[] {
  const listed = list.items.some((it) => it.value.type === "scalar" && plainPath(it.value.text) === plainPath(path));
  return listed ? [] : [insertItem(kustomization.file.text, list, path, list.items.indexOf(item) + 1)];
}

/** The edit that lists a file no more. */
export function unlistFile({ kustomization, list, item }: Listing): Edit {
  return removeItem(kustomization.file.text, list, item);
}

/** The kustomizations among some files that may list others: a kustomization lists only what lies below it. */
export function kustomizationsFor(files: readonly ManifestFile[], uris: readonly string[]): readonly Kustomization[] {
  return files
    .filter((it) => isKustomization(it.uri))
    .flatMap((file) => {
      const folder = folderOf(file.uri);
      return uris
        .filter((it) => it.startsWith(folder))
        .map((listed) => ({ file, listed, path: plainPath(listed.slice(folder.length)) }));
    });
}

/** The last part of a path or address. */
export function baseName(uri: string): string {
  return uri.slice(Math.max(uri.lastIndexOf("/"), uri.lastIndexOf("\\")) + 1);
}

/** What comes before the last part of a path or address, with its slash. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.length - baseName(uri).length);
}

/** A path without `.` and with `..` resolved where it can be. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
