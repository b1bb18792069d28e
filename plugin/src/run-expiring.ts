import { findExpiring } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { renderCalendar } from "./print/calendar.ts";
import { createPaint, wantsColor } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { renderExpiring, toExpiringJson } from "./print/secret-text.ts";
import { openTerminal } from "./print/terminal.ts";
import { readListFlags, readSeconds } from "./secret-list-flags.ts";

/** Runs `expiring`: lists the Secrets of caches by when they end. Gives the exit code. */
export async function runExpiring(line: CommandLine): Promise<number> {
  const { color, ...where } = readListFlags(line);
  const now = Math.floor(Date.now() / 1000);
  const limits = { now, within: readSeconds(line, "within") ?? 14 * 86_400, maxAge: readSeconds(line, "max-age") };
  const found = findExpiring({ ...where, ...limits });
  if (!found.ok) throw new CliError(printable(found.error));
  const { out, flush, outIsTerminal } = openTerminal();
  const { output } = line.flags;
  if (output === "ics") out(renderCalendar(found.value, now));
  else if (output === "json") out(`${JSON.stringify({ secrets: found.value.map(toExpiringJson) }, undefined, 2)}\n`);
  else out(renderExpiring(found.value, createPaint(wantsColor(color, outIsTerminal))));
  flush();
  return found.value.every((it) => it.expiry.state === "valid" || it.expiry.state === "unknown") ? 0 : 1;
}
