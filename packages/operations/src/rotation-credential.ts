import {
  type CacheSetup,
  cacheSetups,
  decodeUtf8,
  type FileRotation,
  type ManifestFile,
  type NewValues,
  type SecretId,
} from "@registry-cache/core";

/** One value of a Secret's plain manifest. Where several manifests differ, none of them counts. Never print it. */
export function valueIn(files: readonly ManifestFile[], secret: SecretId, key: string): string | undefined {
  const secrets = files.flatMap((it) => it.documents.flatMap((document) => document.secrets));
  const own = secrets.filter((it) => it.form === "Secret" && it.name === secret.name);
  const here = own.filter((it) => isSame(secret.namespace, it.namespace));
  const entries = here.flatMap((it) => it.entries.filter((entry) => entry.key === key));
  const values = new Set(entries.map(({ bytes }) => (bytes === undefined ? "" : decodeUtf8(bytes).text)));
  const [value] = values;
  return values.size === 1 && value !== "" ? value : undefined;
}

/** The credential of a Secret's plain manifest. */
export function credentialIn(files: readonly ManifestFile[], secret: SecretId): NewValues | undefined {
  const [username, password] = ["username", "password"].map((key) => valueIn(files, secret, key));
  return username === undefined || password === undefined ? undefined : { purpose: "credentials", username, password };
}

/** The caches that a rotation's Secret serves: those that name the old version, and those that name the new one already. */
export function setupsFor(
  files: readonly ManifestFile[],
  { from, to, namespace }: Pick<FileRotation, "from" | "to" | "namespace">,
): readonly CacheSetup[] {
  return cacheSetups(files).filter(({ credential, namespace: of }) => {
    return "secret" in credential && [from, to].includes(credential.secret ?? "") && isSame(namespace, of);
  });
}

function isSame(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
