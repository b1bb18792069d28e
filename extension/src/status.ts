import {
  type Diagnostic,
  DiagnosticSeverity,
  Disposable,
  LanguageStatusSeverity,
  l10n,
  languages,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { documentSelector, source } from "./documents.ts";
import type { LanguageServer, ServerState } from "./language-server.ts";
import { looksLikeShoot } from "./relevant.ts";

/** What the status item says. */
export interface Status {
  readonly text: string;
  readonly severity: LanguageStatusSeverity;
  readonly busy: boolean;
}

/** The status of the active document in the language status. */
export interface StatusItem extends Disposable {
  readonly status: Status;
}

/** Shows the number of findings of the active document, and what the server does. */
export function showStatus(server: LanguageServer): StatusItem {
  const item = languages.createLanguageStatusItem("registryCache.status", documentSelector());
  item.name = l10n.t("Registry Cache");
  let status = statusOf(server.state, undefined);

  const update = () => {
    status = statusOf(server.state, window.activeTextEditor?.document);
    item.text = status.text;
    item.severity = status.severity;
    item.busy = status.busy;
    item.command =
      server.state === "stopped"
        ? { command: "registryCache.restart", title: l10n.t("Restart") }
        : { command: "workbench.actions.view.problems", title: l10n.t("Problems") };
  };

  update();
  const listeners = Disposable.from(
    item,
    server.onDidChangeState(update),
    window.onDidChangeActiveTextEditor(update),
    languages.onDidChangeDiagnostics(update),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) update();
    }),
  );
  return {
    get status() {
      return status;
    },
    dispose: () => listeners.dispose(),
  };
}

function statusOf(state: ServerState, document: TextDocument | undefined): Status {
  const { Error: failed, Information: quiet, Warning: warned } = LanguageStatusSeverity;
  if (state === "starting") return { text: l10n.t("Registry Cache: starting"), severity: quiet, busy: true };
  if (state === "stopped") return { text: l10n.t("Registry Cache: stopped"), severity: failed, busy: false };
  const findings = document ? languages.getDiagnostics(document.uri).filter((it) => it.source === source) : [];
  if (findings.length === 0) {
    const isShoot = document !== undefined && looksLikeShoot(document.getText());
    const text = isShoot ? l10n.t("Registry Cache: no findings") : l10n.t("Registry Cache: no Shoot");
    return { text, severity: quiet, busy: false };
  }
  return {
    text: countText(findings),
    severity: worst(findings) === DiagnosticSeverity.Error ? failed : warned,
    busy: false,
  };
}

function countText({ length }: readonly Diagnostic[]): string {
  return length === 1 ? l10n.t("Registry Cache: 1 finding") : l10n.t("Registry Cache: {0} findings", length);
}

/** The smaller the number, the worse. */
function worst(findings: readonly Diagnostic[]): DiagnosticSeverity {
  return Math.min(...findings.map((it) => it.severity));
}
