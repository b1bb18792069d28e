import type { ResourceDefinition, TextReply, TextRequest } from "@registry-cache/testkit";
import type { RunningPod } from "./pods.ts";

/** The pods that run, by name. */
export interface ClusterPods {
  readonly running: Map<string, RunningPod>;
}

const core = { group: "", version: "v1", namespaced: true, shortNames: [] };

/** The resources in which caches run. Logs and the proxy lead to the pods themselves. */
export function clusterResources(running: ClusterPods["running"]): readonly ResourceDefinition[] {
  return [
    { ...core, plural: "services", singular: "service", kind: "Service" },
    {
      ...core,
      plural: "pods",
      singular: "pod",
      kind: "Pod",
      texts: {
        log: async ({ name }) => {
          const pod = running.get(name);
          return pod && { status: 200, text: pod.log() };
        },
        proxy: (request) => askPod(running, request),
      },
    },
    { ...core, plural: "persistentvolumeclaims", singular: "persistentvolumeclaim", kind: "PersistentVolumeClaim" },
    { ...core, plural: "nodes", singular: "node", kind: "Node", namespaced: false },
    { ...core, group: "apps", plural: "statefulsets", singular: "statefulset", kind: "StatefulSet" },
  ];
}

/** The proxy takes `name:port` or `https:name:port`. */
async function askPod(
  running: ClusterPods["running"],
  { name, rest, query }: TextRequest,
): Promise<TextReply | undefined> {
  const pod = running.get(name.replace(/^https?:/, "").replace(/:\d+$/, ""));
  const asked = query.size === 0 ? "" : `?${query}`;
  return await pod?.ask(`/${rest}${asked}`);
}
