import { maskSecrets, printYaml } from "@registry-cache/core";
import { type GardenClient, type Keep, resources } from "@registry-cache/garden";
import { manifestFields, type ObjectName } from "./garden-facts.ts";
import { asManifest } from "./shoot-fields.ts";

/** What a person wants to see of a Shoot: what a manifest says, and how its last operation went. */
const shownFields: Keep = {
  ...manifestFields,
  metadata: { name: true, namespace: true, labels: true, annotations: true, generation: true, deletionTimestamp: true },
  status: { observedGeneration: true, hibernated: true, seedName: true, lastOperation: true, lastErrors: true },
};

/** A Shoot of the garden as YAML, as it may be shown: a password in an address is masked. */
export async function readShootText(client: GardenClient, { namespace, name }: ObjectName): Promise<string> {
  const shoot = await client.get({ resource: resources.shoots, namespace, name }, { keep: shownFields });
  return maskSecrets(printYaml(asManifest(shoot)));
}
