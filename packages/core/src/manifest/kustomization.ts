import { entryOf, type MapNode } from "../yaml/node.ts";
import { readString } from "./located.ts";

/** What a kustomization puts around the names of all that it deploys. */
export interface NameAffix {
  readonly prefix: string;
  readonly suffix: string;
}

/** Tells whether an object is a kustomization. kustomize asks for no kind and no apiVersion, so one without them is known by its fields. */
export function isKustomization(root: MapNode): boolean {
  const kind = readString(root, "kind", "")?.value;
  const apiVersion = readString(root, "apiVersion", "")?.value;
  if (kind === undefined && apiVersion === undefined) return ownFields.some((it) => entryOf(root, it) !== undefined);
  return kind === "Kustomization" || apiVersion?.startsWith("kustomize.config.k8s.io/") === true;
}

const ownFields: readonly string[] = ["secretGenerator", "namePrefix", "nameSuffix"];

/** What a kustomization puts around names; undefined where it leaves them as they are. */
export function readAffix(root: MapNode): NameAffix | undefined {
  if (!isKustomization(root)) return undefined;
  const prefix = readString(root, "namePrefix", "")?.value ?? "";
  const suffix = readString(root, "nameSuffix", "")?.value ?? "";
  return prefix === "" && suffix === "" ? undefined : { prefix, suffix };
}
