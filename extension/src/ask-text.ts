import { l10n, window } from "vscode";

/** How a text is asked for. */
export interface TextOptions {
  readonly value?: string;
  readonly password?: boolean;
  /** Which of how many, as `1/2`. */
  readonly step?: string;
}

/** Asks for a text of a rotation, which must not be empty; undefined where the person gives up. */
export function askText(prompt: string, { step, ...options }: TextOptions): Thenable<string | undefined> {
  return window.showInputBox({
    ...options,
    title: step ? `${rotateTitle()} (${step})` : rotateTitle(),
    prompt,
    ignoreFocusOut: true,
    validateInput: (text) => (text === "" ? l10n.t("This must not be empty") : undefined),
  });
}

/** What is written above all that a rotation asks. */
export function rotateTitle(): string {
  return l10n.t("Rotate Credential");
}
