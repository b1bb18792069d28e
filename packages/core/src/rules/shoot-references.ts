import type { Located } from "../manifest/located.ts";
import type { ResourceEntry, Shoot } from "../manifest/shoot.ts";
import type { Webhook } from "./rule.ts";

/** One place of a Shoot's configurations that names an entry of spec.resources. */
export interface NamedEntry {
  readonly webhook: Webhook;
  readonly name: Located<string>;
  /** The entry that the webhook finds: the first of that name. */
  readonly entry: ResourceEntry | undefined;
}

/** All places where the caches and mirrors of a Shoot name an entry of spec.resources. */
export function namedEntries(shoot: Shoot): readonly NamedEntry[] {
  const caches = (shoot.registryCache?.caches ?? []).map((it) => it.secretReferenceName);
  const hosts = (shoot.registryMirror?.mirrors ?? []).flatMap((it) => it.hosts);
  const bundles = hosts.map((it) => it.caBundleSecretReferenceName);
  return [...named(shoot, "registry-cache", caches), ...named(shoot, "registry-mirror", bundles)];
}

/** The entries that a cache or a mirror may name. */
export function secretEntries(shoot: Shoot): readonly ResourceEntry[] {
  return shoot.resources.filter((it) => it.kind?.value === "Secret" && it.name !== undefined);
}

function named(
  { resources }: Shoot,
  webhook: Webhook,
  names: readonly (Located<string> | undefined)[],
): readonly NamedEntry[] {
  const places: NamedEntry[] = [];
  for (const name of names) {
    if (name !== undefined)
      places.push({ webhook, name, entry: resources.find((it) => it.name?.value === name.value) });
  }
  return places;
}
