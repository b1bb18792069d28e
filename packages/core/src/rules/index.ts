import { alias } from "./alias.ts";
import { caBundle } from "./ca-bundle.ts";
import { capabilityDuplicate } from "./capability-duplicate.ts";
import { capabilityUnsupported } from "./capability-unsupported.ts";
import { chainDrift } from "./chain-drift.ts";
import { configEmpty } from "./config-empty.ts";
import { configVersion } from "./config-version.ts";
import { containerRuntime } from "./container-runtime.ts";
import { credentialKeyNames } from "./credential-keys.ts";
import { credentialsOverHttp } from "./credentials-over-http.ts";
import { deprecatedField } from "./deprecated-field.ts";
import { dockerConfigPassword } from "./docker-config-password.ts";
import { doubleBase64 } from "./double-base64.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { ecrUpstream } from "./ecr-upstream.ts";
import { extensionTwice } from "./extension-twice.ts";
import { garbageCollectionEnabledAgain } from "./garbage-collection-enabled-again.ts";
import { garbageCollectionOff } from "./garbage-collection-off.ts";
import { generatorHashSuffix } from "./generator-hash-suffix.ts";
import { hostDuplicate } from "./host-duplicate.ts";
import { ignoreUnused } from "./ignore-unused.ts";
import { immutableField } from "./immutable-field.ts";
import { invalidUtf8 } from "./invalid-utf8.ts";
import { labelTooLong } from "./label-too-long.ts";
import { liveDrift } from "./live-drift.ts";
import { malformedValue } from "./malformed-value.ts";
import { mirrorAndCache } from "./mirror-and-cache.ts";
import { missingField } from "./missing-field.ts";
import { nameCollision } from "./name-collision.ts";
import { neverMatchedUpstream } from "./never-matched-upstream.ts";
import { overridePathMissing } from "./override-path-missing.ts";
import { overridePathWithoutPath } from "./override-path-without-path.ts";
import { passwordBreaksConfig } from "./password-breaks-config.ts";
import { passwordEmpty } from "./password-empty.ts";
import { passwordNewline } from "./password-newline.ts";
import { plainCredentialInGit } from "./plain-credential-in-git.ts";
import { policyCredentials } from "./policy-credentials.ts";
import { policySecretNames } from "./policy-secret-names.ts";
import { policyUpstreams } from "./policy-upstreams.ts";
import { policyVolumeSize } from "./policy-volume-size.ts";
import { previousConfigBroken } from "./previous-config-broken.ts";
import { providerConfigMissing } from "./provider-config-missing.ts";
import { referenceUnresolved } from "./reference-unresolved.ts";
import { referenceWrongKind } from "./reference-wrong-kind.ts";
import { remoteUrlWebsite } from "./remote-url-website.ts";
import { resourceDuplicate } from "./resource-duplicate.ts";
import { resourceReferenceKind } from "./resource-reference-kind.ts";
import { resourceUnused } from "./resource-unused.ts";
import { rotationUnchecked } from "./rotation-unchecked.ts";
import type { Rule } from "./rule.ts";
import { secretMissing } from "./secret-missing.ts";
import { secretMutable } from "./secret-mutable.ts";
import { secretNameTooLong } from "./secret-name-too-long.ts";
import { secretNotBase64 } from "./secret-not-base64.ts";
import { secretOtherNamespace } from "./secret-other-namespace.ts";
import { secretTerminating } from "./secret-terminating.ts";
import { secretType } from "./secret-type.ts";
import { serviceAccountKey } from "./service-account-key.ts";
import { settingsUnknownCode } from "./settings-unknown-code.ts";
import { settingsUnknownField } from "./settings-unknown-field.ts";
import { settingsWrongValue } from "./settings-wrong-value.ts";
import { shortLivedCredential } from "./short-lived-credential.ts";
import { storageClassInvalid } from "./storage-class-invalid.ts";
import { suffixCollision } from "./suffix-collision.ts";
import { suffixDuplicate } from "./suffix-duplicate.ts";
import { suffixInvalid } from "./suffix-invalid.ts";
import { template } from "./template.ts";
import { tlsOff } from "./tls-off.ts";
import { tooComplex } from "./too-complex.ts";
import { trailingSlash } from "./trailing-slash.ts";
import { ttlNegative } from "./ttl-negative.ts";
import { unavailableField } from "./unavailable-field.ts";
import { undecodableValue } from "./undecodable-value.ts";
import { unknownField } from "./unknown-field.ts";
import { unsupportedValue } from "./unsupported-value.ts";
import { upstreamDuplicate } from "./upstream-duplicate.ts";
import { upstreamInvalid } from "./upstream-invalid.ts";
import { urlInvalid } from "./url-invalid.ts";
import { usernameBreaksConfig } from "./username-breaks-config.ts";
import { usernameInvalid } from "./username-invalid.ts";
import { volumeImmutable } from "./volume-immutable.ts";
import { volumeSizeNotPositive } from "./volume-size-not-positive.ts";
import { volumeSizeTiny } from "./volume-size-tiny.ts";
import { workerless } from "./workerless.ts";
import { wrongType } from "./wrong-type.ts";
import { yamlSyntax } from "./yaml-syntax.ts";

/** Every rule there is, in the order of its code. */
export const rules: readonly Rule[] = [
  yamlSyntax,
  duplicateKey,
  alias,
  tooComplex,
  template,
  invalidUtf8,
  unknownField,
  wrongType,
  missingField,
  unsupportedValue,
  undecodableValue,
  configVersion,
  providerConfigMissing,
  containerRuntime,
  workerless,
  extensionTwice,
  deprecatedField,
  unavailableField,
  immutableField,
  malformedValue,
  settingsUnknownField,
  settingsWrongValue,
  settingsUnknownCode,
  ignoreUnused,
  configEmpty,
  upstreamInvalid,
  upstreamDuplicate,
  urlInvalid,
  volumeSizeNotPositive,
  storageClassInvalid,
  ttlNegative,
  suffixInvalid,
  suffixDuplicate,
  suffixCollision,
  nameCollision,
  garbageCollectionOff,
  tlsOff,
  ecrUpstream,
  credentialsOverHttp,
  neverMatchedUpstream,
  trailingSlash,
  labelTooLong,
  hostDuplicate,
  capabilityUnsupported,
  capabilityDuplicate,
  mirrorAndCache,
  volumeImmutable,
  garbageCollectionEnabledAgain,
  previousConfigBroken,
  rotationUnchecked,
  volumeSizeTiny,
  remoteUrlWebsite,
  overridePathMissing,
  overridePathWithoutPath,
  referenceUnresolved,
  referenceWrongKind,
  resourceDuplicate,
  resourceUnused,
  secretMissing,
  secretTerminating,
  secretOtherNamespace,
  secretMutable,
  credentialKeyNames,
  usernameInvalid,
  passwordEmpty,
  serviceAccountKey,
  passwordNewline,
  doubleBase64,
  dockerConfigPassword,
  usernameBreaksConfig,
  passwordBreaksConfig,
  shortLivedCredential,
  plainCredentialInGit,
  secretNotBase64,
  caBundle,
  secretNameTooLong,
  resourceReferenceKind,
  generatorHashSuffix,
  secretType,
  policySecretNames,
  policyCredentials,
  policyUpstreams,
  policyVolumeSize,
  liveDrift,
  chainDrift,
];
