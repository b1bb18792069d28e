import { type AccessQuestion, type GardenClient, resources } from "@registry-cache/garden";

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
