import { isPlaceholder } from "./placeholder.ts";
import type { Rule } from "./rule.ts";
import { readValue } from "./secret-value.ts";

export const plainCredentialInGit: Rule = {
  code: "RC219",
  name: "plain-credential-in-git",
  severity: "warning",
  docs: {
    summary: "A credential is committed to Git in plain text or in base64, which anyone can decode.",
    why: "Everyone who can read the repository has it, now and from its history. Keep a SealedSecret, a file encrypted by SOPS or an ExternalSecret there instead, and replace the credential. Values that are clearly placeholders are not meant.",
  },
  example: {
    committed: true,
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
        password: s3cr3t-0f-the-r34der
      #           ^^^^^^^^^^^^^^^^^^^^ RC219
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
        password: <password>
    `,
  },

  *checkSecret(secret, purpose) {
    const password = purpose === "credentials" ? readValue(secret, "password") : undefined;
    if (password === undefined || isPlaceholder(password.text)) return;
    const encoding = password.entry.from === "data" ? "in base64, which hides nothing" : "in plain text";
    const message = `the password is committed to Git ${encoding}; use a SealedSecret, SOPS or an ExternalSecret, and replace the password`;
    yield { span: password.span, message, ifCommitted: true };
  },
};
