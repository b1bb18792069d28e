import { offerContexts } from "@registry-cache/operations";
import type { FlagValues } from "./command-line.ts";

/** The contexts of the kubeconfig that the command line or the environment names. */
export function completeContext({ kubeconfig }: FlagValues): readonly string[] {
  return offerContexts(typeof kubeconfig === "string" ? kubeconfig : undefined, process.env);
}
