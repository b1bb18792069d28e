// The usual way to write such a linter: parse each file with `yaml`, validate with ajv, print what is wrong.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { schemas } from "@registry-cache/core";
import { Ajv } from "ajv";
import { parseAllDocuments } from "yaml";

const [directory = "."] = process.argv.slice(2);
const formats = [
  "quantity",
  "duration",
  "byte",
  "date-time",
  "int32",
  "int64",
  "int-or-percent",
  "cidr",
  "time-of-day",
];
const ajv = new Ajv({ allErrors: true, strict: false, formats: Object.fromEntries(formats.map((it) => [it, true])) });
const validateShoot = ajv.compile(schemas.shoot);
const validateConfig = ajv.compile(schemas.registryConfig);

let wrong = 0;
for (const entry of readdirSync(directory, { recursive: true, encoding: "utf8" }).sort()) {
  if (!entry.endsWith(".yaml")) continue;
  for (const document of parseAllDocuments(readFileSync(join(directory, entry), "utf8"))) {
    const shoot = document.toJS();
    const configs = (shoot.spec.extensions ?? []).map((it: { providerConfig: unknown }) => it.providerConfig);
    const sound = validateShoot(shoot) && configs.every((it: unknown) => validateConfig(it));
    if (!sound) console.log(`${entry} ${ajv.errorsText(validateConfig.errors ?? validateShoot.errors)}`);
    wrong += sound ? 0 : 1;
  }
}
process.exitCode = wrong > 0 ? 1 : 0;
