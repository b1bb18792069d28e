import type { NameAffix } from "../manifest/kustomization.ts";
import { closest } from "../text/distance.ts";
import { createNameIndex, type NamespacedName } from "./name-index.ts";
import type { SecretMention } from "./outline.ts";
import type { ClusterFacts, KnownSecret, LiveSecret, Purpose, Reference } from "./workspace.ts";

/** Answers what is known of Secrets and of who refers to them, from the workspace's manifests and from a connected garden. */
export interface Garden {
  /** The manifests that stand for a Secret. A manifest without a namespace may be for any. */
  manifestsOf(name: string, namespace: string | undefined): readonly KnownSecret[];
  /** Whether any manifest stands for a Secret; without a namespace, one of any. */
  isWritten(name: string, namespace: string | undefined): boolean;
  /** The names of all Secrets that a Shoot of the namespace could use, sorted. */
  secretNames(namespace: string | undefined): readonly string[];
  /** The name nearest to a name that is none of `secretNames`, for a "did you mean". */
  similarName(name: string, namespace: string | undefined): string | undefined;
  /** Whether kustomizations give some of the Secrets other names than are written, so that a name that nobody writes may be right. */
  renames(): boolean;
  /** All manifests that stand for a Secret of this name in any namespace, one by one. */
  namesakes(name: string): Iterable<KnownSecret>;
  /** The Secret as the garden has it; "unknown" where no garden was asked about the namespace. */
  live(name: string, namespace: string | undefined): LiveSecret | "missing" | "unknown";
  /** The Secrets that the Shoot of a reference uses in the garden for the same upstream; none where that is not known. */
  liveUses(reference: Reference): readonly string[];
  /** The references to a Secret, in the order in which their files were read, those of caches first. */
  referencesTo(secret: NamespacedName): readonly Reference[];
  /** The references to a Secret for one purpose, one by one. */
  usesOf(secret: NamespacedName, purpose: Purpose): Iterable<Reference>;
  /** How many references `usesOf` gives. */
  countUses(secret: NamespacedName, purpose: Purpose): number;
  /** All places where Shoots name a Secret: their entries of spec.resources and other fields. */
  mentionsOf(secret: NamespacedName): readonly SecretMention[];
}

/** What a file adds to a garden. */
export interface GardenPart {
  readonly secrets: readonly KnownSecret[];
  readonly references: readonly Reference[];
  readonly mentions: readonly SecretMention[];
  readonly affixes: readonly NameAffix[];
}

/** A garden that follows its files. */
export interface GrowingGarden extends Garden {
  /** Puts what a file says in place of what it said. `order` is the file's place among all. */
  replace(order: number, before: GardenPart, after: GardenPart): void;
  setCluster(cluster: ClusterFacts | undefined): void;
  /** The references for one purpose of Shoots in exactly this namespace, or without one where it is absent. */
  usesExactly(secret: NamespacedName, purpose: Purpose): Iterable<Reference>;
  /** How many manifests have this name and exactly this namespace. */
  countExactly(secret: NamespacedName): number;
  /** The names of Secrets that manifests of a namespace have. */
  writtenNames(namespace: string | undefined): ReadonlySet<string>;
  /** All names that references have as their Secret's. */
  wantedNames(): ReadonlySet<string>;
}

