import { followsScheme } from "./name-scheme.ts";
import type { Rule } from "./rule.ts";

export const policySecretNames: Rule = {
  code: "RC230",
  name: "policy-secret-names",
  severity: "error",
  docs: {
    summary: "A Secret with credentials is not called as `policies.secretNames` of your settings asks.",
    why: "Whoever rotates credentials finds the next name, and those to be removed, by the scheme alone.",
  },
  example: {
    settings: `
      policies:
        secretNames: ro-{name}-v{n}
    `,
    bad: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: docker-credentials
      #       ^^^^^^^^^^^^^^^^^^ RC230
      type: Opaque
      immutable: true
      data:
        username: cmVhZGVy
        password: ZXhhbXBsZS1wYXNzd29yZA==
    `,
    good: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: ro-docker-v1
      type: Opaque
      immutable: true
      data:
        username: cmVhZGVy
        password: ZXhhbXBsZS1wYXNzd29yZA==
    `,
  },

  *checkSecret({ name, nameSpan }, purpose, { secretNames }) {
    if (purpose !== "credentials" || secretNames === undefined || followsScheme(name, secretNames)) return;
    yield { span: nameSpan, message: messageFor(name, secretNames) };
  },

  *checkReference({ purpose, target, namespace }, garden, { secretNames }) {
    if (purpose !== "credentials" || secretNames === undefined || target === undefined) return;
    // Where the Secret's manifest is at hand, the finding lies on its own name.
    if (followsScheme(target.name, secretNames) || garden.isWritten(target.name, namespace)) return;
    yield { span: target.span, message: messageFor(target.name, secretNames) };
  },
};

function messageFor(name: string, scheme: string): string {
  return `"${name}" does not follow the policy "${scheme}" for names of Secrets`;
}
