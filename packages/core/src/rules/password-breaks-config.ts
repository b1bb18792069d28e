import { passwordInConfig } from "../formats/yaml-username.ts";
import type { Rule } from "./rule.ts";
import { readPassword } from "./secret-value.ts";

export const passwordBreaksConfig: Rule = {
  code: "RC217",
  name: "password-breaks-config",
  severity: "error",
  mirrors: "pkg/component/registrycaches/templates/config.yml.tpl",
  docs: {
    summary: "The password has characters with which the cache does not start.",
    why: "The extension writes the password into the configuration of the cache. With a control character, or a line of `---` or `...`, this is no YAML any more, and the cache crashes at its start. Admission accepts it.",
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
        password: "example\\a"
      #           ^^^^^^^^^^^ RC217
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
    const password = purpose === "credentials" ? readPassword(secret) : undefined;
    if (password === undefined || passwordInConfig(password.text) !== "crash") return;
    const cause = /[^\P{Cc}\t\r\n]/u.test(password.text) ? "a control character" : "characters that YAML refuses";
    yield { span: password.span, message: `the cache would not start: the password contains ${cause}` };
  },
};
