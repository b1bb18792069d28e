import { alias } from "./alias.ts";
import { configEmpty } from "./config-empty.ts";
import { configVersion } from "./config-version.ts";
import { containerRuntime } from "./container-runtime.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { extensionTwice } from "./extension-twice.ts";
import { invalidUtf8 } from "./invalid-utf8.ts";
import { missingField } from "./missing-field.ts";
import { providerConfigMissing } from "./provider-config-missing.ts";
import { referenceUnresolved } from "./reference-unresolved.ts";
import { referenceWrongKind } from "./reference-wrong-kind.ts";
import { resourceDuplicate } from "./resource-duplicate.ts";
import { resourceReferenceKind } from "./resource-reference-kind.ts";
import { resourceUnused } from "./resource-unused.ts";
import type { Rule } from "./rule.ts";
import { secretMissing } from "./secret-missing.ts";
import { secretNameTooLong } from "./secret-name-too-long.ts";
import { secretOtherNamespace } from "./secret-other-namespace.ts";
import { secretTerminating } from "./secret-terminating.ts";
import { storageClassInvalid } from "./storage-class-invalid.ts";
import { suffixCollision } from "./suffix-collision.ts";
import { suffixDuplicate } from "./suffix-duplicate.ts";
import { suffixInvalid } from "./suffix-invalid.ts";
import { template } from "./template.ts";
import { tooComplex } from "./too-complex.ts";
import { ttlNegative } from "./ttl-negative.ts";
import { undecodableValue } from "./undecodable-value.ts";
import { unknownField } from "./unknown-field.ts";
import { unsupportedValue } from "./unsupported-value.ts";
import { upstreamDuplicate } from "./upstream-duplicate.ts";
import { upstreamInvalid } from "./upstream-invalid.ts";
import { urlInvalid } from "./url-invalid.ts";
import { volumeSizeNotPositive } from "./volume-size-not-positive.ts";
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
  referenceUnresolved,
  referenceWrongKind,
  resourceDuplicate,
  resourceUnused,
  secretMissing,
  secretTerminating,
  secretOtherNamespace,
  secretNameTooLong,
  resourceReferenceKind,
];
