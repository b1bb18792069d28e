import { alias } from "./alias.ts";
import { configVersion } from "./config-version.ts";
import { containerRuntime } from "./container-runtime.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { extensionTwice } from "./extension-twice.ts";
import { invalidUtf8 } from "./invalid-utf8.ts";
import { missingField } from "./missing-field.ts";
import { providerConfigMissing } from "./provider-config-missing.ts";
import type { Rule } from "./rule.ts";
import { template } from "./template.ts";
import { tooComplex } from "./too-complex.ts";
import { undecodableValue } from "./undecodable-value.ts";
import { unknownField } from "./unknown-field.ts";
import { unsupportedValue } from "./unsupported-value.ts";
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
];
