import { closest } from "@registry-cache/core";

/** An error that a person can act on, shown in one line: what is wrong, where, and what to do. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exit: number;
  /** The message is the whole line, as kubectl prints errors of the server. */
  readonly whole: boolean;

  constructor(message: string, exit = 2, whole = false) {
    super(message);
    this.exit = exit;
    this.whole = whole;
  }
}

/** Tells whether somebody said in plain words what is wrong. Each chunk has a class of its own, so the name decides. */
export function isCliError(error: unknown): error is CliError {
  return error instanceof Error && error.name === "CliError" && "exit" in error;
}

/** What a plain word was most likely meant to be, as the end of a message. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = closest(word, candidates);
  return nearest === undefined ? "" : `, did you mean ${nearest}?`;
}
