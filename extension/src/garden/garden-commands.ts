import { commands, Disposable, l10n, type QuickPickItem, window } from "vscode";
import type { LanguageServer } from "../language-server.ts";
import type { GardenTarget } from "../protocol.ts";
import { tellError } from "../tell.ts";
import { isTrustedFor } from "../trust.ts";
import { chooseGarden } from "./choose-garden.ts";
import type { GardenConnection } from "./garden-connection.ts";
import type { GardenMemory } from "./garden-memory.ts";
import type { GardenNode } from "./garden-tree.ts";
import { rotateInGarden } from "./rotate-in-garden.ts";
import { whileLoggingIn } from "./while-logging-in.ts";

/** What the commands work on. */
export interface GardenParts {
  readonly server: LanguageServer;
  readonly connection: GardenConnection;
  readonly memory: GardenMemory;
}

/** Makes the garden's commands known. */
export function registerGardenCommands(parts: GardenParts): Disposable {
  const { connection } = parts;
  return Disposable.from(
    commands.registerCommand("registryCache.connectGarden", (target?: GardenTarget) => connect(parts, target)),
    commands.registerCommand("registryCache.disconnectGarden", () => disconnect(parts)),
    commands.registerCommand("registryCache.refreshGarden", () => connection.refresh()),
    commands.registerCommand("registryCache.rotateInGarden", (row?: GardenNode) => rotateInGarden(parts, row?.secret)),
    commands.registerCommand("registryCache.gardenActions", () => offerActions(parts)),
  );
}

/** Connects to a garden: to the one that is given, else to one that a person chooses. */
async function connect(parts: GardenParts, given: GardenTarget | undefined): Promise<void> {
  if (!(await isTrustedFor(l10n.t("a garden is asked, and the program that logs in is started")))) return;
  try {
    const target = given ?? (await chooseGarden(parts.connection));
    if (target && (await showConnecting(parts, target))) await offerToRemember(parts, target);
  } catch (error) {
    tellError(error);
  }
}

/** Connects while a progress shows, which can be cancelled; false when it was. */
async function showConnecting({ connection }: GardenParts, target: GardenTarget): Promise<boolean> {
  const title = l10n.t('Connecting to "{0}"', target.context);
  const connected = await whileLoggingIn(connection, title, async (token) => {
    await connection.connect(target, token);
    return true;
  });
  return connected === true;
}

/** Once for each workspace: who says no is not asked again, and finds it behind the status bar. */
async function offerToRemember({ memory }: GardenParts, target: GardenTarget): Promise<void> {
  if (memory.target || !(await memory.isFirstQuestion())) return;
  const always = l10n.t("Connect Always Here");
  const text = l10n.t('Connect to "{0}" whenever this workspace is opened?', target.context);
  if ((await window.showInformationMessage(text, always, l10n.t("Ask Me"))) === always) await memory.remember(target);
}

/** Whoever disconnects does not want to be connected by itself any more. */
async function disconnect({ connection, memory }: GardenParts): Promise<void> {
  await memory.remember(undefined);
  await connection.disconnect();
}

interface ActionItem extends QuickPickItem {
  readonly run: () => unknown;
}

/** What a click on the status bar offers. */
async function offerActions(parts: GardenParts): Promise<void> {
  const { connection, memory } = parts;
  const { target } = connection;
  const call = (command: string) => () => commands.executeCommand(command);
  const items: ActionItem[] = [
    { label: l10n.t("$(list-tree) Show the Shoots of the Garden"), run: call("registryCache.garden.focus") },
    { label: l10n.t("$(key) Rotate a Credential..."), run: call("registryCache.rotateInGarden") },
    { label: l10n.t("$(cloud-download) Pull Garden Schema"), run: call("registryCache.pullGardenSchema") },
    { label: l10n.t("$(refresh) Refresh"), run: call("registryCache.refreshGarden") },
    ...(target && !memory.holds(target)
      ? [{ label: l10n.t("$(pin) Connect Always Here"), run: () => memory.remember(target) }]
      : []),
    { label: l10n.t("$(cloud) Connect to Another Garden..."), run: call("registryCache.connectGarden") },
    { label: l10n.t("$(debug-disconnect) Disconnect"), run: call("registryCache.disconnectGarden") },
  ];
  const picked = await window.showQuickPick(items, { title: connection.state.context ?? l10n.t("Garden") });
  await picked?.run();
}
