import { commands, l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import type { RotationPlan } from "./protocol.ts";
import { type VirtualDocuments, virtualUri } from "./virtual-documents.ts";

/** Shows what a rotation changes, without any value, and asks; true where it is to be done. */
export type ShowRotation = (plan: RotationPlan) => Promise<boolean>;

const kind = "rotation";

/** Serves the texts before and after a rotation, as long as somebody looks at them. */
export function registerRotationPreview(documents: VirtualDocuments): ShowRotation {
  const texts = new Map<string, string>();
  documents.serve(kind, (uri) => texts.get(uri.toString()));
  let count = 0;

  return async (plan) => {
    count += 1;
    // VS Code takes two paths for a file that was renamed, so the sides differ in the query.
    const side = (file: Uri, of: "before" | "after", text: string) => {
      const uri = virtualUri(kind, workspace.asRelativePath(file), { of, count });
      texts.set(uri.toString(), text);
      return uri;
    };
    const files = plan.changes.map(({ uri, before, after }) => {
      const file = Uri.parse(uri);
      return [file, before === "" ? undefined : side(file, "before", before), side(file, "after", after)];
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
    description: describe(changes.length, to, shootCount),
    ...(notes.length > 0 && { detail: notes.join("; ") }),
  };
  const cancel: QuickPickItem = { label: l10n.t("$(close) Cancel"), description: l10n.t("nothing is written") };
  const title = l10n.t("Replace {0} by {1}?", from, to);
  const placeHolder = l10n.t("The editor shows the changes, without the values");
  return (await window.showQuickPick([rotate, cancel], { title, placeHolder, ignoreFocusOut: true })) === rotate;
}

function describe(fileCount: number, to: string, shootCount: number): string {
  return shootCount === 1
    ? l10n.t("writes {0} files: {1}, and what names it in 1 Shoot", fileCount, to)
    : l10n.t("writes {0} files: {1}, and what names it in {2} Shoots", fileCount, to, shootCount);
}

async function closeTab(label: string): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((it) => it.tabs).filter((it) => it.label.startsWith(label));
  await window.tabGroups.close(tabs);
}
