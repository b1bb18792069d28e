import { editDistance } from "../text/distance.ts";

/** The two keys of a Secret with upstream credentials. */
export const credentialKeys = ["username", "password"] as const;

/** One of the two keys. */
export type CredentialKey = (typeof credentialKeys)[number];

const aliases: { readonly [key in CredentialKey]: RegExp } = {
  username: /^(.*user|.*username|.*login|usr|account)$/,
  password: /^(.*pass|.*password|.*passwd|.*pwd|.*token|.*secret|passphrase)$/,
};

/** Tells whether a key that is not spelt right was meant to be this one. */
export function meansKey(written: string, key: CredentialKey): boolean {
  const plain = written.toLowerCase().replace(/[^a-z0-9]/g, "");
  return aliases[key].test(plain) || editDistance(plain, key) <= 2;
}
