import { readFileSync } from "node:fs";
import { closest } from "@registry-cache/core";
import { explainError } from "../explain-error.ts";
import { GardenError } from "../garden-error.ts";
import type { Access, ConnectionFlags } from "./access.ts";
import { inCluster, serviceAccountFolder } from "./in-cluster.ts";
import { type Cluster, type Context, type Kubeconfig, noCluster, noUser, type User } from "./kubeconfig.ts";
import type { Environment } from "./load-kubeconfig.ts";
import { resolveUser } from "./resolve-user.ts";

/** Joins kubeconfig and flags as kubectl does; without either it looks for the cluster that we run in. */
export function resolveAccess(
  config: Kubeconfig,
  flags: ConnectionFlags,
  env: Environment,
  folder: string = serviceAccountFolder,
): Access {
  const chosen = [config.currentContext, flags.context, flags.cluster, flags.server].some(Boolean);
  const own = chosen ? undefined : inCluster(env, folder);
  if (!chosen && own === undefined && config.clusters.size === 0) throw new GardenError("config", noConfig(env));
  const { config: found, namespace } = own ?? { config, namespace: "" };
  const contextName = flags.context || found.currentContext;
  const context = contextOf(found, contextName, flags);
  const cluster = resolveCluster(found, context, flags);
  const user = resolveUser(userOf(found, context, flags), flags, context.user);
  const place = flags.namespace || context.namespace || namespace;
  return {
    contextName,
    clusterName: context.cluster,
    userName: context.user,
    namespace: place || "default",
    namespaceChosen: place !== "",
    server: serverUrl(cluster, context.cluster),
    cluster,
    authorities: authoritiesOf(cluster, context.cluster),
    user,
    impersonation: user.impersonation,
  };
}

function noConfig(env: Environment): string {
  const list = env["KUBECONFIG"] ?? "";
  if (list === "")
    return "no kubeconfig was found: name one by --kubeconfig or $KUBECONFIG, or put it to ~/.kube/config";
  return `no cluster was found: $KUBECONFIG is "${list}", and no file there names one`;
}

function contextOf(config: Kubeconfig, name: string, flags: ConnectionFlags): Context {
  const found = config.contexts.get(name);
  if (found === undefined && name !== "") throw missing("context", name, [...config.contexts.keys()]);
  const context = found ?? { cluster: "", user: "", namespace: "" };
  if (found === undefined && !flags.cluster && !flags.server) throw noCurrent(config);
  return { ...context, cluster: flags.cluster || context.cluster, user: flags.user || context.user };
}

function noCurrent({ contexts }: Kubeconfig): GardenError {
  const names = few([...contexts.keys()].sort());
  const known = names === "" ? "the kubeconfig has none" : `known are ${names}`;
  return new GardenError("config", `no context is chosen: name one by --context; ${known}`);
}

function resolveCluster(config: Kubeconfig, { cluster: name }: Context, flags: ConnectionFlags): Cluster {
  const found = config.clusters.get(name);
  if (found === undefined && (name !== "" || !flags.server))
    throw missing("cluster", name, [...config.clusters.keys()]);
  const cluster = found ?? noCluster;
  const trusts = flags.insecureSkipTlsVerify === true || (flags.certificateAuthority ?? "") !== "";
  return {
    ...cluster,
    server: flags.server || cluster.server,
    // A server of one's own has a name of its own.
    tlsServerName: flags.tlsServerName || (flags.server ? "" : cluster.tlsServerName),
    disableCompression: flags.disableCompression ?? cluster.disableCompression,
    ...(trusts && {
      insecureSkipTlsVerify: flags.insecureSkipTlsVerify === true,
      certificateAuthority: flags.certificateAuthority ?? "",
      certificateAuthorityData: "",
    }),
  };
}

function userOf(config: Kubeconfig, { user: name }: Context, flags: ConnectionFlags): User {
  const found = config.users.get(name);
  if (found === undefined && (flags.user || (name !== "" && !flags.token)))
    throw missing("user", name, [...config.users.keys()]);
  return found ?? noUser;
}

function missing(what: string, name: string, known: readonly string[]): GardenError {
  const nearest = closest(name, known);
  const all = known.length === 0 ? "" : `; known are ${few(known.toSorted())}`;
  const hint = nearest === undefined ? all : `, did you mean "${nearest}"?`;
  return new GardenError("config", `${what} "${name}" does not exist in the kubeconfig${hint}`);
}

function few(names: readonly string[]): string {
  const most = 5;
  const others = names.length - most;
  return names.slice(0, most).join(", ") + (others > 0 ? ` and ${others} more` : "");
}

function serverUrl(
  { server, certificateAuthority, certificateAuthorityData, insecureSkipTlsVerify }: Cluster,
  name: string,
): URL {
  if (server === "") throw new GardenError("config", `no server is given for cluster "${name}"`);
  const secure = certificateAuthority !== "" || certificateAuthorityData !== "" || insecureSkipTlsVerify;
  const url = /^https?:\/\//i.test(server) ? server : `${secure ? "https" : "http"}://${server}`;
  if (!URL.canParse(url)) throw new GardenError("config", `the server "${server}" of cluster "${name}" is no address`);
  return new URL(url);
}

function authoritiesOf(cluster: Cluster, name: string): string | undefined {
  const { certificateAuthority, certificateAuthorityData, insecureSkipTlsVerify } = cluster;
  if (insecureSkipTlsVerify && (certificateAuthority !== "" || certificateAuthorityData !== ""))
    throw new GardenError(
      "config",
      `cluster "${name}" has both a certificate authority and insecure-skip-tls-verify; keep one`,
    );
  if (certificateAuthorityData !== "") return Buffer.from(certificateAuthorityData, "base64").toString("latin1");
  if (certificateAuthority === "") return undefined;
  try {
    return readFileSync(certificateAuthority, "latin1");
  } catch (error) {
    const message = `cannot read certificate-authority "${certificateAuthority}" of cluster "${name}": ${explainError(error)}`;
    throw new GardenError("config", message);
  }
}
