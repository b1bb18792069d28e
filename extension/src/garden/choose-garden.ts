import { commands, l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { ask, type GardenContext, type GardenProject, type GardenTarget } from "../protocol.ts";
import type { GardenConnection } from "./garden-connection.ts";
import { contextSetting, kubeconfigSetting } from "./garden-memory.ts";
import { whileLoggingIn } from "./while-logging-in.ts";

/** Lets a person choose a context of the kubeconfig, and then where to look in its garden; undefined when the person gives up. */
export async function chooseGarden(connection: GardenConnection): Promise<GardenTarget | undefined> {
  const kubeconfig = kubeconfigSetting();
  const file = kubeconfig === undefined ? {} : { kubeconfig };
  const client = await connection.server();
  const contexts = await ask(client, "registryCache/garden/contexts", file);
  const context = await pickContext(contexts);
  if (!context) return undefined;
  const target = { ...file, context: context.name };
  const title = l10n.t('Asking "{0}" for your projects', context.name);
  const projects = await whileLoggingIn(connection, title, (token) =>
    ask(client, "registryCache/garden/projects", target, token),
  );
  if (!projects) return undefined;
  const place = await pickPlace(context, projects);
  return place && { ...target, ...place };
}

interface ContextItem extends QuickPickItem {
  readonly context?: GardenContext;
}

async function pickContext(contexts: readonly GardenContext[]): Promise<GardenContext | undefined> {
  const other: ContextItem = { label: l10n.t("$(gear) Use Another Kubeconfig...") };
  const separator: ContextItem = { label: "", kind: QuickPickItemKind.Separator };
  const items = [...inOrder(contexts, contextSetting()).map(contextItem), separator, other];
  const placeHolder =
    contexts.length === 0 ? l10n.t("The kubeconfig names no context") : l10n.t("The context of the garden");
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Connect to Garden"),
    placeHolder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (picked === other) await commands.executeCommand("workbench.action.openSettings", "registryCache.kubeconfig");
  return picked?.context;
}

/** First the one that the settings name, then kubectl's current one. */
function inOrder(contexts: readonly GardenContext[], first: string | undefined): readonly GardenContext[] {
  const rank = ({ name, current }: GardenContext) => (name === first ? 0 : current ? 1 : 2);
  return [...contexts].sort((a, b) => rank(a) - rank(b));
}

function contextItem(context: GardenContext): ContextItem {
  const { name, server, namespace, current, program } = context;
  const notes = [
    ...(current ? [l10n.t("current context of kubectl")] : []),
    ...(namespace ? [l10n.t("namespace {0}", namespace)] : []),
    ...(program ? [l10n.t("starts {0} to log in", program)] : []),
  ];
  return { label: name, description: server, ...(notes.length > 0 && { detail: notes.join(", ") }), context };
}

type Place = Pick<GardenTarget, "namespace" | "all">;

interface PlaceItem extends QuickPickItem {
  readonly place?: Place;
}

async function pickPlace(
  { name, namespace }: GardenContext,
  projects: readonly GardenProject[],
): Promise<Place | undefined> {
  const project = projects.find((it) => it.namespace === namespace)?.project;
  const own: PlaceItem = {
    label: project ?? namespace,
    description: project ? l10n.t("{0}, namespace of the context", namespace) : l10n.t("namespace of the context"),
    place: { namespace },
  };
  const others = projects
    .filter((it) => it.namespace !== namespace)
    .map((it): PlaceItem => ({ label: it.project, description: it.namespace, place: { namespace: it.namespace } }));
  const all: PlaceItem = { label: l10n.t("$(globe) All Projects That You May See"), place: { all: true } };
  const another: PlaceItem = { label: l10n.t("$(edit) Another Namespace...") };
  const picked = await window.showQuickPick([...(namespace ? [own] : []), ...others, all, another], {
    title: l10n.t("Connect to Garden"),
    placeHolder: l10n.t('The project or namespace of "{0}" whose Shoots are shown', name),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked === another ? await typeNamespace() : picked?.place;
}

async function typeNamespace(): Promise<Place | undefined> {
  const namespace = await window.showInputBox({
    title: l10n.t("Connect to Garden"),
    prompt: l10n.t("The namespace of a project, such as garden-dev"),
    ignoreFocusOut: true,
  });
  return namespace ? { namespace } : undefined;
}
