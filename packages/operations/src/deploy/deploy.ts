import type { Result } from "@registry-cache/core";
import type { ApiObject, ConnectionFlags, GardenClient } from "@registry-cache/garden";
import {
  type CertificateSpec,
  type Compared,
  certificateSpecs,
  clusterDefaults,
  type DeployStep,
  type KubernetesObject,
  planDeployment,
  readRuntimeCaches,
} from "@registry-cache/runtime";
import { type ClusterResult, withCluster } from "../live-cluster.ts";
import type { OpenShoot } from "../open-shoot.ts";
import { type Certificates, renderShoot } from "../render-shoot.ts";
import { find, isOurs, listOurs, nameOf, refOf, resourceOf } from "./cluster-profile.ts";
import { existingCertificates } from "./existing-certificates.ts";
import { type Readiness, waitReady } from "./wait-ready.ts";

/** What to deploy, and where. */
export interface DeployRequest {
  readonly flags: ConnectionFlags;
  readonly open: OpenShoot;
  readonly namespace: string | undefined;
  readonly image: string | undefined;
  readonly serviceMonitor: boolean;
  readonly dryRun: boolean;
  /** How long to wait for the caches, in milliseconds. */
  readonly timeout: number;
  /** Waits between two looks at them. */
  readonly pause: () => Promise<void>;
  /** Makes certificates, where the cluster has none that last. */
  readonly makeCertificates: (specs: readonly CertificateSpec[]) => Promise<Certificates>;
  /** A CA was given, so its certificates are wanted in any case. */
  readonly newCertificates: boolean;
}

/** The cluster that is changed, as its kubeconfig names it. */
export type DeployPlace = Pick<GardenClient, "contextName" | "server">;

/** Who watches a deployment, and may stop it before anything is done. */
export interface DeployListener {
  confirm(steps: readonly DeployStep[], where: DeployPlace): Promise<boolean>;
  done(step: DeployStep): void;
  progress(all: readonly Readiness[]): void;
}

/** What became of a deployment. */
export interface DeployOutcome {
  readonly steps: readonly DeployStep[];
  readonly applied: boolean;
  /** What is not ready after the time that was given; nothing of before was deleted then. */
  readonly late: readonly Readiness[];
  /** Namespaces of ours that have to stay, and what of others is in them. */
  readonly staying: readonly StayingNamespace[];
}

/** A namespace that is not deleted, since others have something in it. */
export interface StayingNamespace {
  readonly name: string;
  /** What that is, such as `configmaps/mine`. */
  readonly holds: readonly string[];
}

/** Deploys the cluster profile of a Shoot's caches: applies, waits until they are ready, and deletes what was ours and is wanted no more. */
export async function deployCaches(
  request: DeployRequest,
  listener: DeployListener,
): Promise<ClusterResult<DeployOutcome>> {
  const { flags, open } = request;
  const result = await withCluster({ flags }, (client) => deploy(client, open, request, listener));
  return result.ok ? result.value : result;
}

async function deploy(
  client: GardenClient,
  open: OpenShoot,
  request: DeployRequest,
  listener: DeployListener,
): Promise<Result<DeployOutcome, string>> {
  const objects = await render(client, open, request);
  if (!objects.ok) return objects;
  const { namespace = clusterDefaults.namespace } = request;
  const compared = await Promise.all(objects.value.map((it) => compare(client, it)));
  const kept = await keptLogins(client, open, namespace);
  if (!kept.ok) return kept;
  const plan = planDeployment([...compared, ...kept.value], await listOurs(client, namespace));
  if (!plan.ok) return plan;
  const steps = plan.value;
  if (request.dryRun || !(await listener.confirm(steps, client)))
    return { ok: true, value: { steps, applied: false, late: [], staying: [] } };
  for (const [index, object] of objects.value.entries()) {
    const step = steps[index];
    if (step === undefined || step.do === "keep") continue;
    await client.apply(resourceOf(object.kind), object);
    listener.done(step);
  }
  const workloads = objects.value.filter((it) => it.kind === "StatefulSet" || it.kind === "DaemonSet").map(nameOf);
  const { timeout, pause } = request;
  const all = await waitReady(client, workloads, { timeout, pause, onProgress: (it) => listener.progress(it) });
  const late = all.filter((it) => !it.done);
  // Pods of before may still need what was theirs.
  if (late.length === 0) await prune(client, steps, listener);
  return { ok: true, value: { steps, applied: true, late, staying: [] } };
}

