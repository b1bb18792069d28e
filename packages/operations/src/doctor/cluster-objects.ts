import { type ApiObject, type GardenClient, type Resource, textAt } from "@registry-cache/garden";
import { loadGarden } from "../live-cluster.ts";

const core = { group: "", version: "v1" };

/** The resources in which caches run. */
export const runtimeResources: {
  readonly [name in
    | "services"
    | "pods"
    | "nodes"
    | "claims"
    | "events"
    | "statefulSets"
    | "secrets"
    | "configMaps"]: Resource;
} = {
  services: { ...core, plural: "services" },
  pods: { ...core, plural: "pods" },
  nodes: { ...core, plural: "nodes" },
  claims: { ...core, plural: "persistentvolumeclaims" },
  events: { ...core, plural: "events" },
  secrets: { ...core, plural: "secrets" },
  configMaps: { ...core, plural: "configmaps" },
  statefulSets: { group: "apps", version: "v1", plural: "statefulsets" },
};

/** A cluster of caches as somebody sees it, who notes what was kept from them. */
export interface Looker {
  readonly client: GardenClient;
  readonly namespace: string;
  /** What could not be looked at, and why. */
  readonly unseen: string[];
}

/** Looks at something; what is refused or not there counts as unseen, and anything else ends it all. */
export async function look<T>(looker: Looker, what: string, ask: () => Promise<T>): Promise<T | undefined> {
  const { isGardenError } = await loadGarden();
  try {
    return await ask();
  } catch (error) {
    if (!isGardenError(error) || !["forbidden", "not-found", "server", "invalid"].includes(error.kind)) throw error;
    looker.unseen.push(`${what}: ${error.message}`);
    return undefined;
  }
}

/** All objects of a kind that belong to caches. */
export async function listOfCaches(looker: Looker, resource: Resource): Promise<readonly ApiObject[]> {
  const { client, namespace } = looker;
  const query = { resource, namespace, labelSelector: "upstream-host" };
  return (await look(looker, resource.plural, () => client.list(query)))?.items ?? [];
}

/** What was said last of an object. */
export async function lastEventOf(looker: Looker, namespace: string, name: string): Promise<string | undefined> {
  const query = { resource: runtimeResources.events, namespace, fieldSelector: `involvedObject.name=${name}` };
  const events = (await look(looker, `events of ${name}`, () => looker.client.list(query)))?.items ?? [];
  const [last] = events.toSorted((a, b) => timeOf(b).localeCompare(timeOf(a)));
  return textAt(last, "message");
}

function timeOf(event: ApiObject): string {
  return textAt(event, "lastTimestamp") ?? textAt(event, "eventTime") ?? event.metadata.creationTimestamp ?? "";
}
