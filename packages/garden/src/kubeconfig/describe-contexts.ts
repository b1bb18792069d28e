import { noUser } from "./kubeconfig.ts";
import { type Environment, loadKubeconfig } from "./load-kubeconfig.ts";

/** What a person has to know of a context to choose it. Nothing of it is a credential. */
export interface ContextSummary {
  readonly name: string;
  /** Whether it is the one that is used when none is named. */
  readonly current: boolean;
  /** The host of its server with its port; empty where the kubeconfig does not say. */
  readonly server: string;
  /** Empty where the context names none. */
  readonly namespace: string;
  /** The program that is started to log in; absent where none is. */
  readonly program?: string;
}

/** Describes the contexts of a kubeconfig in their order. Nothing is asked of a cluster. Throws a `GardenError` where it cannot be read. */
export function describeContexts(flag: string | undefined, env: Environment): readonly ContextSummary[] {
  const { contexts, clusters, users, currentContext } = loadKubeconfig(flag, env);
  return [...contexts].map(([name, { cluster, user, namespace }]) => {
    const { exec } = users.get(user) ?? noUser;
    return {
      name,
      current: name === currentContext,
      server: hostOf(clusters.get(cluster)?.server ?? ""),
      namespace,
      ...(exec && { program: exec.command }),
    };
  });
}

/** Without what stands before an `@`, which may be a password. */
function hostOf(server: string): string {
  const address = /^https?:\/\//i.test(server) ? server : `https://${server}`;
  return URL.canParse(address) ? new URL(address).host : "";
}
