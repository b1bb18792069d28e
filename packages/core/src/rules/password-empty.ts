import { trimGoSpace } from "../formats/go-space.ts";
import type { Rule } from "./rule.ts";
import { readValue } from "./secret-value.ts";

export const passwordEmpty: Rule = {
  code: "RC211",
  name: "password-empty",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "The password is empty or nothing but whitespace.",
    why: "The extension rejects the Shoot. In a rotation, where nobody checks the new Secret, the cache would run without credentials.",
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
        password: ""
      #           ^^ RC211
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
        password: example
    `,
  },

  *checkSecret(secret, purpose) {
    const password = purpose === "credentials" ? readValue(secret, "password") : undefined;
    if (password === undefined || trimGoSpace(password.text) !== "") return;
    yield { span: password.span, message: "the password is empty", denied: true };
  },
};
