/** What to write differently in a Shoot with two caches. */
export interface CachesOptions {
  readonly name?: string;
  readonly secretName?: string;
  /** Lines of the second cache below its upstream. */
  readonly docker?: string;
  readonly vpa?: boolean;
}

/** A Shoot with a private cache with TLS and a public one without. */
export function shootWithCaches({ name = "one", secretName = "quay-v1", docker, vpa }: CachesOptions = {}): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}, namespace: garden-dev }
spec:
  kubernetes: { verticalPodAutoscaler: { enabled: ${vpa === true} } }
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        secretReferenceName: quay
        volume: { size: 20Gi }
      - upstream: docker.io
        ${docker ?? "http: { tls: false }"}
  resources:
  - name: quay
    resourceRef: { apiVersion: v1, kind: Secret, name: ${secretName} }
`;
}

/** What must not be printed unless it is asked for. */
export const planted = { username: "planted-user", password: "planted-word" } as const;

/** The Secret of the private cache. */
export function plantedSecret(
  name = "quay-v1",
  { username, password }: { username: string; password: string } = planted,
): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: garden-dev }
immutable: true
type: Opaque
data:
  username: ${Buffer.from(username).toString("base64")}
  password: ${Buffer.from(password).toString("base64")}
`;
}

/** Everything of a text that base64 hides, beside the text: what one who looks for a value would read. */
export function unveiled(text: string): string {
  const decoded = [...text.matchAll(/[A-Za-z0-9+/=]{8,}/g)].map(([it]) => Buffer.from(it, "base64").toString("utf8"));
  return [text, ...decoded].join("\n");
}
