/** What of a Shoot, as the API gives it, tells whether a change is rolled out. Plain data. */
export interface RollOutState {
  readonly uid: string;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly deleting: boolean;
  /** Spec changes wait for the maintenance window. */
  readonly confined: boolean;
  /** It sleeps, or is to sleep. */
  readonly hibernated: boolean;
  /** It is on the way from one seed to another. */
  readonly migrating: boolean;
  /** Its annotation asks that it is left alone, which only some gardens hear. */
  readonly ignored: boolean;
  readonly lastOperation: LastOperation | undefined;
  /** The Secret behind each entry of spec.resources that an enabled cache or mirror uses. */
  readonly used: { readonly [entry: string]: string };
}

/** The last run. Its time is RFC 3339 in UTC, so it sorts as text. */
export interface LastOperation {
  readonly type: string;
  readonly state: string;
  readonly lastUpdateTime: string;
  readonly description: string;
}

/** Reads the state of a Shoot from its JSON; what is missing or of another type counts as absent. */
export function readRollOutState(shoot: unknown): RollOutState {
  const annotations = at(shoot, "metadata", "annotations");
  const hibernated = at(shoot, "status", "hibernated") === true;
  return {
    uid: text(shoot, "metadata", "uid"),
    generation: count(shoot, "metadata", "generation"),
    observedGeneration: count(shoot, "status", "observedGeneration"),
    deleting: text(shoot, "metadata", "deletionTimestamp") !== "",
    confined: at(shoot, "spec", "maintenance", "confineSpecUpdateRollout") === true,
    hibernated: hibernated || at(shoot, "spec", "hibernation", "enabled") === true,
    // Before its first run it is on no seed yet.
    migrating: !["", text(shoot, "spec", "seedName")].includes(text(shoot, "status", "seedName")),
    ignored: at(annotations, "shoot.gardener.cloud/ignore") === "true",
    lastOperation: readLastOperation(at(shoot, "status", "lastOperation")),
    used: readUsed(shoot),
  };
}

function readLastOperation(operation: unknown): LastOperation | undefined {
  if (!isMap(operation)) return undefined;
  return {
    type: text(operation, "type"),
    state: text(operation, "state"),
    lastUpdateTime: text(operation, "lastUpdateTime"),
    description: text(operation, "description"),
  };
}

function readUsed(shoot: unknown): RollOutState["used"] {
  const extensions = list(shoot, "spec", "extensions").filter((it) => at(it, "disabled") !== true);
  const configs = (type: string): readonly unknown[] =>
    extensions.filter((it) => at(it, "type") === type).map((it) => at(it, "providerConfig"));
  const caches = configs("registry-cache").flatMap((it) => list(it, "caches"));
  const hosts = configs("registry-mirror")
    .flatMap((it) => list(it, "mirrors"))
    .flatMap((it) => list(it, "hosts"));
  const names = new Set([
    ...caches.map((it) => text(it, "secretReferenceName")),
    ...hosts.map((it) => text(it, "caBundleSecretReferenceName")),
  ]);
  const entries = list(shoot, "spec", "resources").filter((it) => names.has(text(it, "name")));
  return Object.fromEntries(entries.map((it) => [text(it, "name"), text(it, "resourceRef", "name")]));
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) found = isMap(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found;
}

function text(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

function count(value: unknown, ...path: readonly string[]): number {
  const found = at(value, ...path);
  return typeof found === "number" ? found : 0;
}

function list(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

function isMap(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
