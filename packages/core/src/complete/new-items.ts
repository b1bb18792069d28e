import { mirrorConfigSchema } from "../schema/mirror-config.ts";
import { registryConfigSchema } from "../schema/registry-config.ts";
import type { CompletionSource, DocumentKind, Offer, Site } from "./completion.ts";
import { newValue } from "./essentials.ts";
import { usesOf } from "./shoot-uses.ts";
import { fixed, hole, list, map, type Template } from "./template.ts";

/** A cache, with and without credentials. */
export const newCaches: CompletionSource = {
  slot: "item",
  kind: "registryConfig",
  fields: ["caches"],
  *items(site) {
    const upstream = hole(freeUpstream(site));
    const names = (site.shoot()?.resources ?? []).flatMap(({ name, kind }) =>
      name !== undefined && name.value !== "" && kind?.value === "Secret" ? [name.value] : [],
    );
    yield snippet("cache", "a cache of an upstream", map({ upstream, volume: map({ size: hole("10Gi") }) }));
    yield snippet(
      "cache with credentials",
      "a cache that logs in at its upstream",
      map({ upstream, volume: map({ size: hole("10Gi") }), secretReferenceName: hole(...new Set(names)) }),
    );
  },
};

/** A mirror with its first host. */
export const newMirrors: CompletionSource = {
  slot: "item",
  kind: "mirrorConfig",
  fields: ["mirrors"],
  *items() {
    const host = map({ host: hole("https://mirror.example.com"), capabilities: list(fixed("pull"), fixed("resolve")) });
    yield snippet("mirror", "a mirror of an upstream", map({ upstream: hole("docker.io"), hosts: list(host) }));
  },
};

/** The two extensions of ours with their configurations, as long as the Shoot does not have them. */
export const newExtensions: CompletionSource = {
  slot: "item",
  kind: "shoot",
  fields: ["spec.extensions"],
  *items(site) {
    const present = typesBeside(site);
    for (const [type, detail] of ownTypes) {
      if (present.has(type)) continue;
      yield snippet(type, detail, map({ type: fixed(type), providerConfig: configOf(type) }));
    }
  },
};

/** The types of extensions that many gardens have; each may stand in a Shoot once. */
export const extensionTypes: CompletionSource = {
  slot: "value",
  kind: "shoot",
  fields: ["spec.extensions[].type"],
  *items(site) {
    const present = typesBeside(site);
    for (const [type, detail] of [...ownTypes, ...otherTypes]) {
      if (!present.has(type)) yield { label: type, kind: "value", detail, write: fixed(type), rank: 1 };
    }
  },
};

/** The configuration of one of our two extensions, where the type is written already. */
export const providerConfigs: CompletionSource = {
  slot: "key",
  kind: "shoot",
  fields: ["spec.extensions[]"],
  *items(site) {
    const type = site.scalarOf("type", "parent");
    if (type !== "registry-cache" && type !== "registry-mirror") return;
    const detail = type === "registry-cache" ? "a RegistryConfig, needed" : "a MirrorConfig, needed";
    yield { label: "providerConfig", kind: "property", detail, write: configOf(type), rank: 1 };
  },
};

/** An entry of spec.resources for a Secret; its name is one that a cache or mirror already asks for. */
export const newResources: CompletionSource = {
  slot: "item",
  kind: "shoot",
  fields: ["spec.resources"],
  *items(site) {
    const shoot = site.shoot();
    const declared = shoot?.resources.map((it) => it.name?.value) ?? [];
    const asked = shoot === undefined ? [] : usesOf(shoot).filter((it) => !declared.includes(it.name));
    const name = hole(...new Set(asked.map((it) => it.name)));
    const resourceRef = map({ apiVersion: fixed("v1"), kind: fixed("Secret"), name: hole() });
    yield snippet("Secret", "a Secret of the project", map({ name, resourceRef }));
  },
};

/** An item with the fields that it needs, for every other list of objects. */
export const newItems: CompletionSource = {
  slot: "item",
  *items({ kind, field, schema }) {
    const items = schema?.items;
    if (items?.type !== "object") return;
    const write = newValue(kind, `${field}[]`, items);
    const first = write.form === "map" ? write.entries[0]?.[0] : undefined;
    if (first !== undefined) yield { ...snippet(`- ${first}`, items.description ?? "a new item", write), rank: 4 };
  },
};

/** The configuration of an extension with one cache or mirror in it. */
export function configOf(type: "registry-cache" | "registry-mirror"): Template {
  const [kind, schema]: [DocumentKind, typeof registryConfigSchema] =
    type === "registry-cache" ? ["registryConfig", registryConfigSchema] : ["mirrorConfig", mirrorConfigSchema];
  return newValue(kind, "", schema);
}

const ownTypes = [
  ["registry-cache", "caches in the cluster"],
  ["registry-mirror", "mirrors that nodes ask first"],
] as const;

const otherTypes = [
  ["shoot-dns-service", "DNS records for workloads"],
  ["shoot-cert-service", "certificates for workloads"],
  ["shoot-oidc-service", "further OpenID Connect issuers"],
  ["shoot-networking-filter", "blocks known bad addresses"],
  ["shoot-networking-problemdetector", "network checks between nodes"],
] as const;

/** The types of all extensions but the one at the cursor. */
function typesBeside({ place, shoot }: Site): ReadonlySet<string> {
  const others = (shoot()?.extensions ?? []).filter((it) => it.type?.span.start !== place.replace.start);
  return new Set(others.flatMap((it) => it.type?.value ?? []));
}

function freeUpstream(site: Site): string {
  const taken = site.shoot()?.registryCache?.caches.map((it) => it.upstream?.value) ?? [];
  return ["docker.io", "ghcr.io", "quay.io", "registry.k8s.io"].find((it) => !taken.includes(it)) ?? "";
}

function snippet(label: string, detail: string, write: Template): Offer {
  return { label, kind: "snippet", detail, write, rank: 0 };
}
