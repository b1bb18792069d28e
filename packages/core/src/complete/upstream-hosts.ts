import { defaultRemoteUrl } from "../formats/upstream-names.ts";
import type { CompletionSource, Offer, Site } from "./completion.ts";
import { fixed } from "./template.ts";

/** A registry that many images come from, and what credentials it takes for pulling. */
interface KnownHost {
  readonly host: string;
  readonly name: string;
  readonly credentials: string;
  /** A cache cannot pull from it (distribution/distribution#4383). */
  readonly mirrorOnly?: true;
}

const serviceAccount =
  "The user name is `_json_key`, the password the JSON key of a service account that may read. An access token ends after an hour.";

const hosts: readonly KnownHost[] = [
  {
    host: "docker.io",
    name: "Docker Hub",
    credentials:
      "A Docker ID with a personal access token that may only read, or an organization with its access token.",
  },
  {
    host: "ghcr.io",
    name: "GitHub packages",
    credentials: "A GitHub user with a classic token of scope read:packages; fine-grained tokens do not work.",
  },
  { host: "quay.io", name: "Quay", credentials: "A robot account, such as `team+robot`, with its token." },
  { host: "registry.k8s.io", name: "Kubernetes", credentials: "It is public and takes none." },
  { host: "gcr.io", name: "Google, old name", credentials: serviceAccount },
  { host: "europe-docker.pkg.dev", name: "Google Artifact Registry, Europe", credentials: serviceAccount },
  { host: "us-docker.pkg.dev", name: "Google Artifact Registry, USA", credentials: serviceAccount },
  { host: "asia-docker.pkg.dev", name: "Google Artifact Registry, Asia", credentials: serviceAccount },
  {
    host: "registry.gitlab.com",
    name: "GitLab",
    credentials: "The user name and token of a deploy token of scope read_registry.",
  },
  { host: "mcr.microsoft.com", name: "Microsoft", credentials: "It is public and takes none." },
  {
    host: "public.ecr.aws",
    name: "Amazon ECR Public",
    credentials: "A mirror is asked without credentials.",
    mirrorOnly: true,
  },
];

/** Registries for a new cache, but for those that have one and those that a cache cannot pull from. */
export const cacheHosts: CompletionSource = {
  slot: "value",
  kind: "registryConfig",
  fields: ["caches[].upstream"],
  *items(site) {
    const taken = takenBy(site, site.shoot()?.registryCache?.caches ?? []);
    const mirrored = (site.shoot()?.registryMirror?.mirrors ?? []).map((it) => it.upstream?.value);
    for (const it of hosts) {
      // Admission refuses a cache of an upstream that has a mirror.
      if (!it.mirrorOnly && !taken.has(it.host) && !mirrored.includes(it.host)) yield toOffer(it);
    }
  },
};

/** Registries for a new mirror, but for those that have one or a cache. */
export const mirrorHosts: CompletionSource = {
  slot: "value",
  kind: "mirrorConfig",
  fields: ["mirrors[].upstream"],
  *items(site) {
    const taken = takenBy(site, site.shoot()?.registryMirror?.mirrors ?? []);
    const cached = (site.shoot()?.registryCache?.caches ?? []).map((it) => it.upstream?.value);
    for (const it of hosts) if (!taken.has(it.host) && !cached.includes(it.host)) yield toOffer(it);
  },
};

/** Registries for the policies of a settings file. */
export const policyHosts: CompletionSource = {
  slot: "value",
  kind: "settings",
  fields: ["policies.allowedUpstreams[]", "policies.requiredCredentials[]"],
  *items() {
    for (const it of hosts) if (!it.mirrorOnly) yield toOffer(it);
  },
};

/** Where a cache pulls from unless it is told otherwise. */
export const remoteUrls: CompletionSource = {
  slot: "value",
  kind: "registryConfig",
  fields: ["caches[].remoteURL"],
  *items(site) {
    const upstream = site.scalarOf("upstream", "parent");
    if (upstream === undefined || upstream === "") return;
    const url = defaultRemoteUrl(upstream);
    yield { label: url, kind: "value", detail: "default", write: fixed(url), rank: 1 };
  },
};

function takenBy(
  { place }: Site,
  members: readonly {
    readonly upstream: { readonly value: string; readonly span: { readonly start: number } } | undefined;
  }[],
): ReadonlySet<string> {
  const others = members.filter((it) => it.upstream !== undefined && it.upstream.span.start !== place.replace.start);
  return new Set(others.map((it) => it.upstream?.value ?? ""));
}

function toOffer({ host, name, credentials }: KnownHost): Offer {
  return {
    label: host,
    kind: "value",
    detail: name,
    documentation: `Credentials: ${credentials}`,
    write: fixed(host),
    rank: 1,
  };
}
