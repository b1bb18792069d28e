import type { ResourceEntry } from "../manifest/shoot.ts";
import type { Purpose } from "../workspace/workspace.ts";
import type { CompletionSource, Offer, Site } from "./completion.ts";
import { describeSecret } from "./secret-names.ts";
import { type Use, usedBy, usesOf } from "./shoot-uses.ts";
import { fixed } from "./template.ts";

/** The Secrets of spec.resources for the credentials of a cache. */
export const credentialReferences: CompletionSource = {
  slot: "value",
  kind: "registryConfig",
  fields: ["caches[].secretReferenceName"],
  items: (site) => entryOffers(site, "credentials"),
};

/** The Secrets of spec.resources for the CA bundle of a mirror. */
export const bundleReferences: CompletionSource = {
  slot: "value",
  kind: "mirrorConfig",
  fields: ["mirrors[].hosts[].caBundleSecretReferenceName"],
  items: (site) => entryOffers(site, "ca-bundle"),
};

/** All of them whatever is typed, since the editor filters; those that nothing uses yet come first. */
function* entryOffers(site: Site, purpose: Purpose): Iterable<Offer> {
  const shoot = site.shoot();
  if (shoot === undefined) return;
  const { replace } = site.place;
  // A document that was read again has other offsets, but then the cursor's own use is not in it.
  const others = usesOf(shoot).filter((it) => it.span.start !== replace.start || it.span.end !== replace.end);
  const told = new Set<string>();
  for (const entry of shoot.resources) {
    const name = entry.name?.value;
    if (name === undefined || name === "" || entry.kind?.value !== "Secret" || told.has(name)) continue;
    told.add(name);
    yield toOffer({ site, name, entry, uses: others.filter((it) => it.name === name), purpose });
  }
}

interface Entry {
  readonly site: Site;
  readonly name: string;
  readonly entry: ResourceEntry;
  readonly uses: readonly Use[];
  readonly purpose: Purpose;
}

function toOffer({ site, name, entry, uses, purpose }: Entry): Offer {
  const target = entry.target?.value;
  const isOther = uses.length > 0 && uses.every((it) => it.purpose !== purpose);
  return {
    label: name,
    kind: "reference",
    detail: [target === undefined ? "no Secret yet" : `Secret ${target}`, usedBy(uses)].filter((it) => it).join(", "),
    documentation: target === undefined ? undefined : describeSecret(site, target),
    write: fixed(name),
    rank: uses.length === 0 ? 1 : isOther ? 3 : 2,
  };
}
