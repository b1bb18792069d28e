import { type ApiObject, listAt, type StopSignal, textAt } from "@registry-cache/garden";
import { clusterDefaults, nodeNamespace, type SeenNode } from "@registry-cache/runtime";
import { type Looker, look, runtimeResources } from "./cluster-objects.ts";
import type { RuntimeObjects } from "./gather-objects.ts";
import { readNode } from "./read-node.ts";

/** Which nodes are looked at, and who says yes to that. */
export interface NodesRequest {
  /** The name of a node or `all`; undefined for one that is ready. */
  readonly nodes: string | undefined;
  /** The image of the pod; undefined for the one of the caches. */
  readonly image: string | undefined;
  /** Says whether it may be done, and gives what ends it early. */
  readonly confirm: (plan: NodesPlan) => Promise<StopSignal | undefined>;
  readonly progress: (node: string) => void;
  /** Waits between two looks at a pod. */
  readonly pause: () => Promise<void>;
  /** How long a pod may take, in milliseconds. */
  readonly timeout: number;
}

/** What is going to be done. */
export interface NodesPlan {
  readonly nodes: readonly string[];
  readonly namespace: string;
  readonly image: string;
}

/** As many pods as there are at one time. */
const atOnce = 5;

/** Reads the hosts.toml files of nodes, by a pod on each that is deleted again. What cannot be read is noted; undefined when stopped. */
export async function readNodes(
  looker: Looker,
  { statefulSets }: RuntimeObjects,
  request: NodesRequest,
): Promise<readonly SeenNode[] | undefined> {
  const nodes = await chooseNodes(looker, request.nodes);
  if (nodes.length === 0) return [];
  const [container] = statefulSets.flatMap((it) => listAt(it, "spec", "template", "spec", "containers"));
  const image = request.image ?? textAt(container, "image") ?? clusterDefaults.nodeImage;
  // The namespace of the caches may be restricted, which forbids folders of the node.
  const namespace = looker.namespace === "kube-system" ? looker.namespace : nodeNamespace(looker.namespace);
  const signal = await request.confirm({ nodes, namespace, image });
  if (signal === undefined) {
    looker.unseen.push("hosts.toml of nodes: nobody said yes to a pod on them");
    return [];
  }
  const waiting = nodes.map((node, index) => ({
    node,
    name: `registry-cache-doctor-${Date.now().toString(36)}-${index}`,
  }));
  const seen: SeenNode[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
      request.progress(next.node);
      const found = await readNode(looker, { ...next, namespace, image }, { ...request, signal });
      if (found !== undefined) seen.push(found);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (signal.aborted) return undefined;
  return seen.toSorted((a, b) => nodes.indexOf(a.node) - nodes.indexOf(b.node));
}

async function chooseNodes(looker: Looker, wanted: string | undefined): Promise<readonly string[]> {
  const resource = runtimeResources.nodes;
  if (wanted !== undefined && wanted !== "all") {
    const found = await look(looker, `hosts.toml of node ${wanted}`, () =>
      looker.client.get({ resource, name: wanted }),
    );
    return found === undefined ? [] : [wanted];
  }
  const list = await look(looker, "hosts.toml of nodes", () => looker.client.list({ resource }));
  if (list === undefined) return [];
  const ready = list.items.filter(isReady).map((it) => it.metadata.name);
  if (ready.length === 0) looker.unseen.push("hosts.toml of nodes: no node is ready");
  const late = list.items.length - ready.length;
  if (wanted === "all" && ready.length > 0 && late > 0)
    looker.unseen.push(`hosts.toml of ${late} ${late === 1 ? "node that is" : "nodes that are"} not ready`);
  return wanted === "all" ? ready : ready.slice(0, 1);
}

function isReady(node: ApiObject): boolean {
  const conditions = listAt(node, "status", "conditions");
  return conditions.some((it) => textAt(it, "type") === "Ready" && textAt(it, "status") === "True");
}
