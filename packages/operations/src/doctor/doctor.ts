import { type Result, redacted } from "@registry-cache/core";
import type { ConnectionFlags, GardenClient } from "@registry-cache/garden";
import {
  contentHash,
  diagnose,
  type ExpectedCache,
  probeVerdict,
  type RuntimeCache,
  type RuntimeFinding,
  type RuntimeView,
  readRuntimeCaches,
  renderConfigFile,
  type SeenProbe,
} from "@registry-cache/runtime";
import { openLiveShoot, withCluster } from "../live-cluster.ts";
import { loadUpstream } from "../load-upstream.ts";
import { type OpenShoot, openShoot, type ShootRequest } from "../open-shoot.ts";
import type { Looker } from "./cluster-objects.ts";
import { hostsOf, probeAll, seeCertificates } from "./gather-cluster.ts";
import { compareConfig, measureClaims } from "./gather-inside.ts";
import { gatherObjects, seeClaim, seePod, toService, toStatefulSet } from "./gather-objects.ts";

/** Which caches to look at, and how closely. */
export interface DoctorRequest {
  /** Without a Shoot these lead to the cluster of the caches, with one to its garden. */
  readonly flags: ConnectionFlags;
  readonly shoot: string | undefined;
  /** The Shoot's manifest, where no garden is asked for it. */
  readonly files: ShootRequest | undefined;
  /** Looks inside: reads config Secrets, asks pods, measures volumes. */
  readonly admin: boolean;
  /** The namespace of the caches in their cluster. */
  readonly namespace: string;
  /** A repository by upstream that the login may see. */
  readonly repositories: ReadonlyMap<string, string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What doctor found. */
export interface DoctorReport {
  readonly upstreams: readonly string[];
  readonly findings: readonly RuntimeFinding[];
  /** What could not be looked at, and why. */
  readonly unseen: readonly string[];
  /** What nodes should have, by the addresses of the Services. */
  readonly hostsToml: string;
}

/** Looks at the caches of a cluster and says what is wrong with them; the error says why nothing was looked at. */
export async function examineCaches(request: DoctorRequest): Promise<Result<DoctorReport, string>> {
  const { flags, shoot, files, admin } = request;
  if (shoot === undefined) {
    const open = files === undefined ? undefined : openShoot(files);
    if (open !== undefined && !open.ok) return open;
    return flatten(await withCluster({ flags }, (client) => examine(client, open?.value, request)));
  }
  const opened = await withCluster({ flags }, async (client) => {
    const open = await openLiveShoot(client, shoot);
    if (!open.ok) return open;
    const where = { namespace: client.namespace, name: shoot };
    const { text } = await client.shootKubeconfig(where, admin ? "admin" : "viewer", 600);
    return { ok: true as const, value: { open: open.value, kubeconfigText: text } };
  });
  const live = flatten(opened);
  if (!live.ok) return live;
  const { open, kubeconfigText } = live.value;
  return flatten(await withCluster({ kubeconfigText }, (client) => examine(client, open, request)));
}

function flatten<T>(result: Result<Result<T, string>, string>): Result<T, string> {
  return result.ok ? result.value : result;
}

async function examine(
  client: GardenClient,
  open: OpenShoot | undefined,
  request: DoctorRequest,
): Promise<Result<DoctorReport, string>> {
  const caches = open === undefined ? undefined : readRuntimeCaches(open.shoot);
  if (caches !== undefined && !caches.ok) return caches;
  const looker: Looker = { client, namespace: request.namespace, unseen: [] };
  const objects = await gatherObjects(looker);
  const services = objects.services.map(toService);
  const statefulSets = objects.statefulSets.map(toStatefulSet);
  const pods = await Promise.all(objects.pods.map((it) => seePod(looker, it)));
  const seen = await Promise.all(objects.claims.map((it) => seeClaim(looker, it)));
  const claims = request.admin ? await measureClaims(looker, seen, objects.pods) : seen;
  const view: RuntimeView = {
    expected:
      open &&
      caches &&
      (await Promise.all(
        caches.value.map((it) => expectOf({ cache: it, open, looker, request }, { statefulSets, pods })),
      )),
    services,
    statefulSets,
    pods,
    claims,
    probes: request.admin ? await probeAll(looker, objects, request.repositories) : [],
    certificates: await seeCertificates(looker, objects.statefulSets, request.admin),
    now: request.now,
  };
  const upstreams = caches?.value.map((it) => it.upstream) ?? services.map((it) => it.upstream ?? it.name);
  const unseen = [...new Set([...looker.unseen, ...unclear(view.probes), ...(request.admin ? [] : [outsideOnly])])];
  return { ok: true, value: { upstreams, findings: diagnose(view), unseen, hostsToml: hostsOf(objects.services) } };
}

const outsideOnly =
  "logins, volumes and certificates from inside: --admin asks the caches themselves and compares what they run with";

interface Expecting {
  readonly cache: RuntimeCache;
  readonly open: OpenShoot;
  readonly looker: Looker;
  readonly request: DoctorRequest;
}

async function expectOf(
  { cache, open, looker, request }: Expecting,
  { statefulSets, pods }: Pick<RuntimeView, "statefulSets" | "pods">,
): Promise<ExpectedCache> {
  const login = open.loginOf(cache.secretReferenceName);
  const credentials = login.kind === "known" ? login.credentials : undefined;
  const { text } = renderConfigFile(cache, credentials ?? (login.kind === "unknown" ? nobody : undefined));
  const loginIsKnown = login.kind !== "unknown";
  const used = statefulSets.find((it) => it.name === cache.names.resource)?.configName;
  // In a cluster without Gardener the configuration is a ConfigMap of another form.
  const isGardener = request.namespace === "kube-system";
  const inUse =
    isGardener && request.admin && used !== undefined
      ? await compareConfig(looker, used, { text, loginIsKnown })
      : undefined;
  const configName =
    isGardener && loginIsKnown ? `${cache.names.resource}-config-${contentHash({ "config.yml": text })}` : undefined;
  const foreignRealm = mayBeWithheld(cache, pods) ? await findRealm(cache) : undefined;
  return { cache, configName, inUse, foreignRealm };
}

/** Only a log without the line that names a token server leaves the question open. */
function mayBeWithheld({ secretReferenceName, names }: RuntimeCache, pods: RuntimeView["pods"]): boolean {
  const logs = pods.filter((it) => it.app === names.resource && it.ready).map((it) => it.log?.trim() ?? "");
  const silent = logs.filter((it) => it !== "" && !it.includes("Discovered token authentication URL"));
  return secretReferenceName !== undefined && silent.length > 0;
}

const nobody = { username: redacted, password: redacted };

async function findRealm({ remoteUrl, httpProxy, httpsProxy }: RuntimeCache): Promise<string | undefined> {
  const { findForeignRealm } = await loadUpstream();
  return findForeignRealm(remoteUrl, { proxy: { http: httpProxy, https: httpsProxy }, timeoutMilliseconds: 5_000 });
}

function unclear(probes: readonly SeenProbe[]): readonly string[] {
  return probes
    .filter((it) => probeVerdict(it) === "unclear")
    .map(
      ({ pod, repository, status }) =>
        `login of ${pod}: its answer for ${repository} (${status}) does not tell; name a repository that it may pull by --repository UPSTREAM=NAME`,
    );
}
