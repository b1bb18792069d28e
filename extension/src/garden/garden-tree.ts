import type { ChainNode } from "../chain-tree.ts";
import type { GardenCache, GardenSecretName, GardenShoot, Health } from "../protocol.ts";

/** A row of the garden's tree. A Shoot that is being rolled out is no worse for it. */
export interface GardenNode extends ChainNode {
  readonly rollsOut?: boolean;
  /** A Secret that is there, and which a cache logs in with. */
  readonly secret?: GardenSecretName;
  readonly children: readonly GardenNode[];
}

/** The words that rows need, in the language of the window. */
export interface GardenWords {
  readonly missing: string;
  readonly terminating: string;
  readonly forbidden: string;
  /** Since when a Secret is there. */
  since(day: string): string;
}

/** How rows are made: the words, whether Shoots of several namespaces are among them, and where a Shoot's text is. */
export interface GardenRows {
  readonly words: GardenWords;
  readonly manyNamespaces: boolean;
  uriOf(shoot: GardenShoot): string;
}

/** The rows of the tree: each Shoot holds its caches and mirrors, these their reference, a reference its Secret. */
export function gardenTree(shoots: readonly GardenShoot[], rows: GardenRows): readonly GardenNode[] {
  return shoots.map((it) => shootNode(it, rows));
}

const start = { line: 0, character: 0 };

function shootNode(shoot: GardenShoot, { words, manyNamespaces, uriOf }: GardenRows): GardenNode {
  const { name, namespace, caches } = shoot;
  const children = caches.map((it) => cacheNode(it, namespace, words));
  // One roll-out carries all caches of a Shoot.
  const waiting = caches.find((it) => !it.rollOut.done);
  const stuck = waiting && isStuck(waiting) ? "warning" : "ok";
  const notes = [manyNamespaces ? namespace : undefined, waiting?.reason].filter((it) => it !== undefined);
  return {
    kind: "shoot",
    label: name,
    ...(notes.length > 0 && { note: notes.join(", ") }),
    place: { uri: uriOf(shoot), range: { start, end: start } },
    health: worst([stuck, ...children.map((it) => it.health)]),
    findings: [],
    ...(waiting && { rollsOut: true }),
    children,
  };
}

function cacheNode(cache: GardenCache, namespace: string, words: GardenWords): GardenNode {
  const { kind, upstream, reference, findings } = cache;
  const children = reference === undefined ? [] : [referenceNode(reference, cache, namespace, words)];
  return {
    kind,
    label: upstream,
    health: worst([...findings.map(healthOf), ...children.map((it) => it.health)]),
    findings,
    children,
  };
}

function referenceNode(
  label: string,
  { kind, secret }: GardenCache,
  namespace: string,
  words: GardenWords,
): GardenNode {
  // An entry that names no Secret is no link; what is wrong with it is told of the cache.
  if (secret === undefined) return { kind: "reference", label, health: "error", findings: [], children: [] };
  const node = secretNode(secret, words);
  const canRotate = kind === "cache" && secret.state === "present";
  const child = { ...node, ...(canRotate && { secret: { name: secret.name, namespace } }) };
  return { kind: "reference", label, health: node.health, findings: [], children: [child] };
}

function isStuck({ rollOut }: GardenCache): boolean {
  return !rollOut.done && rollOut.stuck;
}

type GardenSecret = NonNullable<GardenCache["secret"]>;

function secretNode(secret: GardenSecret, words: GardenWords): GardenNode {
  const { name, state } = secret;
  const note = secret.state === "present" ? words.since(secret.created.slice(0, 10)) : words[secret.state];
  return { kind: "secret", label: name, note, health: secretHealth[state], findings: [], children: [] };
}

const secretHealth: { readonly [state in GardenSecret["state"]]: Health } = {
  present: "ok",
  terminating: "warning",
  missing: "error",
  forbidden: "unknown",
};

function healthOf({ severity }: GardenCache["findings"][number]): Health {
  return severity === "info" ? "ok" : severity;
}

const ranks: readonly Health[] = ["error", "warning", "unknown", "ok"];

function worst(healths: readonly Health[]): Health {
  return ranks.find((it) => healths.includes(it)) ?? "ok";
}
