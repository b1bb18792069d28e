import { l10n, window } from "vscode";

/** Shows what went wrong, in its own words. */
export function tellError(error: unknown): void {
  const message = messageOf(error);
  void window.showErrorMessage(message, ...buttonFor(message));
}

/** Shows what is good to know. */
export function tellInfo(message: string): void {
  void window.showInformationMessage(message, ...buttonFor(message));
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** So many letters have room in the one line that VS Code shows of a message without a button. */
const oneLine = 45;

function buttonFor({ length }: string): readonly string[] {
  return length > oneLine ? [l10n.t("OK")] : [];
}
