import { commands, type Disposable, l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import type { Parts } from "./activate.ts";
import { askOrTell } from "./ask-with-progress.ts";
import type { ReadyMade } from "./protocol.ts";
import { tellInfo } from "./tell.ts";

/** What a keybinding or a test may say in place of a person. */
interface Given {
  readonly name?: string;
  readonly folder?: Uri;
}

/** Makes `registryCache.addRuntimeManifests` known: it puts ready-made manifests of a cache into a folder. */
export function registerRuntimeManifests({ server }: Parts): Disposable {
  return commands.registerCommand("registryCache.addRuntimeManifests", async (given: Given = {}) => {
    const offered = await askOrTell(server, undefined, "registryCache/readyMade", undefined);
    const name = offered && (given.name ?? (await pickName(offered)));
    const made = offered?.find((it) => it.name === name);
    const folder = made && (given.folder ?? (await pickFolder()));
    if (made && folder) await write(made, folder);
  });
}

async function pickName(offered: readonly ReadyMade[]): Promise<string | undefined> {
  const items = offered.map(({ name }): QuickPickItem => ({ label: name, description: descriptionOf(name) }));
  const placeHolder = l10n.t("The manifests to add, for a cluster without Gardener");
  return (await window.showQuickPick(items, { placeHolder }))?.label;
}

function descriptionOf(name: string): string {
  return name === "private"
    ? l10n.t("a private upstream, with a login to fill in")
    : l10n.t("a public upstream, without a login");
}

async function pickFolder(): Promise<Uri | undefined> {
  const defaultUri = workspace.workspaceFolders?.[0]?.uri;
  const [folder] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: l10n.t("Add Manifests Here"),
      ...(defaultUri && { defaultUri }),
    })) ?? [];
  return folder;
}

async function write({ name, files }: ReadyMade, folder: Uri): Promise<void> {
  const differing = await asyncFilter(files, async ({ path, text }) => {
    const before = await readIfThere(Uri.joinPath(folder, path));
    return before !== undefined && before !== text;
  });
  if (differing.length > 0 && !(await mayOverwrite(differing.map((it) => it.path)))) return;
  for (const { path, text } of files) {
    await workspace.fs.writeFile(Uri.joinPath(folder, path), new TextEncoder().encode(text));
  }
  const overlay = `overlays/${name}`;
  await window.showTextDocument(Uri.joinPath(folder, overlay, "kustomization.yaml"));
  const shown = `${workspace.asRelativePath(folder)}/${overlay}`;
  tellInfo(l10n.t("Added {0} files. Look through them, then: kubectl apply -k {1}", files.length, shown));
}

async function mayOverwrite(paths: readonly string[]): Promise<boolean> {
  const overwrite = l10n.t("Overwrite");
  const message = l10n.t("{0} of these files are there already and say something else.", paths.length);
  const options = { modal: true, detail: paths.join("\n") };
  return (await window.showWarningMessage(message, options, overwrite)) === overwrite;
}

async function readIfThere(uri: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

async function asyncFilter<T>(items: readonly T[], keeps: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const kept = await Promise.all(items.map(keeps));
  return items.filter((_, index) => kept[index]);
}
