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
  const places: NamedEntry[] = [];
  const add = (webhook: Webhook, name: Located<string> | undefined): void => {
    if (name !== undefined) places.push({ webhook, name, entry: entryOf(shoot, name.value) });
  };
  for (const { secretReferenceName } of shoot.registryCache?.caches ?? []) add("registry-cache", secretReferenceName);
  for (const { hosts } of shoot.registryMirror?.mirrors ?? []) {
    for (const { caBundleSecretReferenceName } of hosts) add("registry-mirror", caBundleSecretReferenceName);
  }
  return places;
}

/** The entries that a cache or a mirror may name. */
export function secretEntries(shoot: Shoot): readonly ResourceEntry[] {
  return shoot.resources.filter((it) => it.kind?.value === "Secret" && it.name !== undefined);
}

function entryOf({ resources }: Shoot, name: string): ResourceEntry | undefined {
  return resources.find((it) => it.name?.value === name);
}
