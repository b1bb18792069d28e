import type { RuntimeCache } from "../cache.ts";
import { type KubernetesObject, withoutAbsentFields } from "../kubernetes-object.ts";
import { renderClusterCache } from "./cache.ts";
import { renderNamespaces } from "./namespaces.ts";
import { renderClusterNetworkPolicy, renderServiceMonitor } from "./network.ts";
import { renderNodes } from "./nodes.ts";
import type { ClusterOptions } from "./options.ts";

/** Renders all that a cluster without Gardener needs for its caches, in the order in which it can be created. */
export function renderCluster(caches: readonly RuntimeCache[], options: ClusterOptions): readonly KubernetesObject[] {
  const objects = [
    ...renderNamespaces(options),
    renderClusterNetworkPolicy(options),
    ...caches.flatMap((it) => renderClusterCache(it, options)),
    ...(options.serviceMonitor ? [renderServiceMonitor(options)] : []),
    ...renderNodes(caches, options),
  ];
  return objects.map(withoutAbsentFields);
}
