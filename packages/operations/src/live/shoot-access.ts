import { connectGarden, type GardenClient, isGardenError, type StopSignal } from "@registry-cache/garden";

/** With whose rights a Shoot is looked into. */
export type ShootRole = "viewer" | "admin";

/** Opens the clusters of Shoots, each once for as long as its kubeconfig lasts. */
export interface ShootAccess {
  open(shoot: string, signal: StopSignal): Promise<GardenClient>;
  close(): void;
}

/** How long a kubeconfig is asked for: as long as most rotations of a Shoot take. */
const seconds = 3600;
/** One that ends so soon is not used any more. */
const margin = 300_000;

interface Opened {
  readonly client: Promise<GardenClient>;
  readonly until: number;
}

/** Makes an access that asks the garden for kubeconfigs. They stay in memory. */
export function openShootAccess(
  garden: GardenClient,
  role: ShootRole,
  connect: (kubeconfigText: string) => GardenClient = connectShoot,
): ShootAccess {
  const opened = new Map<string, Opened>();
  const clients: GardenClient[] = [];
  const lend = async (name: string, signal: StopSignal): Promise<GardenClient> => {
    const { text } = await garden.shootKubeconfig({ namespace: garden.namespace, name }, role, seconds, { signal });
    const client = connect(text);
    clients.push(client);
    return client;
  };
  return {
    open(shoot, signal) {
      const there = opened.get(shoot);
      if (there !== undefined && there.until > Date.now()) return there.client;
      const client = lend(shoot, signal);
      opened.set(shoot, { client, until: Date.now() + seconds * 1000 - margin });
      // Who may not will not a minute later; anything else may work the next time.
      client.catch((error: unknown) => {
        if (!isGardenError(error) || error.kind !== "forbidden") opened.delete(shoot);
      });
      return client;
    },
    close() {
      for (const it of clients) it.close();
    },
  };
}

/** No program is started for a kubeconfig that comes from elsewhere. */
function connectShoot(kubeconfigText: string): GardenClient {
  return connectGarden({ kubeconfigText, allowPlugins: false, requestTimeout: 20_000 });
}
