import type { ApiObject, ConnectionFlags, GardenClient } from "@registry-cache/garden";
import { type CacheWorth, readCounts, worthOf } from "@registry-cache/runtime";
import { type Looker, listOfCaches, look, runtimeResources } from "./doctor/cluster-objects.ts";
import { type ClusterResult, withCluster } from "./live-cluster.ts";

/** Which caches to measure. */
export interface TopRequest {
  /** Without a Shoot these lead to the cluster of the caches, with one to its garden. */
  readonly flags: ConnectionFlags;
  readonly shoot: string | undefined;
  readonly namespace: string;
}

/** One cache, measured at one moment. */
export interface MeasuredCache extends CacheWorth {
  readonly upstream: string;
  readonly replicas: number;
}

/** All caches at one moment, and what could not be measured. */
export interface Measured {
  readonly caches: readonly MeasuredCache[];
  readonly unseen: readonly string[];
}

/** Measures the caches again and again, as long as the listener wants more. */
export async function measureCaches(
  { flags, shoot, namespace }: TopRequest,
  onMeasured: (measured: Measured) => Promise<"again" | "enough">,
): Promise<ClusterResult<undefined>> {
  const again = async (client: GardenClient): Promise<undefined> => {
    for (;;) if ((await onMeasured(await measure({ client, namespace, unseen: [] }))) === "enough") return undefined;
  };
  if (shoot === undefined) return withCluster({ flags }, again);
  const access = await withCluster({ flags }, (client) =>
    client.shootKubeconfig({ namespace: client.namespace, name: shoot }, "admin", 3_600),
  );
  return access.ok ? withCluster({ kubeconfigText: access.value.text }, again) : access;
}

async function measure(looker: Looker): Promise<Measured> {
  const services = await listOfCaches(looker, runtimeResources.services);
  const pods = await listOfCaches(looker, runtimeResources.pods);
  const caches = services.map(async (service): Promise<MeasuredCache> => {
    const { name, labels, annotations } = service.metadata;
    const own = pods.filter((it) => it.metadata.labels?.["app"] === labels?.["app"]);
    const counts = (await Promise.all(own.map((it) => count(looker, it)))).filter((it) => it !== undefined);
    return { upstream: annotations?.["upstream"] ?? name, replicas: counts.length, ...worthOf(counts) };
  });
  return { caches: await Promise.all(caches), unseen: looker.unseen };
}

async function count(
  looker: Looker,
  { metadata: { name } }: ApiObject,
): Promise<ReturnType<typeof readCounts> | undefined> {
  const path = `/api/v1/namespaces/${looker.namespace}/pods/${name}:5001/proxy/metrics`;
  const answer = await look(looker, `metrics of ${name}`, () => looker.client.text(path));
  if (answer === undefined || answer.status === 200) return answer && readCounts(answer.text);
  looker.unseen.push(`metrics of ${name}: it answers ${answer.status}`);
  return undefined;
}
