import type { Purpose } from "../workspace/workspace.ts";
import type { CompletionSource, Offer, Site } from "./completion.ts";
import { usesOf } from "./shoot-uses.ts";
import { fixed } from "./template.ts";

/** The Secrets of the workspace and of the garden that an entry of spec.resources can stand for. */
export const secretNames: CompletionSource = {
  slot: "value",
  kind: "shoot",
  fields: ["spec.resources[].resourceRef.name"],
  *items(site) {
    const kind = site.scalarOf("kind", "parent");
    if (kind !== undefined && kind !== "" && kind !== "Secret") return;
    const namespace = site.shoot()?.namespace?.value;
    const purpose = purposeOf(site);
    for (const name of site.workspace.garden.secretNames(namespace)) yield toOffer(site, name, { namespace, purpose });
  },
};

/** What is known of a Secret: the kinds of manifest that stand for it, and their files. */
export function describeSecret(site: Site, name: string): string | undefined {
  const manifests = site.workspace.garden.manifestsOf(name, site.shoot()?.namespace?.value);
  const lines = manifests.map(({ form, uri }) => `${form} in ${fileName(uri)}`);
  return lines.length === 0 ? undefined : [...new Set(lines)].join("\n\n");
}

function toOffer(
  site: Site,
  name: string,
  { namespace, purpose }: { readonly namespace: string | undefined; readonly purpose: Purpose | undefined },
): Offer {
  const manifests = site.workspace.garden.manifestsOf(name, namespace);
  const looks = manifests.map((it) => it.looksLike).filter((it) => it !== undefined);
  const [first] = manifests;
  return {
    label: name,
    kind: "reference",
    detail: first === undefined ? "in the garden" : `${first.form} in ${fileName(first.uri)}`,
    documentation: describeSecret(site, name),
    write: fixed(name),
    rank: looks.length === 0 ? 2 : purpose === undefined || looks.includes(purpose) ? 1 : 3,
  };
}

/** What the entry is used for, by those who name it. */
function purposeOf(site: Site): Purpose | undefined {
  const shoot = site.shoot();
  const name = site.place.levels[site.place.path.length - 2]?.find((it) => it.name === "name")?.value;
  return shoot && usesOf(shoot).find((it) => it.name === name)?.purpose;
}

function fileName(uri: string): string {
  return uri.slice(uri.lastIndexOf("/") + 1);
}
