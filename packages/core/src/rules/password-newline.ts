import { readDockerConfig } from "../formats/docker-config.ts";
import { isGoSpace, trimGoSpace } from "../formats/go-space.ts";
import { passwordInConfig } from "../formats/yaml-username.ts";
import type { Secret } from "../manifest/secret.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { decodeReadable, readPassword, rewriteValue, type SecretValue, stripNewline } from "./secret-value.ts";

export const passwordNewline: Rule = {
  code: "RC213",
  name: "password-newline",
  severity: "error",
  mirrors: "pkg/component/registrycaches/templates/config.yml.tpl",
  docs: {
    summary: "The password has a newline in it, or whitespace around it.",
    why: "Admission accepts it, but in the cache's configuration a newline becomes a blank. The login then fails, and pulls through the cache end as not found. The newline mostly comes from a `|` in YAML or from `echo` without `-n`. Blanks around the password are sent as they are, which is rarely meant.",
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
        password: "example\\n"
      #           ^^^^^^^^^^^ RC213
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
        password: "example"
    `,
  },

  *checkSecret(secret, purpose) {
    const password = purpose === "credentials" ? readPassword(secret) : undefined;
    if (password === undefined || isOtherMistake(password.text)) return;
    const { span, text } = password;
    const altered = passwordInConfig(text) === "altered";
    if (!altered && trimGoSpace(text) === text) return;
    const severity = altered ? "error" : "warning";
    yield { span, severity, message: messageFor(text, altered), fixes: fixesOf(secret, password) };
  },
};

/** What is wrong as a whole is told by RC214, RC215 and RC217. */
function isOtherMistake(text: string): boolean {
  return (
    passwordInConfig(text) === "crash" || readDockerConfig(text) !== undefined || decodeReadable(text) !== undefined
  );
}

function messageFor(text: string, altered: boolean): string {
  if (!altered) return `the password ${isGoSpace(text.slice(-1)) ? "ends" : "begins"} with whitespace`;
  const where = /[\r\n]$/.test(text) ? "ends with" : /^[\r\n]/.test(text) ? "begins with" : "contains";
  return `the password ${where} a newline, which becomes a blank in the cache's configuration`;
}

function fixesOf(secret: Secret, password: SecretValue): readonly DraftFix[] {
  const { text } = password;
  const trimmed = trimGoSpace(text);
  const oneNewline = /^\r?\n$/.test(text.slice(trimmed.length)) && text.startsWith(trimmed);
  if (/[\r\n]/.test(trimmed)) return [];
  const edits = oneNewline ? stripNewline(secret, password) : rewriteValue(secret, password, trimmed);
  const title = oneNewline ? "Remove the newline" : "Remove the whitespace around the password";
  return edits.length > 0 ? [{ title, safe: oneNewline, edits }] : [];
}
