import type { ChangeAnnotation, CreateFile, WorkspaceEdit } from "vscode-languageclient";

/**
 * A change of many files so that a person sees a preview with all of it ticked. VS Code shows a preview when some change asks
 * to be confirmed, but leaves just these unticked, and half a rotation is worse than none. So no change asks, but an
 * empty one in the file that is created, or in the first one. What deletes a file is left as it is: to tick that is for the person.
 * What is nothing but a new file asks nothing, since that is opened.
 */
export function withPreview(edit: WorkspaceEdit): WorkspaceEdit {
  const { documentChanges = [], changeAnnotations = {} } = edit;
  const asks = Object.values(changeAnnotations).some((it) => it.needsConfirmation);
  const uri = lookedAt(documentChanges);
  if (uri === undefined || !asks) return edit;
  if (isOneNewFile(documentChanges)) return { ...edit, changeAnnotations: withoutQuestions(changeAnnotations) };
  const start = { line: 0, character: 0 };
  const empty = { range: { start, end: start }, newText: "", annotationId: looked };
  return {
    ...edit,
    documentChanges: [...documentChanges, { textDocument: { uri, version: null }, edits: [empty] }],
    changeAnnotations: { ...withoutQuestions(changeAnnotations), [looked]: { label: "", needsConfirmation: true } },
  };
}

/** The file of the empty change; undefined where something is deleted and nothing created. */
function lookedAt(changes: NonNullable<WorkspaceEdit["documentChanges"]>): string | undefined {
  const created = changes.find((it): it is CreateFile => "kind" in it && it.kind === "create");
  const [first] = changes.some((it) => "kind" in it) ? [] : changes;
  return created?.uri ?? (first && "textDocument" in first ? first.textDocument.uri : undefined);
}

function isOneNewFile([created, ...texts]: NonNullable<WorkspaceEdit["documentChanges"]>): boolean {
  if (created === undefined || !("kind" in created) || created.kind !== "create") return false;
  return texts.every((it) => !("kind" in it) && it.textDocument.uri === created.uri);
}

const looked = "registry-cache-preview";

/** Annotations that ask nothing, for a change that was confirmed otherwise. */
export function withoutQuestions(annotations: { readonly [id: string]: ChangeAnnotation }): {
  [id: string]: ChangeAnnotation;
} {
  const told = Object.entries(annotations).map(([id, it]) => [id, { ...it, needsConfirmation: false }] as const);
  return Object.fromEntries(told);
}
