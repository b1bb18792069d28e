/** What to write differently in a Shoot. */
export interface ShootOptions {
  readonly name?: string;
  readonly namespace?: string;
  /** The line with the upstream's address; `remoteUrl` is a mistake that --fix mends. */
  readonly remote?: string;
  readonly size?: string;
  readonly reference?: string;
}

/** A Shoot with one cache with credentials. */
export function shoot(options: ShootOptions = {}): string {
  const { name = "crazy-botany", namespace = "garden-dev" } = options;
  const { remote = "remoteURL", size = "20Gi", reference = "quay" } = options;
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        ${remote}: https://quay.io
        secretReferenceName: ${reference}
        volume:
          size: ${size}
  resources:
  - name: quay
    resourceRef:
      apiVersion: v1
      kind: Secret
      name: quay-v1
`;
}

/** A Secret for that cache that is not immutable; `password` stands behind the key as it is. */
export function secret(password = "invented"): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: quay-v1
  namespace: garden-dev
type: Opaque
stringData:
  username: robot
  password: ${password}
`;
}
