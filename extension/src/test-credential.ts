import { commands, type Disposable, l10n, window } from "vscode";
import type { Parts } from "./activate.ts";
import { askOrTell } from "./ask-with-progress.ts";
import type { CredentialTarget, CredentialVerdict } from "./protocol.ts";
import { isTrustedFor } from "./trust.ts";
import { type VirtualDocuments, virtualUri } from "./virtual-documents.ts";

/** The command behind the lenses and actions "Test this credential". */
export const testCredentialCommand = "registryCache.testCredential";

const kind = "credential";

/** Makes the command known: it tries what is at the cursor, or what a lens or an action names. */
export function registerCredentialTest({ server, documents }: Parts): Disposable {
  const details = new Map<string, string>();
  const running = new Set<string>();
  documents.serve(kind, (uri) => details.get(uri.path));

  const test = async (target: CredentialTarget) => {
    // A credential is tried once, however often somebody clicks meanwhile.
    const key = JSON.stringify(target);
    if (running.has(key)) return;
    running.add(key);
    try {
      const title = l10n.t("Testing the credential for {0}", nameOf(target));
      const verdict = await askOrTell(server, title, "registryCache/testCredential", { target });
      if (verdict) await showVerdict(nameOf(target), verdict, { documents, details });
    } finally {
      running.delete(key);
    }
  };

  return commands.registerCommand(testCredentialCommand, async (target?: CredentialTarget) => {
    if (!(await isTrustedFor(l10n.t("a test sends a credential to the registry that its files name")))) return;
    if (target) await test(target);
    else await commands.executeCommand("editor.action.codeAction", { kind: "registryCache.test", apply: "ifSingle" });
  });
}

/** Where the facts behind a verdict are shown. */
interface Details {
  readonly documents: VirtualDocuments;
  readonly details: Map<string, string>;
}

/** The verdict in one line, with the facts behind a button. */
async function showVerdict(
  name: string,
  { severity, message, details: text }: CredentialVerdict,
  { documents, details }: Details,
): Promise<void> {
  const show = l10n.t("Show Details");
  const buttons = text === undefined ? [] : [show];
  const tell = severity === "info" ? window.showInformationMessage : window.showWarningMessage;
  const uri = virtualUri(kind, `${name.replaceAll("/", "_")}.txt`);
  if (text !== undefined) {
    details.set(uri.path, text);
    documents.refresh(kind);
  }
  if ((await tell(message, ...buttons)) === show) await window.showTextDocument(uri, { preview: true });
}

function nameOf(target: CredentialTarget): string {
  return target.of === "cache" ? target.upstream : target.name;
}
