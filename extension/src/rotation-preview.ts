import { commands, l10n, type QuickPickItem, Uri, window } from "vscode";
import type { RotationPlan } from "./protocol.ts";
import { type VirtualDocuments, virtualUri } from "./virtual-documents.ts";

/** Shows what a rotation changes, without any value, and asks; true where it is to be done. */
export type ShowRotation = (plan: RotationPlan) => Promise<boolean>;

const kind = "rotation";

/** Serves the texts before and after a rotation, as long as somebody looks at them. */
export function registerRotationPreview(documents: VirtualDocuments): ShowRotation {
  const texts = new Map<string, string>();
  documents.serve(kind, (uri) => texts.get(uri.path));
  let count = 0;

  return async (plan) => {
    count += 1;
    const side = (name: string, text: string) => {
      const uri = virtualUri(kind, `${count}/${name}`);
      texts.set(uri.path, text);
      return uri;
    };
    const files = plan.changes.map(({ uri, before, after }, index) => {
      const file = Uri.parse(uri);
      const name = `${index}/${file.path.split("/").at(-1)}`;
      return [file, side(`before/${name}`, before), side(`after/${name}`, after)];
    });
    const title = l10n.t("Rotation: {0} to {1}", plan.from, plan.to);
    await commands.executeCommand("vscode.changes", title, files);
    const goOn = await confirm(plan);
    await closeTab(title);
    texts.clear();
    return goOn;
  };
}

/** Asks in a way that leaves the changes in sight. */
async function confirm({ from, to, shootCount, notes, changes }: RotationPlan): Promise<boolean> {
  const rotate: QuickPickItem = {
    label: l10n.t("$(check) Rotate"),
    description: l10n.t("writes {0} files: {1}, and what names it in {2} Shoots", changes.length, to, shootCount),
    ...(notes.length > 0 && { detail: notes.join("; ") }),
  };
  const cancel: QuickPickItem = { label: l10n.t("$(close) Cancel"), description: l10n.t("nothing is written") };
  const placeHolder = l10n.t("Replace {0} by {1}? The changes are shown in the editor, without the values.", from, to);
  return (await window.showQuickPick([rotate, cancel], { placeHolder, ignoreFocusOut: true })) === rotate;
}

async function closeTab(label: string): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((it) => it.tabs).filter((it) => it.label.startsWith(label));
  await window.tabGroups.close(tabs);
}
