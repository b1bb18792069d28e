import { encodeBase64 } from "../encoding/base64.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import { type DockerLogin, readDockerConfig } from "../formats/docker-config.ts";
import type { Secret, SecretEntry } from "../manifest/secret.ts";
import { insertEntry, renameKey, replaceScalar, setEntry } from "../yaml/edit.ts";
import { credentialKeys } from "./credential-key-names.ts";
import type { DraftFix, SecretDraft } from "./rule.ts";
import { readValue } from "./secret-value.ts";

/** The finding on a Secret for imagePullSecrets, which cannot serve a cache; undefined for any other Secret. */
export function checkPullSecret(secret: Secret): SecretDraft | undefined {
  const { entries } = secret;
  const config = entries.find(({ key }) => key === ".dockerconfigjson" || key === ".dockercfg");
  if (config === undefined || credentialKeys.every((key) => entries.some((it) => it.key === key))) return undefined;
  const logins = readDockerConfig(readValue(secret, config.key)?.text ?? "") ?? [];
  return {
    span: config.keySpan,
    message:
      "a pull secret cannot serve a cache; write its username and password into a Secret with just these two keys",
    fixes: entries.length === 1 ? logins.slice(0, 3).flatMap((login) => conversion(secret, config, login)) : [],
    denied: true,
  };
}

function conversion(
  { text, type }: Secret,
  { key, from, written }: SecretEntry,
  login: DockerLogin,
): readonly DraftFix[] {
  if (written === undefined) return [];
  const { parent, entry } = written;
  const write = (value: string): string => (from === "data" ? encodeBase64(encodeUtf8(value)) : value);
  const edits = [
    insertEntry(text, parent, { key: "username", before: key }, write(login.username)),
    renameKey(text, entry, "password"),
    setEntry(text, parent, key, write(login.password)),
    ...(type ? [replaceScalar(text, type.node, "Opaque")] : []),
  ];
  return [{ title: `Keep only the login for ${login.registry}`, edits }];
}
