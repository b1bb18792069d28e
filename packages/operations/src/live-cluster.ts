import { type Result, readManifests } from "@registry-cache/core";
import type * as garden from "@registry-cache/garden";
import type { ConnectionFlags, GardenClient } from "@registry-cache/garden";
import { type OpenShoot, openAmong } from "./open-shoot.ts";

/** The garden's client, loaded when a cluster is asked: a check of files never needs it. */
export async function loadGarden(): Promise<typeof garden> {
  return await import("@registry-cache/garden");
}

/** A Shoot as its garden has it. */
export interface LiveShootRequest {
  readonly flags: ConnectionFlags;
  readonly shoot: string;
}

/** What comes of work in a cluster, or one line that says why it did not come about. */
export type ClusterResult<T> = { readonly ok: true; readonly value: T } | ClusterFailure;

/** Why work in a cluster did not come about. */
export interface ClusterFailure {
  readonly ok: false;
  readonly error: string;
  /** The cluster's own words: nothing is put before them, as in kubectl. */
  readonly whole?: boolean;
}

/** Runs with a client and closes it; what a cluster refuses or does not answer comes as one line. */
export async function withCluster<T>(
  options: garden.ConnectOptions,
  work: (client: GardenClient) => Promise<T>,
): Promise<ClusterResult<T>> {
  const { connectGarden, isGardenError } = await loadGarden();
  let client: GardenClient | undefined;
  try {
    client = connectGarden(options);
    return { ok: true, value: await work(client) };
  } catch (error) {
    if (isGardenError(error)) return { ok: false, error: error.message, whole: error.details.whole === true };
    throw error;
  } finally {
    client?.close();
  }
}

/** Opens a Shoot as its garden has it now, with one connection for it alone. */
export async function openShootOfGarden({ flags, shoot }: LiveShootRequest): Promise<ClusterResult<OpenShoot>> {
  const result = await withCluster({ flags }, (client) => openLiveShoot(client, shoot));
  return result.ok ? result.value : result;
}

/** Opens a Shoot of a garden with the Secrets of its caches, as far as we may read them. Values stay in memory. */
export async function openLiveShoot(client: GardenClient, name: string): Promise<Result<OpenShoot, string>> {
  const { resources, isGardenError } = await loadGarden();
  const { namespace } = client;
  const object = await client.get({ resource: resources.shoots, namespace, name });
  const shoot = readManifests(
    `shoot ${name}`,
    JSON.stringify({ apiVersion: "core.gardener.cloud/v1beta1", kind: "Shoot", ...object }),
  );
  const files = [shoot];
  for (const secret of namesOfSecrets(shoot)) {
    try {
      const found = await client.get({ resource: resources.secrets, namespace, name: secret });
      files.push(readManifests(`secret ${secret}`, JSON.stringify({ apiVersion: "v1", kind: "Secret", ...found })));
    } catch (error) {
      // Who may not read it, or finds none, is told by the login being unknown.
      if (!isGardenError(error) || !["forbidden", "not-found"].includes(error.kind)) throw error;
    }
  }
  return openAmong(files, { names: [`namespace ${namespace}`], recursive: false, shoot: name });
}

function namesOfSecrets({ documents }: ReturnType<typeof readManifests>): readonly string[] {
  const names = documents.flatMap(({ shoots }) =>
    shoots.flatMap(({ resources, registryCache }) => {
      const used = new Set((registryCache?.caches ?? []).map((it) => it.secretReferenceName?.value));
      return resources.filter((it) => used.has(it.name?.value)).flatMap((it) => it.target?.value ?? []);
    }),
  );
  return [...new Set(names)];
}
