import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import {
  type Access,
  answerHttp,
  type Clock,
  createAuthority,
  createFaults,
  createGardenerSimulator,
  type GardenerSimulator,
  gardenerOpenApi,
  type OpenApiChanges,
  realClock,
  type SimulatorOptions,
  type Store,
  type UserInfo,
  withOpenApi,
} from "@registry-cache/testkit";
import { type ApiCalls, openApiCalls } from "./api-calls.ts";
import type { Cluster } from "./cluster.ts";
import { createSplitStore } from "./remote-store.ts";

/** Gardener's API behind a real kube-apiserver, as in a real garden: users, rights and Secrets are the real server's. */
export interface AggregatedGarden {
  readonly simulator: GardenerSimulator;
  readonly store: Store;
  readonly calls: ApiCalls;
  stop(): Promise<void>;
}

/** The group versions that the simulator serves. */
const groupVersions = [
  "v1beta1.core.gardener.cloud",
  "v1alpha1.security.gardener.cloud",
  "v1alpha1.seedmanagement.gardener.cloud",
];
/** What the Shoots of this garden have beside those that we know. */
const newerShoot: OpenApiChanges = {
  newer: { "spec.provider.workers[].bootMode": { type: "string", description: "How machines start." } },
};

const service = { name: "gardener-apiserver", namespace: "garden" };

/** Starts the simulator and registers it with the cluster. Takes some seconds: the cluster must find it first. */
export async function startAggregatedGarden(
  cluster: Cluster,
  clock: Clock = realClock,
  options: SimulatorOptions = {},
): Promise<AggregatedGarden> {
  const calls = openApiCalls(cluster);
  const ended = new AbortController();
  const store = createSplitStore(calls, ended.signal);
  const simulator = createGardenerSimulator(
    { store, clock, authorize: (user, access) => mayDo(calls, user, access) },
    options,
  );
  const authority = createAuthority("gardener-apiserver");
  const names = [`${service.name}.${service.namespace}.svc`, "localhost"];
  const { certificate, key } = authority.issue({ commonName: service.name, names });
  // Only the real server's own certificate opens the door, so that its headers can be believed.
  const tls = {
    cert: certificate,
    key,
    ca: cluster.frontProxy.certificate,
    requestCert: true,
    rejectUnauthorized: true,
  };
  const server = createServer(tls, (request, response) => {
    const handle = withOpenApi(simulator.handler, { "apis/core.gardener.cloud/v1beta1": gardenerOpenApi(newerShoot) });
    const parts = { handle, identify: remoteUser, faults: createFaults(), record: () => undefined };
    answerHttp(request, response, parts).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await register(calls, typeof address === "object" && address !== null ? address.port : 0, authority.certificate);
  return {
    simulator,
    store,
    calls,
    stop: async () => {
      ended.abort();
      simulator.stop();
      calls.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The user whom the real server has authenticated. */
function remoteUser({ headersDistinct }: IncomingMessage): UserInfo {
  const prefix = "x-remote-extra-";
  const extra = Object.entries(headersDistinct)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, values]) => [decodeURIComponent(name.slice(prefix.length)), values ?? []] as const);
  return {
    name: headersDistinct["x-remote-user"]?.[0] ?? "system:anonymous",
    groups: headersDistinct["x-remote-group"] ?? [],
    ...(extra.length > 0 && { extra: Object.fromEntries(extra) }),
  };
}

async function register(calls: ApiCalls, port: number, certificate: string): Promise<void> {
  await calls.call("POST", "/api/v1/namespaces", { metadata: { name: service.namespace } });
  await calls.call("POST", `/api/v1/namespaces/${service.namespace}/services`, {
    metadata: { name: service.name },
    spec: { type: "ExternalName", externalName: "localhost", ports: [{ port }] },
  });
  for (const name of groupVersions) {
    const [version = "", ...group] = name.split(".");
    await calls.call("POST", "/apis/apiregistration.k8s.io/v1/apiservices", {
      metadata: { name },
      spec: {
        group: group.join("."),
        version,
        service: { ...service, port },
        caBundle: Buffer.from(certificate).toString("base64"),
        groupPriorityMinimum: 10000,
        versionPriority: 20,
      },
    });
  }
  const deadline = Date.now() + 60_000;
  for (const name of groupVersions) {
    while (!(await isAvailable(calls, name))) {
      if (Date.now() > deadline) throw new Error(`APIService ${name} did not get available`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function isAvailable(calls: ApiCalls, name: string): Promise<boolean> {
  const { status } = await calls.call("GET", `/apis/apiregistration.k8s.io/v1/apiservices/${name}`);
  return (
    JSON.stringify(status ?? {}).includes('"type":"Available"') && JSON.stringify(status).includes('"reason":"Passed"')
  );
}

/** Asks the real server what a user may do. */
async function mayDo(
  calls: ApiCalls,
  user: UserInfo,
  { verb, group, resource, subresource, namespace, name }: Access,
): Promise<boolean> {
  const review = await calls.call("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: {
      user: user.name,
      groups: user.groups,
      extra: user.extra,
      resourceAttributes: { verb, group, resource, subresource, namespace, name },
    },
  });
  const { status } = review;
  return typeof status === "object" && status !== null && "allowed" in status && status.allowed === true;
}