/** What is rendered; a login that is not in the files is not among it. */
async function render(
  client: GardenClient,
  open: OpenShoot,
  request: DeployRequest,
): Promise<Result<readonly KubernetesObject[], string>> {
  const caches = readRuntimeCaches(open.shoot);
  if (!caches.ok) return caches;
  const { namespace = clusterDefaults.namespace, image, serviceMonitor, makeCertificates } = request;
  const options = { caches: caches.value, now: Date.now() };
  const hasTls = caches.value.some((it) => it.tls);
  const existing =
    hasTls && !request.newCertificates ? await existingCertificates(client, namespace, options) : undefined;
  const specs = hasTls && existing === undefined ? certificateSpecs(caches.value, () => undefined) : [];
  const rendered = renderShoot(open, {
    profile: "cluster",
    withCredentials: true,
    image,
    endpoints: new Map(),
    namespace,
    serviceMonitor,
    certificates: existing ?? (await makeCertificates(specs)),
  });
  if (!rendered.ok) return rendered;
  const unknown = unknownLogins(open);
  return {
    ok: true,
    value: rendered.value.objects.filter((it) => !unknown.some(({ secret }) => secret === it.metadata.name)),
  };
}

/** The logins that no file has: Secrets of the cluster that somebody must have filled in. */
function unknownLogins(
  open: OpenShoot,
): readonly { readonly secret: string; readonly upstream: string; readonly reason: string }[] {
  const caches = readRuntimeCaches(open.shoot);
  if (!caches.ok) return [];
  return caches.value.flatMap(({ secretReferenceName, names, upstream }) => {
    const login = open.loginOf(secretReferenceName);
    return login.kind === "unknown"
      ? [{ secret: `${names.resource}-credentials`, upstream, reason: login.reason }]
      : [];
  });
}

async function keptLogins(
  client: GardenClient,
  open: OpenShoot,
  namespace: string,
): Promise<Result<readonly Compared[], string>> {
  const kept: Compared[] = [];
  for (const { secret, upstream, reason } of unknownLogins(open)) {
    const name = { kind: "Secret", namespace, name: secret };
    if ((await find(client, name)) === undefined)
      return {
        ok: false,
        error: `${upstream}: ${reason}, and the cluster has no Secret ${namespace}/${secret} yet; name the file of the login by -f or --secret`,
      };
    kept.push({ ...name, found: "same" });
  }
  return { ok: true, value: kept };
}

/** Tries an object on the server, which tells what would become of it. */
async function compare(client: GardenClient, object: KubernetesObject): Promise<Compared> {
  const name = nameOf(object);
  const current = await find(client, name);
  if (current === undefined) return { ...name, found: "nothing" };
  if (!isOurs(current)) return { ...name, found: "foreign" };
  const applied = await client.apply(resourceOf(object.kind), object, { dryRun: true });
  return { ...name, found: textOf(applied) === textOf(current) ? "same" : "other" };
}

/** An object without what the server counts. */
function textOf({ metadata, status: _, ...object }: ApiObject): string {
  const { managedFields: _fields, resourceVersion: _version, generation: _generation, ...rest } = metadata;
  return JSON.stringify([object, rest]);
}

async function prune(client: GardenClient, steps: readonly DeployStep[], listener: DeployListener): Promise<void> {
  for (const step of steps.filter((it) => it.do === "delete")) {
    const current = await find(client, step);
    // Somebody may have taken it over meanwhile.
    if (current === undefined || !isOurs(current)) continue;
    const { uid, resourceVersion } = current.metadata;
    await client.delete(refOf(step), { ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) });
    listener.done(step);
  }
}
