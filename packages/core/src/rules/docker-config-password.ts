import { type DockerLogin, readDockerConfig } from "../formats/docker-config.ts";
import type { Secret } from "../manifest/secret.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { readPassword, readValue, rewriteValue, type SecretValue } from "./secret-value.ts";

export const dockerConfigPassword: Rule = {
  code: "RC215",
  name: "docker-config-password",
  severity: "error",
  docs: {
    summary: "The password is a whole Docker configuration (`.dockerconfigjson`).",
    why: "The cache sends the password to the registry as it is. Take the username and the password for the upstream out of the configuration.",
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
        username: docker
        password: '{"auths": {"docker.io": {"username": "reader", "password": "example"}}}'
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC215
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
        password: 'example'
    `,
  },

  *checkSecret(secret, purpose) {
    const password = purpose === "credentials" ? readPassword(secret) : undefined;
    const logins = password && readDockerConfig(password.text);
    if (password === undefined || logins === undefined) return;
    yield {
      span: password.span,
      message: "the password is a Docker configuration; take the password for the upstream out of it",
      fixes: logins.slice(0, 3).flatMap((login) => extraction(secret, password, login)),
    };
  },
};

function extraction(secret: Secret, password: SecretValue, login: DockerLogin): readonly DraftFix[] {
  const username = readValue(secret, "username");
  const edits = [
    ...(username ? rewriteValue(secret, username, login.username) : []),
    ...rewriteValue(secret, password, login.password),
  ];
  return edits.length > 0 ? [{ title: `Take the login for ${login.registry} out of it`, edits }] : [];
}
