import type { Result } from "@registry-cache/core";
import type { ConnectionFlags, GardenClient } from "@registry-cache/garden";
import {
  diagnose,
  probeVerdict,
  type RuntimeFinding,
  readRuntimeCaches,
  renderHostsToml,
  type SeenProbe,
} from "@registry-cache/runtime";
import { type ClusterResult, openLiveShoot, withCluster } from "../live-cluster.ts";
import type { OpenShoot } from "../open-shoot.ts";
import type { Looker } from "./cluster-objects.ts";
import { hostsOf } from "./gather-cluster.ts";
import { gatherObjects } from "./gather-objects.ts";
import { gatherView } from "./gather-view.ts";
import { type NodesRequest, readNodes } from "./read-nodes.ts";

/** Which caches to look at, and how closely. */
export interface DoctorRequest {
  /** Without a Shoot these lead to the cluster of the caches, with one to its garden. */
  readonly flags: ConnectionFlags;
  readonly shoot: string | undefined;
  /** The Shoot of a manifest, where no garden is asked for it. */
  readonly open: OpenShoot | undefined;
  /** Looks inside: reads config Secrets, asks pods, measures volumes. */
  readonly admin: boolean;
  /** The namespace of the caches in their cluster. */
  readonly namespace: string;
  /** A repository by upstream that the login may see. */
  readonly repositories: ReadonlyMap<string, string>;
  /** Reads the hosts.toml files of nodes, too. */
  readonly nodes: NodesRequest | undefined;
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
  /** The nodes whose files were read, where that was asked for. */
  readonly nodes?: readonly string[];
}

/** Looks at the caches of a cluster and says what is wrong with them; the error says why nothing was looked at. */
export async function examineCaches(request: DoctorRequest): Promise<ClusterResult<DoctorReport>> {
  const { flags, shoot, open: given, admin } = request;
  if (shoot === undefined) return flatten(await withCluster({ flags }, (client) => examine(client, given, request)));
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

function flatten<T>(result: ClusterResult<Result<T, string>>): ClusterResult<T> {
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
  const wanted = open && caches && { open, caches: caches.value };
  const hosts = hostsOf(objects, request.namespace);
  const seen = request.nodes && (await readNodes(looker, objects, request.nodes));
  if (request.nodes !== undefined && seen === undefined)
    return { ok: false, error: ["stopped before the nodes were read", ...looker.unseen].join("; ") };
  const view = { ...(await gatherView(looker, objects, { ...request, wanted })), nodes: seen && { hosts, seen } };
  const upstreams = caches?.value.map((it) => it.upstream) ?? view.services.map((it) => it.upstream ?? it.name);
  const unseen = [...new Set([...looker.unseen, ...unclear(view.probes), ...(request.admin ? [] : [outsideOnly])])];
  const hostsToml = hosts.map((it) => `# ${it.upstream}\n${renderHostsToml(it)}`).join("\n");
  const nodes = seen?.map((it) => it.node);
  return { ok: true, value: { upstreams, findings: diagnose(view), unseen, hostsToml, ...(nodes && { nodes }) } };
}

const outsideOnly =
  "logins, volumes and certificates from inside: --admin asks the caches themselves and compares what they run with";

/** Probes whose answer does not tell, in words. */
export function unclear(probes: readonly SeenProbe[]): readonly string[] {
  return probes
    .filter((it) => probeVerdict(it) === "unclear")
    .map(
      ({ pod, repository, status }) =>
        `login of ${pod}: its answer for ${repository} (${status}) does not tell; name a repository that it may pull by --repository UPSTREAM=NAME`,
    );
}
