import { readFirstCertificate } from "../encoding/certificate.ts";
import type { Secret, SecretEntry } from "../manifest/secret.ts";
import type { Rule, SecretDraft } from "./rule.ts";
import { misnamedKey, missingKeys, superfluousKey } from "./secret-keys.ts";
import { readValue } from "./secret-value.ts";

const bundleKey = "bundle.crt";

export const caBundle: Rule = {
  code: "RC221",
  name: "ca-bundle",
  severity: "error",
  mirrors: "pkg/apis/mirror/validation/validation.go",
  docs: {
    summary:
      "A Secret for a mirror's CA bundle has other keys than exactly `bundle.crt`, or that holds no certificate.",
    why: "The extension rejects the Shoot. It checks the Secret at every update of the Shoot, so later updates would be rejected, too. Of the bundle it reads the first PEM block.",
  },
  example: {
    bad: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: private-mirror-ca-v1
        namespace: garden-dev
      immutable: true
      stringData:
        ca.crt: |
      # ^^^^^^ RC221
          -----BEGIN CERTIFICATE-----
          MIIBSDCB+6ADAgECAhQckdctL2dbP1URVB9qVlOH6C1nPTAFBgMrZXAwGTEXMBUG
          A1UEAwwOcHJpdmF0ZS1taXJyb3IwIBcNMjYxMTIzMjM0OTU3WhgPMjEyNjEwMzAy
          MzQ5NTdaMBkxFzAVBgNVBAMMDnByaXZhdGUtbWlycm9yMCowBQYDK2VwAyEAf49r
          mtB3RG6KPuYefiA6AKDqrLYLYTkSj7WqqHHlsDujUzBRMB0GA1UdDgQWBBTNxADB
          UNqRE9SFdjIcawfaQXpmKDAfBgNVHSMEGDAWgBTNxADBUNqRE9SFdjIcawfaQXpm
          KDAPBgNVHRMBAf8EBTADAQH/MAUGAytlcANBAHki3FUoolvuq91MXVTh8w30wYQk
          FKSmRVlAkx6Bj7i2zXR7vzo1jBEqwZrp3x985xCfHOhaoOkY9M9hEjvrbgA=
          -----END CERTIFICATE-----
      ---
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
        namespace: garden-dev
      spec:
        extensions:
        - type: registry-mirror
          providerConfig:
            apiVersion: mirror.extensions.gardener.cloud/v1alpha1
            kind: MirrorConfig
            mirrors:
            - upstream: docker.io
              hosts:
              - host: https://private-mirror.internal
                caBundleSecretReferenceName: ca-bundle
        resources:
        - name: ca-bundle
          resourceRef: { apiVersion: v1, kind: Secret, name: private-mirror-ca-v1 }
    `,
    good: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: private-mirror-ca-v1
        namespace: garden-dev
      immutable: true
      stringData:
        bundle.crt: |
          -----BEGIN CERTIFICATE-----
          MIIBSDCB+6ADAgECAhQckdctL2dbP1URVB9qVlOH6C1nPTAFBgMrZXAwGTEXMBUG
          A1UEAwwOcHJpdmF0ZS1taXJyb3IwIBcNMjYxMTIzMjM0OTU3WhgPMjEyNjEwMzAy
          MzQ5NTdaMBkxFzAVBgNVBAMMDnByaXZhdGUtbWlycm9yMCowBQYDK2VwAyEAf49r
          mtB3RG6KPuYefiA6AKDqrLYLYTkSj7WqqHHlsDujUzBRMB0GA1UdDgQWBBTNxADB
          UNqRE9SFdjIcawfaQXpmKDAfBgNVHSMEGDAWgBTNxADBUNqRE9SFdjIcawfaQXpm
          KDAPBgNVHRMBAf8EBTADAQH/MAUGAytlcANBAHki3FUoolvuq91MXVTh8w30wYQk
          FKSmRVlAkx6Bj7i2zXR7vzo1jBEqwZrp3x985xCfHOhaoOkY9M9hEjvrbgA=
          -----END CERTIFICATE-----
      ---
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
        namespace: garden-dev
      spec:
        extensions:
        - type: registry-mirror
          providerConfig:
            apiVersion: mirror.extensions.gardener.cloud/v1alpha1
            kind: MirrorConfig
            mirrors:
            - upstream: docker.io
              hosts:
              - host: https://private-mirror.internal
                caBundleSecretReferenceName: ca-bundle
        resources:
        - name: ca-bundle
          resourceRef: { apiVersion: v1, kind: Secret, name: private-mirror-ca-v1 }
    `,
  },

  *checkSecret(secret, purpose) {
    if (purpose !== "ca-bundle") return;
    yield* checkKeys(secret);
    const bundle = readValue(secret, bundleKey);
    const problem = bundle && certificateProblem(bundle.text);
    if (bundle && problem) yield { span: bundle.span, message: problem, denied: true };
  },
};

function* checkKeys(secret: Secret): Iterable<SecretDraft> {
  const { entries, keysKnown } = secret;
  const extra = entries.filter((it) => it.key !== bundleKey);
  const missing = keysKnown && extra.length === entries.length;
  const meant = missing ? extra.filter(meansBundle) : [];
  for (const entry of meant) yield misnamedKey(secret, entry, { key: bundleKey, safe: meant.length === 1 });
  if (missing && meant.length === 0) yield missingKeys(secret, [bundleKey]);
  for (const entry of extra) if (!meant.includes(entry)) yield superfluousKey(secret, entry, [bundleKey]);
}

/** Of a Secret with a certificate and its key only the certificate can be meant. */
function meansBundle({ key }: SecretEntry): boolean {
  return /\.(crt|pem|cer|cert)$/i.test(key) || /^(ca|cert|certificate|bundle|ca-?bundle)$/i.test(key);
}

function certificateProblem(bundle: string): string | undefined {
  const first = readFirstCertificate(bundle);
  switch (first.kind) {
    case "certificate":
      return undefined;
    case "no-pem":
      return `"${bundleKey}" is not in PEM format`;
    case "not-certificate":
      return `the first block of "${bundleKey}" is a ${first.type}, not a CERTIFICATE`;
    case "unparsable":
      return `the first certificate of "${bundleKey}" cannot be read`;
  }
}
