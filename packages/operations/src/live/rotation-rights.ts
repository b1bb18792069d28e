import { type AccessQuestion, type GardenClient, resources } from "@registry-cache/garden";
import type { ShootRole } from "./shoot-access.ts";

/** What a rotation needs to do. */
export interface NeededRights {
  readonly deleteOld: boolean;
}

/** The rights that a rotation needs and that we lack, in words. */
export async function findMissingRights(client: GardenClient, { deleteOld }: NeededRights): Promise<readonly string[]> {
  const { namespace } = client;
  const { secrets, shoots } = resources;
  const wanted: readonly (readonly [string, AccessQuestion["resource"]])[] = [
    ["get", secrets],
    ["create", secrets],
    ["patch", secrets],
    ["patch", shoots],
    ["watch", shoots],
    ...(deleteOld ? [["delete", secrets] as const] : []),
  ];
  const answers = await Promise.all(wanted.map(([verb, resource]) => client.canI({ verb, resource, namespace })));
  return wanted
    .filter((_, index) => answers[index] === false)
    .map(([verb, { plural }]) => `you may not ${verb} ${plural} in namespace "${namespace}"`);
}

/** Says that we may not look into the Shoots of a namespace; undefined where we may. */
export async function findNoLook(client: GardenClient, as: ShootRole): Promise<string | undefined> {
  const { namespace } = client;
  const subresource = `${as}kubeconfig`;
  const may = await client.canI({ verb: "create", resource: resources.shoots, subresource, namespace });
  return may ? undefined : `you may not create shoots/${subresource} in namespace "${namespace}"`;
}
