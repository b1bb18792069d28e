import {
  type ClusterFacts,
  type LiveSecret,
  type LiveUse,
  type PreviousShoot,
  readLiveChain,
} from "@registry-cache/core";
import type { ApiObject, GardenClient } from "@registry-cache/garden";
import type { LiveView, Signal } from "./follow-live.ts";
import { type ObjectName, readSecret, readShoots, type Wanted } from "./garden-facts.ts";
import { previousShoot } from "./manifests-in-garden.ts";
import { secretKey } from "./secret-index.ts";

/** What a garden says of the manifests of an editor: what `lint --live` would know of them. */
export interface EditorFacts {
  readonly cluster: ClusterFacts;
  /** What an update would change, by `namespace/name`, of the Shoots that the manifests name. As long as it is the same it is the same object. */
  readonly previous: ReadonlyMap<string, PreviousShoot>;
}

/** Reads what a view does not hold, and keeps it for as long as it holds. Dropping it forgets every value. */
export interface FactReader {
  /**
   * The facts for some manifests. Values are asked for of the wanted Secrets alone: of those that a manifest refers to and
   * none writes. Throws a `GardenError`.
   */
  read(view: LiveView, wanted: Wanted, signal: Signal): Promise<EditorFacts>;
}

/** Makes a reader that knows nothing yet. `namespace` is the one of manifests that name none. */
export function createFactReader(client: GardenClient, namespace: string): FactReader {
  const known: Known = { secrets: new Map(), shoots: new Map(), uses: new WeakMap() };
  return {
    async read(view, wanted, signal) {
      const hidden = new Set(view.forbidden.secrets);
      const values = await readValues(client, { view, known, hidden, signal }, wanted.secrets);
      return {
        cluster: toCluster({ view, hidden, values, wanted, namespace, usesOf: usesOf(known) }),
        previous: await readPrevious(client, { view, known, signal }, wanted.shoots),
      };
    },
  };
}

interface Known {
  secrets: Map<string, { readonly version: string; readonly secret: LiveSecret }>;
  shoots: Map<string, { readonly state: string; readonly previous: PreviousShoot | undefined }>;
  readonly uses: WeakMap<ApiObject, readonly LiveUse[]>;
}

interface Reading {
  readonly view: LiveView;
  readonly known: Known;
  readonly signal: Signal;
}

/** So many Secrets are asked for at once. */
const atOnce = 8;

/** The wanted Secrets with their values. Where one may not be read, its namespace is added to `hidden`. */
async function readValues(
  client: GardenClient,
  { view, known, hidden, signal }: Reading & { readonly hidden: Set<string | undefined> },
  wanted: readonly ObjectName[],
): Promise<ReadonlyMap<string, LiveSecret>> {
  const kept: Known["secrets"] = new Map();
  const missing: { readonly name: ObjectName; readonly version: string }[] = [];
  for (const name of wanted) {
    const key = secretKey(name.namespace, name.name);
    const seen = view.secrets.get(key);
    const before = known.secrets.get(key);
    if (seen === undefined || hidden.has(name.namespace)) continue;
    if (before?.version === seen.version) kept.set(key, before);
    else missing.push({ name, version: seen.version });
  }
  while (missing.length > 0) {
    const batch = missing.splice(0, atOnce);
    const read = await Promise.all(batch.map((it) => readSecret(client, it.name, signal)));
    for (const [index, { name, version }] of batch.entries()) {
      const secret = read[index];
      if (secret === "forbidden") hidden.add(name.namespace);
      else if (secret !== undefined) kept.set(secretKey(name.namespace, name.name), { version, secret });
    }
  }
  // What nobody wants any more is forgotten with its values.
  known.secrets = kept;
  return new Map([...kept].map(([key, { secret }]) => [key, secret]));
}

interface ClusterParts {
  readonly view: LiveView;
  readonly hidden: ReadonlySet<string | undefined>;
  readonly values: ReadonlyMap<string, LiveSecret>;
  readonly wanted: Wanted;
  readonly namespace: string;
  readonly usesOf: (shoot: ApiObject) => readonly LiveUse[];
}

function toCluster({ view, hidden, values, wanted, namespace, usesOf }: ClusterParts): ClusterFacts {
  const seen = (it: string): boolean => !hidden.has(undefined) && !hidden.has(it) && view.covers(it);
  const names = [namespace, ...wanted.secrets, ...wanted.shoots].map((it) =>
    typeof it === "string" ? it : it.namespace,
  );
  const secrets = [...view.secrets].flatMap(([key, { deleted }]): readonly LiveSecret[] => {
    const [of = "", name = ""] = key.split("/");
    if (!seen(of)) return [];
    return [values.get(key) ?? { namespace: of, name, ...(deleted !== undefined && { deletionTimestamp: deleted }) }];
  });
  return {
    current: namespace,
    namespaces: [...new Set(names)].filter(seen),
    secrets,
    uses: wanted.shoots.flatMap((it) => {
      const shoot = view.shoots.get(secretKey(it.namespace, it.name));
      return shoot === undefined ? [] : usesOf(shoot);
    }),
  };
}

function usesOf({ uses }: Known): ClusterParts["usesOf"] {
  return (shoot) => {
    const known = uses.get(shoot) ?? readLiveChain(shoot).uses;
    uses.set(shoot, known);
    return known;
  };
}

/** A Shoot is read as a whole only when what matters of it has changed: its status changes all the time. */
async function readPrevious(
  client: GardenClient,
  { view, known, signal }: Reading,
  wanted: readonly ObjectName[],
): Promise<ReadonlyMap<string, PreviousShoot>> {
  const kept: Known["shoots"] = new Map();
  const missing = new Map<string, { readonly name: ObjectName; readonly state: string }>();
  for (const name of wanted) {
    const key = secretKey(name.namespace, name.name);
    const shoot = view.shoots.get(key);
    if (shoot === undefined) continue;
    const state = JSON.stringify([shoot.metadata.uid, shoot.metadata.generation, shoot["spec"]]);
    const before = known.shoots.get(key);
    if (before?.state === state) kept.set(key, before);
    else missing.set(key, { name, state });
  }
  const { found } = await readShoots(
    client,
    [...missing.values()].map((it) => it.name),
    signal,
  );
  for (const shoot of found) {
    const key = secretKey(shoot.metadata.namespace ?? "", shoot.metadata.name);
    kept.set(key, { state: missing.get(key)?.state ?? "", previous: previousShoot(shoot) });
  }
  known.shoots = kept;
  return new Map([...kept].flatMap(([key, { previous }]) => (previous === undefined ? [] : [[key, previous]])));
}
