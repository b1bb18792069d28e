import { type Finding, type Fix, overlaps, type Span } from "@registry-cache/core";
import type { CodeAction } from "vscode-languageserver-protocol";
import { wantsKind } from "./action-kinds.ts";
import { fixAll } from "./fix-all.ts";
import type { OpenDocument } from "./known-files.ts";
import type { Session } from "./session.ts";
import { toDiagnostic } from "./to-lsp.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

/** The fixes of what is found in a part of a document, best first, and all safe fixes of the document where they are asked for. */
export function fixActions(
  session: Session,
  document: OpenDocument,
  span: Span,
  only: readonly string[] | undefined | null,
): readonly CodeAction[] {
  const actions: CodeAction[] = [];
  if (wantsKind(only, "quickfix")) {
    const found = session.files.findingsOf(document.uri).filter((it) => overlaps(it.span, span) || touches(it, span));
    actions.push(...found.flatMap((it) => it.fixes.flatMap((fix) => quickFix(session, it, fix) ?? [])));
  }
  if (wantsKind(only, "source.fixAll.registryCache")) actions.push(...(fixAllAction(session, document) ?? []));
  return actions;
}

/** A cursor behind the last character is still on it for whoever asks for a fix. */
function touches({ span }: Finding, { start, end }: Span): boolean {
  return span.start <= end && start <= span.end;
}

function quickFix({ files, client }: Session, finding: Finding, fix: Fix): CodeAction | undefined {
  const edit = toWorkspaceEdit(files, client, fix.edits);
  const diagnostic = toDiagnostic(files, client, finding);
  if (edit === undefined || diagnostic === undefined) return undefined;
  return {
    title: fix.title,
    kind: "quickfix",
    diagnostics: [diagnostic],
    edit,
    ...(fix.safe && fix === finding.fixes[0] ? { isPreferred: true } : {}),
  };
}

function fixAllAction({ files, client }: Session, document: OpenDocument): readonly CodeAction[] | undefined {
  const edits = fixAll(files, document);
  const edit = edits.length === 0 ? undefined : toWorkspaceEdit(files, client, [{ uri: document.uri, edits }]);
  return edit && [{ title: "Fix all that is certain", kind: "source.fixAll.registryCache", edit }];
}
