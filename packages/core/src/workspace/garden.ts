import type { ClusterFacts, KnownSecret, LiveSecret, Reference } from "./workspace.ts";

/** Answers what is known of Secrets and of who refers to them, from the workspace's manifests and from a connected garden. */
export interface Garden {
  /** The manifests that stand for a Secret. A manifest without a namespace may be for any. */
  manifestsOf(name: string, namespace: string | undefined): readonly KnownSecret[];
  /** The names of all Secrets that a Shoot of the namespace could use, sorted. */
  secretNames(namespace: string | undefined): readonly string[];
  /** All manifests that stand for a Secret of this name in any namespace. */
  namesakes(name: string): readonly KnownSecret[];
  /** The Secret as the garden has it; "unknown" where no garden was asked about the namespace. */
  live(name: string, namespace: string | undefined): LiveSecret | "missing" | "unknown";
  /** The references to a Secret, in the order in which their files were read. */
  referencesTo(secret: { readonly name: string; readonly namespace: string | undefined }): readonly Reference[];
}

/** Indexes the Secrets and references of a workspace. */
export function indexGarden(
  secrets: readonly KnownSecret[],
  references: readonly Reference[],
  cluster?: ClusterFacts,
): Garden {
  const secretsByName = groupBy(secrets, (it) => it.name);
  const referencesByName = groupBy(
    references.filter((it) => it.target !== undefined),
    (it) => it.target?.name ?? "",
  );
  // Asked for each Secret that is missing, which may be every one.
  const namesByNamespace = new Map<string | undefined, readonly string[]>();
  return {
    manifestsOf: (name, namespace) =>
      (secretsByName.get(name) ?? []).filter((it) => sameNamespace(it.namespace, namespace)),
    namesakes: (name) => secretsByName.get(name) ?? [],
    referencesTo: ({ name, namespace }) =>
      (referencesByName.get(name) ?? []).filter((it) => sameNamespace(it.namespace, namespace)),
    live: (name, namespace) => findLive(cluster, name, namespace),
    secretNames(namespace) {
      const names = namesByNamespace.get(namespace) ?? listNames(secrets, namespace, cluster);
      namesByNamespace.set(namespace, names);
      return names;
    },
  };
}

function listNames(
  secrets: readonly KnownSecret[],
  namespace: string | undefined,
  cluster?: ClusterFacts,
): readonly string[] {
  const written = secrets.filter((it) => sameNamespace(it.namespace, namespace)).map((it) => it.name);
  const live = (cluster?.secrets ?? []).filter((it) => it.namespace === namespace).map((it) => it.name);
  return [...new Set([...written, ...live])].sort();
}

/** A manifest may leave its namespace to `kubectl -n`, so an absent one matches any. */
function sameNamespace(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function findLive(
  cluster: ClusterFacts | undefined,
  name: string,
  namespace: string | undefined,
): LiveSecret | "missing" | "unknown" {
  if (cluster === undefined || namespace === undefined || !cluster.namespaces.includes(namespace)) return "unknown";
  return cluster.secrets.find((it) => it.name === name && it.namespace === namespace) ?? "missing";
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
