import type { CompletionSource, Offer, Site } from "./completion.ts";
import { configOf } from "./new-items.ts";
import { fixed, hole, list, map, type Template } from "./template.ts";

/** Whole documents, where there is nothing yet. */
export const newDocuments: CompletionSource = {
  slot: "key",
  kind: "unknown",
  fields: [""],
  *items(site) {
    if (!isEmpty(site)) return;
    yield snippet("Shoot with a registry cache", "a whole Shoot whose cache logs in at its upstream", newShoot);
    yield snippet("Secret with upstream credentials", "immutable, with username and password", newSecret);
  },
};

/** A whole settings file, where there is nothing yet. */
export const newSettings: CompletionSource = {
  slot: "key",
  kind: "settings",
  fields: [""],
  *items(site) {
    if (isEmpty(site)) yield snippet("settings", "severities, ignored findings and policies", settings);
  },
};

/** What a document can be, while it does not say so. A file that looks like no manifest is none of our business. */
export const documentHeads: CompletionSource = {
  slot: "key",
  kind: "unknown",
  fields: [""],
  *items({ place }) {
    const keys = place.levels[0] ?? [];
    if (keys.length > 0 && !keys.some((it) => manifestKeys.has(it.name))) return;
    yield { label: "apiVersion", kind: "property", detail: "a string, needed", rank: 1 };
    yield { label: "kind", kind: "property", detail: "a string, needed", rank: 1 };
  },
};

/** The kinds that we know, or the one that belongs to the apiVersion. */
export const kinds: CompletionSource = {
  slot: "value",
  kind: "unknown",
  fields: ["kind"],
  *items(site) {
    const version = site.scalarOf("apiVersion", "root") ?? "";
    for (const { kind, apiVersion, note } of heads) {
      if (version === "" || version === apiVersion)
        yield { label: kind, kind: "enum", detail: note, write: fixed(kind), rank: 1 };
    }
  },
};

/** The apiVersions of the kinds that we know, or the one that belongs to the kind. */
export const apiVersions: CompletionSource = {
  slot: "value",
  kind: "unknown",
  fields: ["apiVersion"],
  *items(site) {
    const written = site.scalarOf("kind", "root") ?? "";
    for (const { kind, apiVersion, note } of heads) {
      if (written === "" || written === kind)
        yield { label: apiVersion, kind: "enum", detail: note, write: fixed(apiVersion), rank: 1 };
    }
  },
};

const manifestKeys: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "spec"]);

const heads = [
  { kind: "Shoot", apiVersion: "core.gardener.cloud/v1beta1", note: "a cluster" },
  { kind: "Secret", apiVersion: "v1", note: "credentials or a CA bundle" },
  {
    kind: "RegistryConfig",
    apiVersion: "registry.extensions.gardener.cloud/v1alpha3",
    note: "a registry cache's configuration",
  },
  {
    kind: "MirrorConfig",
    apiVersion: "mirror.extensions.gardener.cloud/v1alpha1",
    note: "a registry mirror's configuration",
  },
] as const;

const cache = map({
  upstream: hole("docker.io"),
  volume: map({ size: hole("10Gi") }),
  secretReferenceName: fixed("docker-credentials"),
});

const cacheConfig: Template = withCaches(configOf("registry-cache"), list(cache));

const newShoot = map({
  apiVersion: fixed("core.gardener.cloud/v1beta1"),
  kind: fixed("Shoot"),
  metadata: map({ name: hole("my-shoot"), namespace: hole("garden-my-project") }),
  spec: map({
    cloudProfile: map({ name: hole("aws") }),
    region: hole("eu-central-1"),
    credentialsBindingName: hole("my-credentials"),
    kubernetes: map({ version: hole("1.33.4") }),
    networking: map({ type: hole("calico", "cilium") }),
    provider: map({
      type: hole("aws"),
      workers: list(
        map({
          name: hole("worker"),
          machine: map({ type: hole("m5.large") }),
          minimum: hole(1),
          maximum: hole(3),
          volume: map({ type: hole("gp3"), size: hole("50Gi") }),
        }),
      ),
    }),
    extensions: list(map({ type: fixed("registry-cache"), providerConfig: cacheConfig })),
    resources: list(
      map({
        name: fixed("docker-credentials"),
        resourceRef: map({ apiVersion: fixed("v1"), kind: fixed("Secret"), name: hole("ro-docker-v1") }),
      }),
    ),
  }),
});

const newSecret = map({
  apiVersion: fixed("v1"),
  kind: fixed("Secret"),
  metadata: map({ name: hole("ro-docker-v1"), namespace: hole("garden-my-project") }),
  type: fixed("Opaque"),
  immutable: fixed(true),
  stringData: map({ username: hole(), password: hole() }),
});

const settings = map({
  severities: map({ RC204: hole("error", "warning", "info", "off") }),
  ignores: list(map({ paths: list(hole("examples/**")), codes: list(hole("RC2")) })),
  policies: map({
    secretNames: hole("ro-{name}-v{n}"),
    requiredCredentials: list(hole("docker.io")),
    allowedUpstreams: list(hole("docker.io")),
    maximumVolumeSize: hole("100Gi"),
  }),
});

function withCaches(config: Template, caches: Template): Template {
  if (config.form !== "map") return config;
  return { form: "map", entries: config.entries.map(([key, it]) => [key, key === "caches" ? caches : it]) };
}

function isEmpty({ place }: Site): boolean {
  return place.path.length === 0 && place.levels[0]?.length === 0 && place.behind === "value" && !place.flow;
}

function snippet(label: string, detail: string, write: Template): Offer {
  return { label, kind: "snippet", detail, write, whole: true, rank: 0 };
}
