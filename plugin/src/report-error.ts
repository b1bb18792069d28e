import { isCliError } from "./cli-error.ts";
import { writeTo } from "./host/standard-streams.ts";

/** Tells in one line why a command could not be done, and sets the exit code. */
export function reportError(error: unknown): void {
  process.exitCode = isCliError(error) ? error.exit : 2;
  writeTo(2, isCliError(error) && error.whole ? `${error.message}\n` : `error: ${describe(error)}\n`);
}

/** What nobody foresaw is our mistake: its stack helps whoever reads the report. */
function describe(error: unknown): string {
  if (isCliError(error)) return error.message;
  const detail = process.env["DEBUG"] ? `\n${error instanceof Error ? error.stack : error}` : ", DEBUG=1 shows where";
  return `unexpected: ${error instanceof Error ? error.message : String(error)}${detail}`;
}
