import type { DocumentKind } from "./completion.ts";
import type { Scalar } from "./template.ts";

/** A value that a field often has, and what it means. */
export interface UsualValue {
  readonly value: Scalar;
  readonly note: string;
  /** The field takes no other. */
  readonly only?: true;
  /** It stands in snippets only; by itself it is proposed by another source, or not at all. */
  readonly example?: true;
}

/** The values that a field often has, the best first; none for most fields. */
export function usualValues(kind: DocumentKind, field: string): readonly UsualValue[] {
  const fields = usual[kind];
  return fields !== undefined && Object.hasOwn(fields, field) ? (fields[field] ?? []) : [];
}

/** The same as a table: the fields of each kind. */
export const usual: { readonly [kind in DocumentKind]?: { readonly [field: string]: readonly UsualValue[] } } = {
  shoot: {
    apiVersion: [{ value: "core.gardener.cloud/v1beta1", note: "the only version", only: true }],
    kind: [{ value: "Shoot", note: "a cluster", only: true }],
    "spec.extensions[].type": [{ value: "registry-cache", note: "caches in the cluster", example: true }],
    "spec.resources[].resourceRef.apiVersion": [
      { value: "v1", note: "of a Secret or ConfigMap" },
      { value: "security.gardener.cloud/v1alpha1", note: "of a WorkloadIdentity" },
    ],
    "spec.provider.workers[].minimum": [{ value: 1, note: "one machine" }],
    "spec.provider.workers[].maximum": [{ value: 3, note: "three machines" }],
    "spec.provider.workers[].volume.size": [{ value: "50Gi", note: "enough for most images" }],
  },
  registryConfig: {
    apiVersion: [{ value: "registry.extensions.gardener.cloud/v1alpha3", note: "the only version", only: true }],
    kind: [{ value: "RegistryConfig", note: "caches", only: true }],
    "caches[].upstream": [{ value: "docker.io", note: "Docker Hub", example: true }],
    "caches[].volume.size": [
      { value: "10Gi", note: "default" },
      { value: "25Gi", note: "for some large images" },
      { value: "50Gi", note: "for many images" },
      { value: "100Gi", note: "for many large images" },
    ],
    "caches[].garbageCollection.ttl": [
      { value: "168h", note: "7 days, the default" },
      { value: "336h", note: "14 days" },
      { value: "720h", note: "30 days" },
      { value: "0s", note: "never removes an image, and cannot be undone" },
    ],
    "caches[].http.tls": [
      { value: true, note: "default" },
      { value: false, note: "nodes ask the cache without TLS" },
    ],
    "caches[].highAvailability.enabled": [
      { value: true, note: "two replicas, each with a disk" },
      { value: false, note: "default" },
    ],
  },
  mirrorConfig: {
    apiVersion: [{ value: "mirror.extensions.gardener.cloud/v1alpha1", note: "the only version", only: true }],
    kind: [{ value: "MirrorConfig", note: "mirrors", only: true }],
    "mirrors[].upstream": [{ value: "docker.io", note: "Docker Hub", example: true }],
    "mirrors[].hosts[].host": [{ value: "https://mirror.example.com", note: "the mirror's URL", example: true }],
    "mirrors[].hosts[].capabilities[]": [
      { value: "pull", note: "fetches by digest; default" },
      { value: "resolve", note: "finds the digest of a tag" },
    ],
    "mirrors[].hosts[].overridePath": [
      { value: true, note: "the URL's path is the whole API root" },
      { value: false, note: "default" },
    ],
  },
  secret: {
    apiVersion: [{ value: "v1", note: "the only version", only: true }],
    kind: [{ value: "Secret", note: "credentials or a CA bundle", only: true }],
    immutable: [
      { value: true, note: "the registry cache takes no other" },
      { value: false, note: "default" },
    ],
    type: [{ value: "Opaque", note: "default" }],
  },
};
