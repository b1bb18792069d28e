import { l10n, type QuickPickItem, window } from "vscode";
import { askText, rotateTitle } from "../ask-text.ts";
import { askOrTell } from "../ask-with-progress.ts";
import type { GardenRotationOrder, GardenRotationPlan, GardenSecretName, GardenShoot } from "../protocol.ts";
import { carryOut } from "./carry-out-rotation.ts";
import type { GardenParts } from "./garden-commands.ts";

/** Rotates a Secret of the connected garden: asks for the new login, shows what will happen, and does it. */
export async function rotateInGarden(parts: GardenParts, given?: GardenSecretName): Promise<void> {
  const secret = given ?? (await pickSecret(parts));
  if (!secret) return;
  const { name, namespace } = secret;
  const title = l10n.t('Looking at what uses "{0}"', name);
  const plan = await askOrTell(parts.server, title, "registryCache/garden/planRotation", { name, namespace });
  if (!plan) return;
  if (plan.blockers.length > 0) {
    const detail = plan.blockers.join("\n");
    void window.showErrorMessage(l10n.t('"{0}" cannot be rotated now', name), { modal: true, detail });
    return;
  }
  const credential = await askLogin(name);
  if (credential && (await confirm(plan))) await carryOut(parts, { name, namespace, aim: "rotate", credential });
}

/** The Secret, of those that caches of the garden log in with. */
async function pickSecret({ connection }: GardenParts): Promise<GardenSecretName | undefined> {
  const { shoots } = await connection.shoots();
  const uses = new Map(shoots.flatMap(usesOf).map((it) => [`${it.namespace}/${it.name}`, [] as SecretUse[]]));
  for (const it of shoots.flatMap(usesOf)) uses.get(`${it.namespace}/${it.name}`)?.push(it);
  const items = [...uses.values()].flatMap(([first, ...others]) =>
    first ? [secretItem([first, ...others], first)] : [],
  );
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t("No cache of the garden logs in with a Secret."));
    return undefined;
  }
  const placeHolder = l10n.t("The Secret of the garden to rotate");
  return (await window.showQuickPick(items, { title: rotateTitle(), placeHolder, matchOnDetail: true }))?.secret;
}

interface SecretUse extends GardenSecretName {
  readonly upstream: string;
  readonly shoot: string;
}

function usesOf({ namespace, name: shoot, caches }: GardenShoot): readonly SecretUse[] {
  return caches.flatMap(({ kind, upstream, secret }) =>
    kind === "cache" && secret?.state === "present" ? [{ namespace, name: secret.name, upstream, shoot }] : [],
  );
}

function secretItem(
  uses: readonly SecretUse[],
  secret: GardenSecretName,
): QuickPickItem & { readonly secret: GardenSecretName } {
  const [upstreams, shoots] = [uses.map((it) => it.upstream), uses.map((it) => it.shoot)].map((it) => [...new Set(it)]);
  const detail = l10n.t("{0}, used by Shoots: {1}", (upstreams ?? []).join(", "), (shoots ?? []).join(", "));
  return { label: secret.name, description: secret.namespace, detail, secret };
}

async function askLogin(name: string): Promise<GardenRotationOrder["credential"] | undefined> {
  const username = await window.showInputBox({
    title: `${rotateTitle()} (1/2)`,
    prompt: l10n.t('The new username; empty keeps the one of "{0}"', name),
    ignoreFocusOut: true,
  });
  if (username === undefined) return undefined;
  const prompt = username ? l10n.t("The new password of {0}", username) : l10n.t("The new password");
  const password = await askText(prompt, { password: true, step: "2/2" });
  return password ? { ...(username && { username }), password } : undefined;
}

/** Says what will happen, in the order in which it does. */
async function confirm({ from, to, shoots, looks, notes }: GardenRotationPlan): Promise<boolean> {
  const rotate = l10n.t("Rotate");
  const steps = [
    l10n.t("Try the login at every upstream"),
    l10n.t('Make Secret "{0}", immutable', to),
    ...shoots.map(({ name, users }) => l10n.t('Switch Shoot "{0}" ({1})', name, users.join(", "))),
    shoots.length > 1
      ? l10n.t("Wait until each is rolled out, the first alone")
      : l10n.t("Wait until it is rolled out"),
    ...(looks ? [lookText(shoots.length)] : []),
    l10n.t('Keep Secret "{0}" as the way back', from),
  ];
  const apart = notes.length > 0 ? [""] : [];
  const detail = [...steps.map((it, index) => `${index + 1}. ${it}`), ...apart, ...notes].join("\n");
  const message = l10n.t('Rotate Secret "{0}" in the garden?', from);
  return (await window.showWarningMessage(message, { modal: true, detail }, rotate)) === rotate;
}

function lookText(count: number): string {
  return count > 1
    ? l10n.t("Look into the first Shoot: the others follow when its caches run with the new Secret; then into each")
    : l10n.t("Look into the Shoot: its caches must run with the new Secret");
}
