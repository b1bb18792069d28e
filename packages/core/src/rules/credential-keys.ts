import type { Secret, SecretEntry } from "../manifest/secret.ts";
import { credentialKeys, meansKey } from "./credential-key-names.ts";
import { checkPullSecret } from "./pull-secret.ts";
import type { Rule, SecretDraft } from "./rule.ts";
import { misnamedKey, missingKeys, superfluousKey } from "./secret-keys.ts";

export const credentialKeyNames: Rule = {
  code: "RC209",
  name: "credential-keys",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "A Secret for a cache has other keys than exactly `username` and `password`.",
    why: "The extension rejects the Shoot. In a rotation, where nobody checks the new Secret, a missing or misspelt key leaves the cache without credentials, and nothing tells of it. A pull secret (`.dockerconfigjson`) cannot serve: write its username and password into a Secret of their own.",
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
        user: reader
      # ^^^^ RC209
        password: example
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
    if (purpose !== "credentials") return;
    const pullSecret = checkPullSecret(secret);
    if (pullSecret) yield pullSecret;
    else yield* checkKeys(secret);
  },
};

function* checkKeys(secret: Secret): Iterable<SecretDraft> {
  const { entries, keysKnown } = secret;
  const missing = credentialKeys.filter((key) => keysKnown && !entries.some((it) => it.key === key));
  const extra = entries.filter(({ key }) => !credentialKeys.some((it) => it === key));
  const renamed = new Set<SecretEntry>();
  for (const key of missing) {
    const candidates = extra.filter((it) => meansKey(it.key, key));
    for (const entry of candidates) {
      renamed.add(entry);
      yield misnamedKey(secret, entry, { key, safe: candidates.length === 1 });
    }
  }
  const lost = missing.filter((key) => !extra.some((it) => meansKey(it.key, key)));
  if (lost.length > 0) yield missingKeys(secret, lost);
  for (const entry of extra) if (!renamed.has(entry)) yield superfluousKey(secret, entry, credentialKeys);
}
