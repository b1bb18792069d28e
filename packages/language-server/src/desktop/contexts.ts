import { isString, optional, shape } from "../guards.ts";
import { type Methods, method } from "../method.ts";
import type { Desktop } from "./desktop.ts";

/** The names of the contexts that a kubeconfig offers, as kubectl finds it where none is named; nothing is asked of a cluster. */
export function contextMethods({ env }: Desktop): Methods {
  return {
    "registryCache/contexts": method(shape({ kubeconfig: optional(isString) }), async (_, { kubeconfig }) => {
      // Loaded by the first who asks: most sessions never look beyond their files.
      const { offerContexts } = await import("@registry-cache/operations");
      return offerContexts(kubeconfig ?? undefined, env);
    }),
  };
}
