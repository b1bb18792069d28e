import { probeSteps } from "@registry-cache/core";
import { type ApiObject, errorLine, type GardenClient, isGardenError, resources } from "@registry-cache/garden";

/** What the server's own admission says of a Shoot and the Secrets of its caches. Nothing is stored. */
export interface AdmissionAnswer {
  readonly namespace: string;
  readonly shoot: string;
  /** `not-asked`: no cache of it refers to a Secret, or it is being deleted and admission looks at nothing. */
  readonly answer: "allowed" | "refused" | "not-asked";
  /** What the server says to a refusal. It may also mean that we have no right to change the Shoot. */
  readonly message?: string;
}

/** Asks admission by a dry run that makes it look at the Secrets. `secrets` are others to be tried, by upstream. */
export async function askAdmission(
  client: GardenClient,
  shoot: ApiObject,
  secrets: { readonly [upstream: string]: string },
): Promise<AdmissionAnswer> {
  const { namespace = "", name, deletionTimestamp } = shoot.metadata;
  const steps = deletionTimestamp === undefined ? probeSteps(shoot, secrets) : undefined;
  if (steps === undefined) return { namespace, shoot: name, answer: "not-asked" };
  try {
    await client.patch({ resource: resources.shoots, namespace, name }, steps, { dryRun: true });
    return { namespace, shoot: name, answer: "allowed" };
  } catch (error) {
    if (!isGardenError(error) || !["forbidden", "invalid"].includes(error.kind)) throw error;
    return { namespace, shoot: name, answer: "refused", message: errorLine(error) };
  }
}
