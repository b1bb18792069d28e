import type { RotatingShoot } from "@registry-cache/core";
import { errorLine, type GardenClient, isGardenError, resources } from "@registry-cache/garden";

/** The name of the entry that is never stored. */
const trialEntry = "registry-cache-rotation-preflight";
/** How many Shoots are asked about at a time. */
const atOnce = 10;

/**
 * Shoots whose `spec.resources` the server would not let us change: whenever the list differs, each entry of it must be there
 * and be ours to read, whatever its kind. A dry run with one entry more asks just that, before anything is made.
 */
export async function findRefusedLists(
  client: GardenClient,
  shoots: readonly RotatingShoot[],
  from: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let at = 0; at < shoots.length; at += atOnce) {
    const asked = shoots.slice(at, at + atOnce).map((it) => ask(client, it.shoot.name, from));
    found.push(...(await Promise.all(asked)).flat());
  }
  return found;
}

async function ask(client: GardenClient, name: string, from: string): Promise<readonly string[]> {
  const value = { name: trialEntry, resourceRef: { apiVersion: "v1", kind: "Secret", name: from } };
  const ref = { resource: resources.shoots, namespace: client.namespace, name };
  try {
    await client.patch(ref, [{ op: "add", path: "/spec/resources/-", value }], { dryRun: true });
    return [];
  } catch (error) {
    if (!isGardenError(error) || !["forbidden", "invalid"].includes(error.kind)) throw error;
    return [`Gardener refuses every change of spec.resources of Shoot "${name}": ${errorLine(error)}`];
  }
}
