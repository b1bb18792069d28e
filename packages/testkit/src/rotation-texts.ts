/** What is different about a Shoot. */
export interface RotationShoot {
  readonly name?: string;
  readonly namespace?: string;
  readonly target?: string;
  readonly kind?: string;
  readonly more?: string;
  readonly extension?: string;
}

/** A Shoot whose only cache uses the Secret quay-v1. */
export function rotationShoot({
  name = "a",
  namespace = "garden-a",
  target = "quay-v1",
  kind = "Secret",
  more = "",
  extension = "",
}: RotationShoot = {}): string {
  return `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: ${name}${namespace ? `, namespace: ${namespace}` : ""} }
spec:
  resources:
  - name: quay
    resourceRef: { apiVersion: v1, kind: ${kind}, name: ${target} }
${more}  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        secretReferenceName: quay
${extension}`;
}

/** A Secret for that cache. */
export function rotationSecret(
  name = "quay-v1",
  { namespace = "garden-a", password = "invented" }: { readonly namespace?: string; readonly password?: string } = {},
): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}${namespace ? `, namespace: ${namespace}` : ""} }
type: Opaque
immutable: true
stringData: { username: robot, password: "${password}" }
`;
}
