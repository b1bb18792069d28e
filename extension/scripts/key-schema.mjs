// The JSON Schema that redhat.vscode-yaml gets when it is to complete keys: names and nesting, and nothing that it could report,
// since types, enums and unknown fields are told by our own server already.

/** The keys of a Shoot, with those of the two configurations where an extension's type asks for them. */
export function keySchema({ shoot, registryConfig, mirrorConfig }) {
  const schema = keysOf(shoot);
  schema.$schema = "http://json-schema.org/draft-07/schema#";
  const extension = schema.properties.spec.properties.extensions.items;
  extension.allOf = [
    configurationOf("registry-cache", keysOf(registryConfig)),
    configurationOf("registry-mirror", keysOf(mirrorConfig)),
  ];
  return schema;
}

function configurationOf(type, providerConfig) {
  return {
    if: { properties: { type: { const: type } }, required: ["type"] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { properties: { providerConfig } },
  };
}

function keysOf({ properties, additionalProperties, items }) {
  return {
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, it]) => [name, keysOf(it)])),
    }),
    ...(additionalProperties && { additionalProperties: keysOf(additionalProperties) }),
    ...(items && { items: keysOf(items) }),
  };
}
