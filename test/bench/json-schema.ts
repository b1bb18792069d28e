import { type Schema, schemas } from "@registry-cache/core";

/** Our schema of a Shoot whose extensions are configured by a RegistryConfig, for there is no other in the benchmark, as JSON Schema. */
export function shootJsonSchema(): object {
  return JSON.parse(JSON.stringify(withConfig(["spec", "extensions", "providerConfig"], schemas.shoot)));
}

function withConfig(path: readonly string[], schema: Schema): Schema {
  const [name, ...rest] = path;
  if (name === undefined) return schemas.registryConfig;
  if (schema.items !== undefined) return { ...schema, items: withConfig(path, schema.items) };
  const inner = withConfig(rest, schema.properties?.[name] ?? {});
  return { ...schema, properties: { ...schema.properties, [name]: inner } };
}
