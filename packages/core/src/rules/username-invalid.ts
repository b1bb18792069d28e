import { hasGoSpace, trimGoSpace } from "../formats/go-space.ts";
import type { Rule, SecretDraft } from "./rule.ts";
import { readValue, rewriteValue, stripNewline } from "./secret-value.ts";

export const usernameInvalid: Rule = {
  code: "RC210",
  name: "username-invalid",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "The username is empty or has whitespace in it.",
    why: "The extension rejects the Shoot. The newline mostly comes from a `|` in YAML or from `echo` without `-n`.",
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
        username: "reader\\n"
      #           ^^^^^^^^^^ RC210
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
        username: "reader"
        password: example
    `,
  },

  *checkSecret(secret, purpose): Iterable<SecretDraft> {
    const username = purpose === "credentials" ? readValue(secret, "username") : undefined;
    if (username === undefined) return;
    const { span, text } = username;
    const trimmed = trimGoSpace(text);
    if (trimmed === "") {
      yield { span, message: "the username is empty", denied: true };
      return;
    }
    if (!hasGoSpace(text)) return;
    const message = messageFor(text, trimmed);
    if (hasGoSpace(trimmed)) {
      yield { span, message, denied: true };
      return;
    }
    const edits =
      /^[\r\n]+$/.test(text.slice(trimmed.length)) && text.startsWith(trimmed)
        ? stripNewline(secret, username)
        : rewriteValue(secret, username, trimmed);
    const title = message.includes("newline") ? "Remove the newline" : "Remove the whitespace around the username";
    yield { span, message, fixes: edits.length > 0 ? [{ title, safe: true, edits }] : [], denied: true };
  },
};

function messageFor(text: string, trimmed: string): string {
  if (/[\r\n]$/.test(text)) return "the username ends with a newline";
  if (text !== trimmed && !hasGoSpace(trimmed)) return "the username has whitespace around it";
  return "the username contains whitespace";
}
