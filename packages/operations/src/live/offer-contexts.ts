import { contextNames, type Environment, isGardenError } from "@registry-cache/garden";

/** The contexts that a kubeconfig offers; none where it cannot be read, since nobody reads an error while typing. */
export function offerContexts(kubeconfig: string | undefined, env: Environment): readonly string[] {
  try {
    return contextNames(kubeconfig, env);
  } catch (error) {
    if (isGardenError(error)) return [];
    throw error;
  }
}
