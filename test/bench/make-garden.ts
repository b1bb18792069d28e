/** About 40 KB of a Shoot: half of it is managedFields, a third status, as in real gardens. */
const managedFields = JSON.stringify(
  Array.from({ length: 12 }, (_, manager) => ({
    manager: `manager-${manager}`,
    operation: "Update",
    apiVersion: "core.gardener.cloud/v1beta1",
    time: "2030-01-01T00:00:00Z",
    fieldsType: "FieldsV1",
    fieldsV1: fieldsOf(`manager${manager}`, 36),
  })),
);

const status = JSON.stringify(
  Array.from({ length: 28 }, (_, at) => ({
    type: `Condition${at}`,
    status: "True",
    lastTransitionTime: "2030-01-01T00:00:00Z",
    lastUpdateTime: "2030-01-01T00:00:00Z",
    reason: "AllGood",
    message: `Everything that condition ${at} looks at is well, and "quotes" are well, too. `.repeat(4),
  })),
);

const workers = JSON.stringify(
  Array.from({ length: 8 }, (_, at) => ({
    name: `pool-${at}`,
    machine: { type: "m5.large", image: { name: "gardenlinux", version: "1592.10.0" }, architecture: "amd64" },
    cri: { name: "containerd" },
    minimum: 1,
    maximum: 5,
    volume: { type: "gp3", size: "50Gi" },
    zones: ["eu-west-1a", "eu-west-1b"],
    labels: { pool: String(at) },
  })),
);

function fieldsOf(prefix: string, count: number): object {
  return {
    "f:metadata": { "f:annotations": Object.fromEntries(keys(prefix, count)) },
    "f:spec": { "f:provider": Object.fromEntries(keys("worker", 4)) },
  };
}

function keys(prefix: string, count: number): readonly (readonly [string, object])[] {
  return Array.from({ length: count }, (_, at) => [`f:${prefix}.gardener.cloud/field-${at}`, {}]);
}

/** A Shoot of the benchmark as the API sends it in a list. */
export function shootText(index: number): string {
  const name = `shoot-${index}`;
  const cache = `{"upstream":"docker.io","secretReferenceName":"docker"},{"upstream":"quay.io"}`;
  const config = `{"apiVersion":"registry.extensions.gardener.cloud/v1alpha3","kind":"RegistryConfig","caches":[${cache}]}`;
  return `{"metadata":{"name":"${name}","namespace":"garden-p${index % 100}","uid":"${index}","resourceVersion":"${index}","generation":3,"managedFields":${managedFields}},"spec":{"provider":{"type":"aws","workers":${workers}},"extensions":[{"type":"registry-cache","providerConfig":${config}}],"resources":[{"name":"docker","resourceRef":{"apiVersion":"v1","kind":"Secret","name":"docker-v${index % 3}"}}]},"status":{"conditions":${status},"lastOperation":{"type":"Reconcile","state":"Succeeded","progress":100,"lastUpdateTime":"2030-01-01T00:00:00Z"},"observedGeneration":3}}`;
}

/** A Secret of the benchmark, or only its metadata. */
export function secretText(index: number, partial: boolean): string {
  const metadata = `{"name":"secret-${index}","namespace":"garden-p${index % 100}","uid":"${index}","resourceVersion":"${index}","labels":{"app":"bench"}}`;
  if (partial) return `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${metadata}}`;
  return `{"metadata":${metadata},"data":{"username":"dXNlcg==","password":"${"cGFzc3dvcmQ".repeat(100)}"},"type":"Opaque","immutable":true}`;
}
