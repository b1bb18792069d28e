import type { RuntimeCache } from "../cache.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";

/** One cache with what was made for it: the input of every object. */
export interface CacheParts {
  readonly cache: RuntimeCache;
  /** The Secret with config.yml. */
  readonly config: SecretPart;
  /** The Secret with the server's certificate, for a cache with TLS. */
  readonly certificate: SecretPart | undefined;
  readonly image: string;
}

/** An immutable Secret whose name ends in a hash of its data. */
export interface SecretPart {
  readonly name: string;
  readonly data: { readonly [key: string]: string };
}

/** Renders one kind of object for a cache; nothing where the cache has none. */
export type RenderObject = (parts: CacheParts) => KubernetesObject | undefined;

/** The namespace of everything in a Shoot. */
export const namespace = "kube-system";

/** The labels by which a cache's objects and its pods are found. */
export function labelsOf({ names }: RuntimeCache): { readonly app: string; readonly "upstream-host": string } {
  return { app: names.resource, "upstream-host": names.upstreamLabel };
}
