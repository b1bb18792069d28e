import { l10n, ProgressLocation, window } from "vscode";
import { ask, type GardenRotationEnd, type GardenRotationEvent, type GardenRotationOrder } from "../protocol.ts";
import { tellError, tellInfo } from "../tell.ts";
import type { GardenParts } from "./garden-commands.ts";

/** Carries an order out while a progress says what happens, and then tells how it ended, with what can be done next. */
export async function carryOut(parts: GardenParts, order: GardenRotationOrder): Promise<void> {
  try {
    await tellEnd(parts, order, await showRotating(parts, order));
  } catch (error) {
    tellError(error);
  }
}

/** Takes the old Secret away, when the person says so once more. */
export async function finish(parts: GardenParts, { name, namespace }: GardenRotationOrder): Promise<void> {
  const remove = l10n.t("Delete");
  const detail = l10n.t(
    "It is deleted only if nothing in the garden names it. Then revoke the credential that was replaced.",
  );
  const message = l10n.t('Delete Secret "{0}"?', name);
  if ((await window.showWarningMessage(message, { modal: true, detail }, remove)) !== remove) return;
  await carryOut(parts, { name, namespace, aim: "finish" });
}

async function showRotating(
  { server, connection }: GardenParts,
  order: GardenRotationOrder,
): Promise<GardenRotationEnd> {
  const client = await server.start();
  const options = { location: ProgressLocation.Notification, title: titleOf(order), cancellable: true };
  return await window.withProgress(options, async (progress, token) => {
    const listening = connection.onDidRotate((event) => progress.report({ message: eventText(event) }));
    try {
      // Not given up by the client: the server stops between two requests and says how far it came.
      return await ask(client, "registryCache/garden/carryOutRotation", order, token);
    } finally {
      listening.dispose();
    }
  });
}

function titleOf({ aim, name }: GardenRotationOrder): string {
  switch (aim) {
    case "rotate":
      return l10n.t('Rotating "{0}"', name);
    case "finish":
      return l10n.t('Removing "{0}"', name);
    case "rollback":
      return l10n.t('Going back to "{0}"', name);
  }
}

function eventText({ event, secret, shoot = "", why = "", problem = "" }: GardenRotationEvent): string {
  switch (event) {
    case "created":
      return l10n.t("Secret {0} is made", secret);
    case "checked":
      return l10n.t("{0}: admission takes the new Secret", shoot);
    case "switched":
      return l10n.t("{0}: switched", shoot);
    case "triggered":
      return l10n.t("{0}: reconcile asked for", shoot);
    case "waiting":
      return `${shoot}: ${why}`;
    case "rolled-out":
      return l10n.t("{0}: rolled out", shoot);
    case "looking":
      return l10n.t("{0}: looking into its caches", shoot);
    case "verified":
      return l10n.t("{0}: looked into its caches", shoot);
    case "not-verified":
      return l10n.t("{0}: not looked into: {1}", shoot, why);
    case "retrying":
      return l10n.t("{0}; trying again", problem);
    default:
      return secret;
  }
}

async function tellEnd(parts: GardenParts, order: GardenRotationOrder, ended: GardenRotationEnd): Promise<void> {
  const { end, blockers, problem = "" } = ended;
  const again = (more: Partial<GardenRotationOrder> = {}) => carryOut(parts, { ...order, ...more });
  const counted = l10n.t("{0} of {1} Shoots are rolled out.", ended.shoots - ended.open.length, ended.shoots);
  switch (end) {
    case "done":
      return tellDone(parts, order, ended);
    case "blocked":
      tellError(l10n.t("Nothing more was changed: {0}", blockers.join("; ")));
      return;
    case "refused":
      return offerAnyway(blockers, () => again({ skipProbe: true }));
    case "paused":
      return offer(
        window.showInformationMessage,
        l10n.t("{0} The others wait for their maintenance window.", counted),
        [[l10n.t("Reconcile Them Now"), () => again({ triggerReconcile: true })]],
      );
    case "interrupted":
    case "timeout":
      return tellStopped(order, ended, again);
    case "failed":
      return offer(window.showErrorMessage, l10n.t("The garden refused: {0}", problem), goOnOrBack(again));
  }
}

/** What was done, and how to go on: here, or later from anywhere. */
async function tellStopped(
  { aim }: GardenRotationOrder,
  { from, to, shoots, open }: GardenRotationEnd,
  again: (more?: Partial<GardenRotationOrder>) => Promise<void>,
): Promise<void> {
  if (to === undefined) {
    tellInfo(l10n.t("Stopped: nothing was changed."));
    return;
  }
  const done = shoots - open.length;
  const message =
    aim === "rollback"
      ? l10n.t('Stopped on the way back: {0} of {1} Shoots use "{2}" again.', done, shoots, from)
      : l10n.t('Stopped: Secret "{0}" is made, and {1} of {2} Shoots are rolled out with it.', to, done, shoots);
  const later = l10n.t("The view Rotations goes on with it at any time.");
  await offer(window.showInformationMessage, `${message} ${later}`, goOnOrBack(again));
}

type Choice = readonly [title: string, run: () => Promise<void>];

function goOnOrBack(again: (more?: Partial<GardenRotationOrder>) => Promise<void>): readonly Choice[] {
  return [
    [l10n.t("Go On"), () => again()],
    [l10n.t("Go Back"), () => again({ aim: "rollback" })],
  ];
}

async function tellDone(
  parts: GardenParts,
  order: GardenRotationOrder,
  { from, to = "" }: GardenRotationEnd,
): Promise<void> {
  switch (order.aim) {
    case "finish":
      tellInfo(l10n.t('Secret "{0}" is gone. Now revoke the credential that was replaced.', from));
      return;
    case "rollback":
      tellInfo(l10n.t('Every Shoot uses "{0}" again.', from));
      return;
    case "rotate":
      return offer(
        window.showInformationMessage,
        l10n.t('Every Shoot uses "{0}". Finish the rotation when all is well.', to),
        [[l10n.t("Finish..."), () => finish(parts, order)]],
      );
  }
}

async function offer(
  show: (message: string, ...titles: string[]) => Thenable<string | undefined>,
  message: string,
  choices: readonly Choice[],
): Promise<void> {
  const chosen = await show(message, ...choices.map(([title]) => title));
  await choices.find(([title]) => title === chosen)?.[1]();
}

async function offerAnyway(against: readonly string[], rotate: () => Promise<void>): Promise<void> {
  const anyway = l10n.t("Rotate Anyway");
  const message = l10n.t("Nothing was changed: the new login could not be shown to work");
  const options = { modal: true, detail: against.join("\n") };
  if ((await window.showWarningMessage(message, options, anyway)) === anyway) await rotate();
}
