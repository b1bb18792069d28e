import { trimGoSpace } from "../formats/go-space.ts";
import { serviceAccountProblems } from "../formats/service-account.ts";
import type { Secret } from "../manifest/secret.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { decodeReadable, jsonKeyUser, readValue, rewriteValue, type SecretValue } from "./secret-value.ts";

export const serviceAccountKey: Rule = {
  code: "RC212",
  name: "service-account-key",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "The password of the user `_json_key` is not the JSON of a Google service account key.",
    why: "For this user the extension takes only a flat JSON object of strings with the fields that Google writes, and rejects the Shoot for anything else.",
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
        username: _json_key
        password: '{"type": "service_account", "quota_project_id": "example"}'
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC212
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
        username: _json_key
        password: '{"type": "service_account", "project_id": "example"}'
    `,
  },

  *checkSecret(secret, purpose) {
    if (purpose !== "credentials" || readValue(secret, "username")?.text !== jsonKeyUser) return;
    const password = readValue(secret, "password");
    if (password === undefined || trimGoSpace(password.text) === "") return;
    const { unmarshal, forbidden } = serviceAccountProblems(password.text);
    const { span } = password;
    if (unmarshal !== undefined) {
      const message = unmarshal.startsWith("is ")
        ? `the service account key ${unmarshal}`
        : `in the service account key ${unmarshal}`;
      yield { span, message, fixes: decoded(secret, password), denied: true };
    }
    if (forbidden.length > 0) {
      const names = forbidden.map((it) => JSON.stringify(it)).join(", ");
      yield { span, message: `the service account key has fields that the extension refuses: ${names}`, denied: true };
    }
  },
};

/** The key in base64 is what the user _json_key_base64 takes; this one takes it plain. */
function decoded(secret: Secret, password: SecretValue): readonly DraftFix[] {
  const json = decodeReadable(password.text);
  if (json === undefined || serviceAccountProblems(json).unmarshal !== undefined) return [];
  const edits = rewriteValue(secret, password, json);
  return edits.length > 0 ? [{ title: "Decode the key, which is in base64", safe: true, edits }] : [];
}
