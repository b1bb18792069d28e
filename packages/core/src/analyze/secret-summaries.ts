import { decodeUtf8 } from "../encoding/utf8.ts";
import { type CredentialKind, credentialKind } from "../formats/credential-kind.ts";
import { readDateTime } from "../formats/time.ts";
import { readString } from "../manifest/located.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Secret, SecretForm } from "../manifest/secret.ts";
import type { Span } from "../text/span.ts";
import { fieldOf } from "../yaml/node.ts";
import { cacheSetups } from "./cache-setups.ts";
import { declaredExpiry } from "./declared-expiry.ts";
import { looksLike } from "./looks-like.ts";

/** A Secret with credentials of a cache: what it is, without a value of it. */
export interface SecretSummary {
  readonly uri: string;
  readonly span: Span;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly form: SecretForm;
  readonly immutable: boolean;
  /** Absent where its values cannot be read here. */
  readonly kind: CredentialKind | undefined;
  /** What its annotation declares; seconds since 1970, or the text where that is no time. */
  readonly declaredExpiry: number | string | undefined;
  /** When the cluster made it; seconds since 1970. */
  readonly createdAt: number | undefined;
  readonly uses: readonly SecretUse[];
}

/** A cache that uses a Secret. */
export interface SecretUse {
  readonly shoot: string | undefined;
  readonly upstream: string;
  readonly remoteURL: string;
}

/** The Secrets that caches use, or that look as if they were for one, in the order of the files. */
export function secretSummaries(files: readonly ManifestFile[]): readonly SecretSummary[] {
  const setups = cacheSetups(files);
  return files.flatMap((file) =>
    file.documents.flatMap(({ secrets, span }) =>
      secrets.flatMap((secret) => {
        const uses = setups
          .filter((it) => "secret" in it.credential && it.credential.secret === secret.name)
          .filter(({ namespace }) => namespace === undefined || (secret.namespace ?? namespace) === namespace)
          .map(({ shoot, upstream, remoteURL }) => ({ shoot, upstream, remoteURL }));
        const counts = uses.length > 0 || looksLike(secret) === "credentials";
        return counts ? [{ ...secretSummary(secret, uses), span }] : [];
      }),
    ),
  );
}

/** What is told of one Secret that these caches use. */
export function secretSummary(secret: Secret, uses: readonly SecretUse[]): SecretSummary {
  const metadata = fieldOf(secret.root, "metadata");
  const created = readString(metadata, "creationTimestamp", "")?.value;
  return {
    uri: secret.uri,
    span: secret.root.span,
    name: secret.name,
    namespace: secret.namespace,
    form: secret.form,
    immutable: secret.immutable?.value === true,
    kind: kindOf(secret),
    declaredExpiry: declaredExpiry(secret),
    createdAt: created === undefined ? undefined : readDateTime(created),
    uses,
  };
}

function kindOf({ entries }: Secret): CredentialKind | undefined {
  const [username, password] = ["username", "password"].map((key) => entries.find((it) => it.key === key)?.bytes);
  if (username === undefined || password === undefined) return undefined;
  return credentialKind(decodeUtf8(username).text, decodeUtf8(password).text);
}
