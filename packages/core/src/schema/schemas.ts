import { mirrorConfigSchema } from "./mirror-config.ts";
import { registryConfigSchema } from "./registry-config.ts";
import type { Schema } from "./schema.ts";
import { secretSchema } from "./secret.ts";
import { settingsSchema } from "./settings.ts";
import { shootSchema } from "./shoot.ts";

/** The JSON Schemas (draft 7) of the documents that we know. */
export const schemas: {
  readonly [name in "shoot" | "registryConfig" | "mirrorConfig" | "secret" | "settings"]: Schema;
} = {
  shoot: shootSchema,
  registryConfig: registryConfigSchema,
  mirrorConfig: mirrorConfigSchema,
  secret: secretSchema,
  settings: settingsSchema,
};
