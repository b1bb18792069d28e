import { redacted } from "@registry-cache/core";
import {
  contentHash,
  type ExpectedCache,
  type RuntimeCache,
  type RuntimeView,
  renderConfigFile,
} from "@registry-cache/runtime";
import { loadUpstream } from "../load-upstream.ts";
import type { Login, OpenShoot } from "../open-shoot.ts";
import type { Looker } from "./cluster-objects.ts";
import { compareConfig } from "./gather-inside.ts";

/** A cache, and what there is to compare it with. */
export interface Expecting {
  readonly cache: RuntimeCache;
  readonly open: OpenShoot;
  readonly looker: Looker;
  /** Reads the configuration that is in use, too. */
  readonly admin: boolean;
}

/** What a cache should run with, as far as the Shoot and its Secrets tell. */
export async function expectOf(
  { cache, open, looker, admin }: Expecting,
  { statefulSets, pods }: Pick<RuntimeView, "statefulSets" | "pods">,
): Promise<ExpectedCache> {
  const login = open.loginOf(cache.secretReferenceName);
  const credentials = login.kind === "known" ? login.credentials : undefined;
  const { text } = renderConfigFile(cache, credentials ?? (login.kind === "unknown" ? nobody : undefined));
  const loginIsKnown = login.kind !== "unknown";
  const used = statefulSets.find((it) => it.name === cache.names.resource)?.configName;
  // In a cluster without Gardener the configuration is a ConfigMap of another form.
  const isGardener = looker.namespace === "kube-system";
  const inUse =
    isGardener && admin && used !== undefined ? await compareConfig(looker, used, { text, loginIsKnown }) : undefined;
  const configName = isGardener ? configNameOf(cache, login) : undefined;
  const foreignRealm = mayBeWithheld(cache, pods) ? await findRealm(cache) : undefined;
  return { cache, configName, inUse, foreignRealm };
}

/** The name of the config Secret that this version of the extension makes; undefined where the login is unknown. */
export function configNameOf(cache: RuntimeCache, login: Login): string | undefined {
  if (login.kind === "unknown") return undefined;
  const { text } = renderConfigFile(cache, login.kind === "known" ? login.credentials : undefined);
  return `${cache.names.resource}-config-${contentHash({ "config.yml": text })}`;
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
