import { l10n, type QuickPickItem, window } from "vscode";
import type { Parts } from "./activate.ts";
import { askText, rotateTitle } from "./ask-text.ts";
import { askOrTell } from "./ask-with-progress.ts";
import type { Credential, NewSecretValues, RemoteKey, SecretName, UsedCredential } from "./protocol.ts";

/** Asks a person for the values of the next version of a Secret, or where its store has them; undefined where the person gives up. */
export async function askNewValues(parts: Parts, secret: UsedCredential): Promise<NewSecretValues | undefined> {
  if (secret.form === "ExternalSecret") {
    const remote = await askRemote(parts, nameOf(secret));
    return remote && { remote };
  }
  const credential = await askCredential(parts, nameOf(secret));
  return credential && { credential };
}

/** What names a Secret in requests. */
export function nameOf({ name, namespace }: UsedCredential): SecretName {
  return { name, ...(namespace && { namespace }) };
}

async function askCredential({ server }: Parts, secret: SecretName): Promise<Credential | undefined> {
  const old = await askOrTell(server, undefined, "registryCache/oldUsername", secret);
  if (!old) return undefined;
  const username = await askText(l10n.t("The new username"), { value: old.username ?? "", step: "1/2" });
  const password =
    username && (await askText(l10n.t("The new password of {0}", username), { password: true, step: "2/2" }));
  return username && password ? { username, password } : undefined;
}

type Remote = NonNullable<NewSecretValues["remote"]>;

/** Nothing is guessed: a wrong key gives the old login, and nobody is told until that is revoked. */
async function askRemote({ server }: Parts, secret: SecretName): Promise<Remote | undefined> {
  const known = await askOrTell(server, undefined, "registryCache/remoteKeys", secret);
  const where = known && (await pickWhere(known));
  if (!known || !where) return undefined;
  const keys = where === "key" ? await askKeys(known) : [];
  const old = known.find((it) => it.version !== undefined)?.version;
  const asksVersion = where === "version" || old !== undefined;
  const version = keys && asksVersion ? await askText(l10n.t("The new version"), { value: old ?? "" }) : undefined;
  if (!keys || (asksVersion && !version)) return undefined;
  return { keys, ...(version && { version }), unchanged: where === "same" };
}

type Where = "key" | "version" | "same";

async function pickWhere(known: readonly RemoteKey[]): Promise<Where | undefined> {
  const keys = [...new Set(known.map((it) => it.key))].join(", ");
  const isPinned = known.some((it) => it.version !== undefined);
  const items: readonly (QuickPickItem & { readonly where: Where })[] = [
    { label: l10n.t("Under another key"), detail: l10n.t("Now it is {0}", keys), where: "key" },
    { label: l10n.t("As another version of the same key"), detail: l10n.t("Of {0}", keys), where: "version" },
    {
      label: l10n.t("Where it holds the old ones"),
      detail: l10n.t("The store must have the new values before this is deployed"),
      where: "same",
    },
  ];
  const offered = items.filter((it) => (it.where === "same" ? !isPinned : known.length > 0));
  const placeHolder = l10n.t("Where does the store hold the new values?");
  return (await window.showQuickPick(offered, { title: rotateTitle(), placeHolder, ignoreFocusOut: true }))?.where;
}

/** The keys that are other ones, each as `OLD=NEW`. */
async function askKeys(known: readonly RemoteKey[]): Promise<readonly string[] | undefined> {
  const changed: string[] = [];
  for (const old of new Set(known.map((it) => it.key))) {
    const key = await askText(l10n.t("The key of the new values, in place of {0}", old), { value: old });
    if (!key) return undefined;
    if (key !== old) changed.push(`${old}=${key}`);
  }
  return changed;
}
