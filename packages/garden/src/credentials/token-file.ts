import { readFile } from "node:fs/promises";
import { explainError } from "../explain-error.ts";
import { GardenError } from "../garden-error.ts";
import type { ClientCertificate } from "../transport/tls-options.ts";
import { bearer, type Credential, type CredentialSource } from "./credential.ts";

/** client-go reads the file again after a minute. */
const lifetime = 60_000;

/** A token that somebody else keeps fresh in a file. When the file cannot be read, the last token serves on. */
export function tokenFile(
  path: string,
  first: string,
  certificate: ClientCertificate | undefined,
  now: () => number = Date.now,
): CredentialSource {
  let known: Credential | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  const read = async (): Promise<Credential> => {
    try {
      const token = (await readFile(path, "utf8")).trim();
      if (token === "") throw new GardenError("credentials", `the token file "${path}" is empty`);
      return known?.authorization === `Bearer ${token}` ? known : bearer(token, certificate);
    } catch (error) {
      const fallback = known ?? (first === "" ? undefined : bearer(first, certificate));
      if (fallback !== undefined) return fallback;
      if (error instanceof GardenError) throw error;
      throw new GardenError("credentials", `cannot read the token file "${path}": ${explainError(error)}`);
    }
  };
  return {
    async get() {
      if (known === undefined || now() - readAt >= lifetime) {
        known = await read();
        readAt = now();
      }
      return known;
    },
    refuse() {
      readAt = Number.NEGATIVE_INFINITY;
      return true;
    },
  };
}
