import { readDockerConfig } from "../formats/docker-config.ts";
import type { Secret } from "../manifest/secret.ts";
import { type CredentialKey, credentialKeys } from "./credential-key-names.ts";
import type { Rule } from "./rule.ts";
import { decodeReadable, readPassword, readValue, rewriteValue, type SecretValue } from "./secret-value.ts";

export const doubleBase64: Rule = {
  code: "RC214",
  name: "double-base64",
  severity: "warning",
  docs: {
    summary: "A value looks as if it had been put into base64 once too often.",
    why: "The registry gets the value after one decoding. Values under `stringData` are plain text and are not decoded at all.",
  },
  example: {
    bad: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: ro-docker-secret-v1
        namespace: garden-dev
      type: Opaque
      immutable: true
      stringData:
        username: reader
        password: bXktZXhhbXBsZQ==
      #           ^^^^^^^^^^^^^^^^ RC214
    `,
    good: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: ro-docker-secret-v1
        namespace: garden-dev
      type: Opaque
      immutable: true
      stringData:
        username: reader
        password: my-example
    `,
  },

  *checkSecret(secret, purpose) {
    if (purpose !== "credentials") return;
    for (const key of credentialKeys) {
      const value = judgedValue(secret, key);
      const inner = value && decodeReadable(value.text);
      if (value === undefined || inner === undefined || readDockerConfig(value.text) !== undefined) continue;
      const edits = rewriteValue(secret, value, inner);
      const fixes = edits.length > 0 ? [{ title: `Decode the ${key} once`, edits }] : [];
      yield { span: value.span, message: `the ${key} seems to be in base64 once too often`, fixes };
    }
  },
};

function judgedValue(secret: Secret, key: CredentialKey): SecretValue | undefined {
  if (key === "username") return readValue(secret, key);
  // The password of this user of Google's registries is base64.
  return readValue(secret, "username")?.text === "_json_key_base64" ? undefined : readPassword(secret);
}
