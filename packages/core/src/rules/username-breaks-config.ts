import { hasGoSpace, trimGoSpace } from "../formats/go-space.ts";
import { usernameInConfig } from "../formats/yaml-username.ts";
import type { Secret } from "../manifest/secret.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { readValue, rewriteValue, type SecretValue } from "./secret-value.ts";

const messages = {
  crash:
    "the cache would not start: the extension writes this username into its configuration without quotes, which makes it invalid YAML",
  dropped:
    "the cache would run without credentials: the extension writes this username without quotes, and YAML reads it as empty",
  altered:
    "the cache would send another username: the extension writes this one without quotes, and YAML reads it differently",
} as const;

export const usernameBreaksConfig: Rule = {
  code: "RC216",
  name: "username-breaks-config",
  severity: "error",
  mirrors: "pkg/component/registrycaches/templates/config.yml.tpl",
  docs: {
    summary: "The username does not survive in the cache's configuration.",
    why: "The extension writes the username into the configuration of the cache without quotes. YAML gives a meaning to some characters: the cache does not start, or runs without credentials, or sends another username. Admission accepts all of them. A colon survives, but the registry splits username and password at the first one.",
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
        username: "@reader"
      #           ^^^^^^^^^ RC216
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
    const username = purpose === "credentials" ? readValue(secret, "username") : undefined;
    // RC210 tells of these.
    if (username === undefined || trimGoSpace(username.text) === "" || hasGoSpace(username.text)) return;
    const { text, span } = username;
    const verdict = usernameInConfig(text);
    if (verdict !== "intact") yield { span, message: messages[verdict], fixes: withoutQuotes(secret, username) };
    else if (text.includes(":")) {
      yield { span, message: "the username contains a colon, at which the registry splits off the password" };
    }
  },
};

function withoutQuotes(secret: Secret, username: SecretValue): readonly DraftFix[] {
  const [, , inner = ""] = /^(["'])([^"']+)\1$/.exec(username.text) ?? [];
  const edits = inner === "" ? [] : rewriteValue(secret, username, inner);
  return edits.length > 0 ? [{ title: "Remove the quotes from the username", edits }] : [];
}
