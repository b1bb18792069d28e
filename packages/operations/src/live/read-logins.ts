import { decodeBase64, decodeUtf8 } from "@registry-cache/core";
import { type GardenClient, resources, textAt } from "@registry-cache/garden";
import type { Credentials } from "@registry-cache/runtime";

/** The logins in Secrets of a garden. They stay in memory. */
export interface Logins {
  /** What a Secret holds; read once, since it cannot change. */
  of(secret: string): Promise<Credentials>;
}

/** Makes a reader; nothing is asked yet. */
export function openLogins(client: GardenClient): Logins {
  const read = new Map<string, Promise<Credentials>>();
  return {
    of(secret) {
      const known = read.get(secret);
      if (known !== undefined) return known;
      const login = readLogin(client, secret);
      read.set(secret, login);
      login.catch(() => read.delete(secret));
      return login;
    },
  };
}

async function readLogin(client: GardenClient, name: string): Promise<Credentials> {
  const secret = await client.get({ resource: resources.secrets, namespace: client.namespace, name });
  const text = (key: string): string =>
    decodeUtf8(decodeBase64(textAt(secret, "data", key) ?? "") ?? new Uint8Array()).text;
  return { username: text("username"), password: text("password") };
}
