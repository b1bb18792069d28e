import { credentialKind } from "../formats/credential-kind.ts";
import { readJwtTimes } from "../formats/jwt-times.ts";
import type { Secret } from "../manifest/secret.ts";
import type { Draft, Rule } from "./rule.ts";
import { readPassword, readValue } from "./secret-value.ts";

const hour = 3600;
const day = 24 * hour;

export const shortLivedCredential: Rule = {
  code: "RC218",
  name: "short-lived-credential",
  severity: "error",
  docs: {
    summary: "The credential is a token that expires soon.",
    why: "Nothing refreshes it: a new one takes a new Secret and a restart of the cache. When it expires the cache goes on serving what it has and fails for all else. Use a credential that lasts, such as a service account key, a robot account or a deploy token.",
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
        username: oauth2accesstoken
      #           ^^^^^^^^^^^^^^^^^ RC218
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
    const username = readValue(secret, "username");
    const known = username && credentialKind(username.text, "").shortLived;
    if (username && known) yield { span: username.span, message: known };
    else yield* checkToken(secret);
  },
};

function* checkToken(secret: Secret): Iterable<Draft> {
  const password = readPassword(secret);
  if (password === undefined) return;
  const { span, text } = password;
  const { shortLived } = credentialKind("", text);
  if (shortLived !== undefined) {
    yield { span, message: shortLived };
    return;
  }
  const times = readJwtTimes(text.trim());
  if (times === undefined) return;
  const { lifetime } = times;
  if (lifetime === undefined) yield { span, severity: "warning", message: "the password is a token that expires" };
  else if (lifetime <= 90 * day) {
    const severity = lifetime <= day ? "error" : "warning";
    yield { span, severity, message: `the password is a token that is valid for ${durationText(lifetime)}` };
  }
}

function durationText(seconds: number): string {
  if (seconds < hour) return `${Math.max(0, Math.round(seconds / 60))} minutes`;
  return seconds <= 2 * day ? `${Math.round(seconds / hour)} hours` : `${Math.round(seconds / day)} days`;
}
