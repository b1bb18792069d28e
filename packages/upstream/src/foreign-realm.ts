import { readChallenges } from "./challenge.ts";
import { shownUrl } from "./facts.ts";
import { headersOf } from "./outcome.ts";
import { realmAllowed } from "./realm.ts";
import { openWire, type WireOptions } from "./wire.ts";

/** The token server of an upstream to which Distribution 3.1.1 sends no credential; undefined where it sends them, or nobody answers. */
export async function findForeignRealm(remoteURL: string, options: WireOptions): Promise<string | undefined> {
  const outcome = await openWire(options).asCache({ method: "GET", url: `${remoteURL}/v2/`, bodyLimit: 0 });
  if (outcome.kind !== "reply") return undefined;
  const bearer = readChallenges(headersOf(outcome, "www-authenticate")).find((it) => it.scheme === "bearer");
  const realm = bearer?.parameters.get("realm");
  return realm === undefined || realmAllowed(remoteURL, realm) ? undefined : shownUrl(realm);
}
