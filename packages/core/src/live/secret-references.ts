import { listAt, textAt } from "./json-value.ts";

/** The field of a Shoot's spec that names a Secret, by what it is for. */
export type ReferenceKind = "resource" | "dns-provider" | "admission-plugin" | "authorization-webhook";

/** A place where a Shoot's spec names a Secret of its namespace. */
export interface SecretReference {
  readonly kind: ReferenceKind;
  /** The path from the object's root. */
  readonly field: string;
  readonly secret: string;
  /** What uses it in turn, such as `cache quay.io`; empty for what we know no user of. */
  readonly users: readonly string[];
}

/**
 * All places where a Shoot's spec names Secrets: what keeps them protected.
 * (gardener: pkg/controllermanager/controller/shoot/reference/add.go)
 */
export function secretReferences(spec: unknown, root = "spec"): readonly SecretReference[] {
  const found: SecretReference[] = [];
  const add = (kind: ReferenceKind, field: string, secret: string, users: readonly string[] = []): void => {
    if (secret !== "") found.push({ kind, field: `${root}.${field}`, secret, users });
  };
  for (const [index, entry] of listAt(spec, "resources").entries()) {
    const secret = secretIn(entry, "resourceRef");
    add("resource", `resources[${index}].resourceRef.name`, secret, usersOf(spec, textAt(entry, "name")));
  }
  for (const [index, provider] of listAt(spec, "dns", "providers").entries()) {
    const at = `dns.providers[${index}]`;
    add("dns-provider", `${at}.credentialsRef.name`, secretIn(provider, "credentialsRef"));
    add("dns-provider", `${at}.secretName`, textAt(provider, "secretName"));
  }
  const server = ["kubernetes", "kubeAPIServer"] as const;
  for (const [index, plugin] of listAt(spec, ...server, "admissionPlugins").entries()) {
    const field = `kubernetes.kubeAPIServer.admissionPlugins[${index}].kubeconfigSecretName`;
    add("admission-plugin", field, textAt(plugin, "kubeconfigSecretName"));
  }
  for (const [index, it] of listAt(spec, ...server, "structuredAuthorization", "kubeconfigs").entries()) {
    const field = `kubernetes.kubeAPIServer.structuredAuthorization.kubeconfigs[${index}].secretName`;
    add("authorization-webhook", field, textAt(it, "secretName"));
  }
  return found;
}

/** The Secret that a reference with apiVersion and kind names; empty for one to anything else. */
export function secretIn(holder: unknown, field: string): string {
  const isSecret = textAt(holder, field, "apiVersion") === "v1" && textAt(holder, field, "kind") === "Secret";
  return isSecret ? textAt(holder, field, "name") : "";
}

/** The caches and mirrors that name an entry of spec.resources, those of disabled extensions too. */
function usersOf(spec: unknown, entry: string): readonly string[] {
  const users = listAt(spec, "extensions").flatMap((it) => {
    if (textAt(it, "type") === "registry-cache") return cachesWith(it, entry);
    return textAt(it, "type") === "registry-mirror" ? mirrorsWith(it, entry) : [];
  });
  return [...new Set(users)];
}

function cachesWith(extension: unknown, entry: string): readonly string[] {
  const caches = listAt(extension, "providerConfig", "caches");
  return caches
    .filter((it) => textAt(it, "secretReferenceName") === entry)
    .map((it) => `cache ${textAt(it, "upstream")}`);
}

function mirrorsWith(extension: unknown, entry: string): readonly string[] {
  const mirrors = listAt(extension, "providerConfig", "mirrors");
  const names = (mirror: unknown): boolean =>
    listAt(mirror, "hosts").some((it) => textAt(it, "caBundleSecretReferenceName") === entry);
  return mirrors.filter(names).map((it) => `mirror ${textAt(it, "upstream")}`);
}