/** Makes a garden without any file. */
export function createGarden(): GrowingGarden {
  const secrets = createNameIndex<KnownSecret>((it) => it);
  const uses = {
    credentials: createNameIndex<Reference>(targetName),
    "ca-bundle": createNameIndex<Reference>(targetName),
  };
  const mentions = createNameIndex<SecretMention>(({ name: { name }, namespace }) => ({ name, namespace }));
  let affixes = 0;
  let live = indexCluster(undefined);
  const choices = createChoices((namespace) => [...secrets.namesIn(namespace), ...live.names(namespace)]);
  return {
    manifestsOf: (name, namespace) => [...secrets.each({ name, namespace })],
    isWritten: (name, namespace) => secrets.count({ name, namespace }) > 0,
    namesakes: (name) => secrets.each({ name, namespace: undefined }),
    countExactly: secrets.countExactly,
    writtenNames: secrets.namesIn,
    wantedNames: () => new Set([...uses.credentials.names(), ...uses["ca-bundle"].names()]),
    referencesTo: (secret) => [...uses.credentials.each(secret), ...uses["ca-bundle"].each(secret)],
    usesOf: (secret, purpose) => uses[purpose].each(secret),
    usesExactly: (secret, purpose) => uses[purpose].eachExactly(secret),
    countUses: (secret, purpose) => uses[purpose].count(secret),
    mentionsOf: (secret) => [...mentions.each(secret)],
    renames: () => affixes > 0,
    live: (name, namespace) => live.find(name, namespace),
    liveUses: (reference) => live.uses(reference),
    secretNames: choices.names,
    similarName: choices.similar,
    replace(order, before, after) {
      affixes += after.affixes.length - before.affixes.length;
      secrets.replace(order, before.secrets, after.secrets);
      mentions.replace(order, before.mentions, after.mentions);
      for (const purpose of ["credentials", "ca-bundle"] as const) {
        uses[purpose].replace(order, ofPurpose(before, purpose), ofPurpose(after, purpose));
      }
      if (namesOf(before) !== namesOf(after)) choices.forget();
    },
    setCluster(cluster) {
      live = indexCluster(cluster);
      choices.forget();
    },
  };
}

interface Choices {
  names(namespace: string | undefined): readonly string[];
  similar(name: string, namespace: string | undefined): string | undefined;
  forget(): void;
}

/** The names to choose from are asked for each Secret that is missing, which may be every one, and again after each edit of a Shoot. */
function createChoices(list: (namespace: string | undefined) => readonly string[]): Choices {
  const names = new Map<string | undefined, readonly string[]>();
  const similar = new Map<string, string | undefined>();
  const namesIn = (namespace: string | undefined): readonly string[] => {
    const known = names.get(namespace) ?? [...new Set(list(namespace))].sort();
    names.set(namespace, known);
    return known;
  };
  return {
    names: namesIn,
    similar(name, namespace) {
      const key = JSON.stringify([name, namespace ?? null]);
      if (!similar.has(key)) similar.set(key, closest(name, namesIn(namespace)));
      return similar.get(key);
    },
    forget() {
      names.clear();
      similar.clear();
    },
  };
}

function targetName({ target, namespace }: Reference): NamespacedName | undefined {
  return target && { name: target.name, namespace };
}

function ofPurpose({ references }: GardenPart, purpose: Purpose): readonly Reference[] {
  return references.filter((it) => it.purpose === purpose);
}

function namesOf({ secrets }: GardenPart): string {
  return secrets.length === 0 ? "" : JSON.stringify(secrets.map(({ name, namespace = null }) => [name, namespace]));
}

interface LiveIndex {
  uses(reference: Reference): readonly string[];
  find(name: string, namespace: string | undefined): LiveSecret | "missing" | "unknown";
  names(namespace: string | undefined): Iterable<string>;
}

function indexCluster(cluster: ClusterFacts | undefined): LiveIndex {
  const namespaces = new Set(cluster?.namespaces);
  const byNamespace = new Map<string, Map<string, LiveSecret>>();
  for (const secret of cluster?.secrets ?? []) {
    const known = byNamespace.get(secret.namespace) ?? new Map<string, LiveSecret>();
    byNamespace.set(secret.namespace, known);
    if (!known.has(secret.name)) known.set(secret.name, secret);
  }
  const uses = indexUses(cluster);
  return {
    uses: ({ namespace, shootName, purpose, upstream }) =>
      uses.get(JSON.stringify([namespace, shootName, purpose, upstream])) ?? [],
    find(name, namespace) {
      if (namespace === undefined || !namespaces.has(namespace)) return "unknown";
      return byNamespace.get(namespace)?.get(name) ?? "missing";
    },
    names: (namespace = cluster?.current) =>
      namespace === undefined ? [] : (byNamespace.get(namespace)?.keys() ?? []),
  };
}

function indexUses(cluster: ClusterFacts | undefined): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, string[]>();
  for (const { namespace, shoot, purpose, upstream, secret } of cluster?.uses ?? []) {
    const key = JSON.stringify([namespace, shoot, purpose, upstream]);
    const others = uses.get(key);
    if (others === undefined) uses.set(key, [secret]);
    else others.push(secret);
  }
  return uses;
}
