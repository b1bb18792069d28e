import type { ClientCertificate } from "../transport/tls-options.ts";

/** What one request shows of who we are. */
export interface Credential {
  /** The value of the Authorization header. */
  readonly authorization?: string;
  readonly certificate?: ClientCertificate;
  /** Texts that no error may repeat. */
  readonly secrets: readonly string[];
}

/** Gives the credential for a request. */
export interface CredentialSource {
  get(signal: AbortSignal): Promise<Credential>;
  /** The server did not take it: forgets it. False where asking again would give the same. */
  refuse(credential: Credential): boolean;
}

/** Always the same credential. */
export function fixedCredential(credential: Credential): CredentialSource {
  return { get: async () => credential, refuse: () => false };
}

/** A credential that is a bearer token. */
export function bearer(token: string, certificate?: ClientCertificate): Credential {
  return { authorization: `Bearer ${token}`, secrets: [token], ...(certificate && { certificate }) };
}

/** A credential that is a name and a password. */
export function basic(username: string, password: string, certificate?: ClientCertificate): Credential {
  const encoded = Buffer.from(`${username}:${password}`).toString("base64");
  return { authorization: `Basic ${encoded}`, secrets: [password, encoded], ...(certificate && { certificate }) };
}
